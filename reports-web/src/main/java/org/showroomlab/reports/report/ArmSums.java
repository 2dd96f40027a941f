package org.showroomlab.reports.report;

import java.math.BigInteger;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.results.ClusterStatistic;
import org.showroomlab.jobs.results.HistogramCounts;
import org.showroomlab.jobs.results.UnitStatistic;
import org.showroomlab.jobs.results.UnitStatistic.Sum;

/**
 * Exact sums of one arm, growing day by day: over its units, and over the events of its clusters.
 *
 * <p>Cells are always handed out in their own order, whatever the order of rows was, so that floating-point sums over them
 * come out the same to the last bit.
 */
final class ArmSums {
    private long n;
    private long events;
    private final Map<Sum, BigInteger> sums = new EnumMap<>(Sum.class);
    private final Map<ClusterCell, CellSums> cells = new HashMap<>();
    private final NavigableMap<ClusterCell, BucketCounts> histograms = new TreeMap<>();
    private final BucketCounts wholeHistogram = new BucketCounts();
    private final NavigableMap<ClusterCell, Long> eventsOfAnyMetric = new TreeMap<>();
    private @Nullable ArmHistograms byCell;
    private @Nullable Map<ClusterCell, CellSums> seenCells;

    void add(UnitStatistic increment) {
        n += increment.n();
        events += increment.events();
        for (Sum which : Sum.values()) {
            sums.merge(which, increment.sum(which), BigInteger::add);
        }
    }

    void add(ClusterCell cell, ClusterStatistic increment) {
        cells.merge(cell, CellSums.NONE.plus(increment), (before, added) -> before.plus(increment));
        seenCells = null;
    }

    void add(ClusterCell cell, HistogramCounts increment) {
        histograms.computeIfAbsent(cell, c -> new BucketCounts()).add(increment);
        wholeHistogram.add(increment);
        byCell = null;
    }

    /** Notes events of any metric, so that a cell without events of this one is known. */
    void see(ClusterCell cell, long eventsAdded) {
        eventsOfAnyMetric.merge(cell, eventsAdded, Long::sum);
        seenCells = null;
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

    /** The cells that have an event of any metric, with their sums of this one, in the order of cells. */
    Map<ClusterCell, CellSums> cells() {
        Map<ClusterCell, CellSums> known = seenCells;
        if (known == null) {
            known = new LinkedHashMap<>();
            for (Map.Entry<ClusterCell, Long> seen : eventsOfAnyMetric.entrySet()) {
                if (seen.getValue() > 0) {
                    known.put(seen.getKey(), cells.getOrDefault(seen.getKey(), CellSums.NONE));
                }
            }
            known = Collections.unmodifiableMap(known);
            seenCells = known;
        }
        return known;
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

    /** Events per bucket of each cell that has any, in the order of cells. */
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
