package org.showroomlab.reports.report;

import java.math.BigInteger;
import org.showroomlab.jobs.results.ClusterStatistic;

/** Sums over the events of one cluster and period, in scaled units. */
record CellSums(long events, BigInteger sum, BigInteger denSum) {
    static final CellSums NONE = new CellSums(0, BigInteger.ZERO, BigInteger.ZERO);

    CellSums plus(ClusterStatistic increment) {
        return new CellSums(events + increment.events(), sum.add(increment.sum()), denSum.add(increment.denSum()));
    }
}
