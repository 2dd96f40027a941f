package org.showroomlab.reports.report;

import java.math.BigInteger;
import org.showroomlab.jobs.results.UnitStatistic;
import org.showroomlab.jobs.results.UnitStatistic.Sum;

/** Exact sums of one arm, growing day by day. */
final class ArmSums {
    private long n;
    private long events;
    private final BigInteger[] sums = new BigInteger[Sum.values().length];

    ArmSums() {
        java.util.Arrays.fill(sums, BigInteger.ZERO);
    }

    void add(UnitStatistic increment) {
        n += increment.n();
        events += increment.events();
        for (Sum which : Sum.values()) {
            sums[which.ordinal()] = sums[which.ordinal()].add(increment.sum(which));
        }
    }

    long n() {
        return n;
    }

    long events() {
        return events;
    }

    BigInteger of(Sum which) {
        return sums[which.ordinal()];
    }
}
