package org.showroomlab.reports.report;

import java.math.BigInteger;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.results.ClusterStatistic;
import org.showroomlab.jobs.results.HistogramCounts;
import org.showroomlab.jobs.results.UnitStatistic;
import org.showroomlab.jobs.results.UnitStatistic.Sum;

/** Exact sums of one arm, growing day by day: over its units, and over the events of its clusters. */
final class ArmSums {
    private long n;
    private long events;
    private final Map<Sum, BigInteger> sums = new EnumMap<>(Sum.class);
    private final Map<ClusterCell, CellSums> cells = new LinkedHashMap<>();
    private final Map<ClusterCell, BucketCounts> histograms = new LinkedHashMap<>();
    private final BucketCounts wholeHistogram = new BucketCounts();
    private final Map<ClusterCell, Long> eventsOfAnyMetric = new LinkedHashMap<>();
    private @Nullable ArmHistograms byCell;

    void add(UnitStatistic increment) {
        n += increment.n();
        events += increment.events();
        for (Sum which : Sum.values()) {
            sums.merge(which, increment.sum(which), BigInteger::add);
        }
    }

    void add(ClusterStatistic increment) {
        cells.merge(
                new ClusterCell(increment.cluster(), increment.period()),
                CellSums.NONE.plus(increment),
                (before, added) -> before.plus(increment));
    }

    void add(HistogramCounts increment) {
        histograms
                .computeIfAbsent(new ClusterCell(increment.cluster(), increment.period()), c -> new BucketCounts())
                .add(increment);
        wholeHistogram.add(increment);
        byCell = null;
    }

    /** Notes events of any metric, so that a cell without events of this one is known. */
    void see(ClusterCell cell, long eventsAdded) {
        eventsOfAnyMetric.merge(cell, eventsAdded, Long::sum);
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

    /** The cells that have an event of any metric, with their sums of this one. */
    Map<ClusterCell, CellSums> cells() {
        Map<ClusterCell, CellSums> seen = new LinkedHashMap<>();
        eventsOfAnyMetric.forEach((cell, count) -> {
            if (count > 0) {
                seen.put(cell, cells.getOrDefault(cell, CellSums.NONE));
            }
        });
        return seen;
    }

    /** Events per bucket of all cells together. */
    BucketCounts wholeHistogram() {
        return wholeHistogram;
    }

    /** The events by cell; the same until something is added, so that what is found in it is found once. */
    ArmHistograms byCell() {
        ArmHistograms known = byCell;
        if (known == null) {
            known = new ArmHistograms(histograms().values(), wholeHistogram);
            byCell = known;
        }
        return known;
    }

    /** Events per bucket of each cell that has any. */
    Map<ClusterCell, BucketCounts> histograms() {
        Map<ClusterCell, BucketCounts> filled = new LinkedHashMap<>();
        histograms.forEach((cell, counts) -> {
            if (counts.total() != 0) {
                filled.put(cell, counts);
            }
        });
        return filled;
    }
}
