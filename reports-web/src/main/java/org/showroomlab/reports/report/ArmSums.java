package org.showroomlab.reports.report;

import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import org.showroomlab.jobs.results.UnitStatistic;
import org.showroomlab.jobs.results.UnitStatistic.Sum;

/** Exact sums of one arm, growing day by day. */
final class ArmSums {
    private long n;
    private long events;
    private final Map<Sum, BigInteger> sums = new EnumMap<>(Sum.class);

    void add(UnitStatistic increment) {
        n += increment.n();
        events += increment.events();
        for (Sum which : Sum.values()) {
            sums.merge(which, increment.sum(which), BigInteger::add);
        }
    }

    long n() {
        return n;
    }

    long events() {
        return events;
    }

    BigInteger of(Sum which) {
        return sums.getOrDefault(which, BigInteger.ZERO);
    }
}
