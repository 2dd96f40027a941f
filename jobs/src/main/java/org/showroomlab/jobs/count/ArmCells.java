package org.showroomlab.jobs.count;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.codec.Fingerprints;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.plan.MetricPlan;
import org.showroomlab.jobs.results.UnitStatistic;
import org.showroomlab.jobs.results.UnitStatistic.Sum;

/**
 * Changes of one arm of one experiment, or of one slice of it: by metric and day, as flat arrays, so that a unit's change
 * is a handful of additions.
 */
final class ArmCells {
    private static final int COUNTS = 2;

    private final ExperimentPlan experiment;
    private final String variant;
    private final String dimension;
    private final String dimensionValue;
    /** By metric and day: n, events, then {@link Wide#WORDS} per sum that the metric keeps. */
    private final long[][][] changes;

    /** The day on which all changes stand; −1: each on its own. */
    private final int onlyDay;

    private final long[] units;
    private boolean hasUnits;
    private final @Nullable Map<Long, BucketCounts>[] histograms;

    ArmCells(ExperimentPlan experiment, String variant, String dimension, String dimensionValue) {
        this(experiment, variant, dimension, dimensionValue, -1);
    }

    /** All changes of one cohort. */
    static ArmCells ofCohort(ExperimentPlan experiment, String variant, int cohort) {
        return new ArmCells(
                experiment, variant, Experiment.COHORT, Integer.toString(cohort), experiment.dayOfCohort(cohort));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of maps cannot be made otherwise
    private ArmCells(ExperimentPlan experiment, String variant, String dimension, String dimensionValue, int onlyDay) {
        this.onlyDay = onlyDay;
        this.experiment = experiment;
        this.variant = variant;
        this.dimension = dimension;
        this.dimensionValue = dimensionValue;
        int days = onlyDay < 0 ? experiment.calendar().days() : 1;
        this.changes = new long[experiment.metrics().size()][days][];
        this.units = new long[days];
        this.histograms = new Map[experiment.metrics().size()];
    }

    void addUnits(int day, long more) {
        units[place(day)] += more;
        hasUnits = true;
    }

    private int place(int day) {
        return onlyDay < 0 ? day : 0;
    }

    /** Adds (sign 1) or subtracts (sign −1) n, events and words: the first {@code size} of the change. */
    void add(int metric, int day, long[] change, int size, int sign) {
        int place = place(day);
        long[] cell = changes[metric][place];
        if (cell == null) {
            cell = new long[size];
            changes[metric][place] = cell;
        }
        for (int i = 0; i < COUNTS; i++) {
            cell[i] += sign * change[i];
        }
        for (int i = COUNTS; i < size; i += Wide.WORDS) {
            if (sign > 0) {
                Wide.add(cell, i, change, i);
            } else {
                Wide.subtract(cell, i, change, i);
            }
        }
    }

    void addToHistogram(int metric, int group, int day, int bucket, long more) {
        Map<Long, BucketCounts> known = histograms[metric];
        if (known == null) {
            known = new HashMap<>();
            histograms[metric] = known;
        }
        known.computeIfAbsent((long) place(day) * Fingerprints.VISITOR_GROUPS + group, k -> new BucketCounts())
                .add(bucket, more);
    }

    /** Hands out every change since the last time. */
    void drain(BiConsumer<CellKey, Cell> to) {
        drainUnits(to);
        List<MetricPlan> metrics = experiment.metrics();
        for (int m = 0; m < changes.length; m++) {
            for (int day = 0; day < changes[m].length; day++) {
                long[] change = changes[m][day];
                if (change != null) {
                    changes[m][day] = null;
                    Cell cell = cell(metrics.get(m), change);
                    if (!cell.isZero()) {
                        to.accept(key(metrics.get(m).id(), day), cell);
                    }
                }
            }
            drainHistograms(m, to);
        }
    }

    private void drainUnits(BiConsumer<CellKey, Cell> to) {
        if (!hasUnits) {
            return;
        }
        hasUnits = false;
        for (int day = 0; day < units.length; day++) {
            if (units[day] != 0) {
                Cell cell = Cell.ofUnits();
                cell.addCount(0, units[day]);
                to.accept(key(UnitStatistic.UNITS, day), cell);
                units[day] = 0;
            }
        }
    }

    private static Cell cell(MetricPlan metric, long[] change) {
        Cell cell = Cell.ofUnits();
        cell.addCount(0, change[0]);
        cell.addCount(1, change[1]);
        List<Sum> sums = metric.sums();
        for (int s = 0; s < sums.size(); s++) {
            cell.addWords(sums.get(s).ordinal(), change, COUNTS + Wide.WORDS * s);
        }
        if (!sums.isEmpty() && !sums.contains(Sum.U)) {
            // Without a cap the uncapped value is the value.
            cell.addWords(Sum.U.ordinal(), change, COUNTS);
            cell.addWords(Sum.UU.ordinal(), change, COUNTS + Wide.WORDS);
        }
        return cell;
    }

    private void drainHistograms(int metric, BiConsumer<CellKey, Cell> to) {
        Map<Long, BucketCounts> known = histograms[metric];
        if (known == null) {
            return;
        }
        histograms[metric] = null;
        known.forEach((place, counts) -> {
            if (!counts.isEmpty()) {
                int day = (int) (place / Fingerprints.VISITOR_GROUPS);
                long group = place % Fingerprints.VISITOR_GROUPS;
                to.accept(
                        new CellKey(
                                CellKey.Table.HISTOGRAMS,
                                experiment.id(),
                                experiment.metrics().get(metric).id(),
                                variant,
                                dimension,
                                dimensionValue,
                                Long.toString(group),
                                0,
                                0,
                                epochDay(day)),
                        Cell.ofBuckets(counts));
            }
        });
    }

    private CellKey key(String metric, int day) {
        return CellKey.ofUnits(experiment.id(), metric, variant, dimension, dimensionValue, epochDay(day));
    }

    private long epochDay(int day) {
        return experiment.calendar().date(onlyDay < 0 ? day : onlyDay).toEpochDay();
    }
}
