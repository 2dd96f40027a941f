package org.showroomlab.jobs.count;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.jobs.count.ClusterSums.Slice;
import org.showroomlab.jobs.count.ClusterSums.SliceSums;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.plan.MetricPlan;
import org.showroomlab.jobs.results.UnitStatistic;
import org.showroomlab.jobs.results.UnitStatistic.Sum;

/**
 * What one cache or showroom in one period adds to all statistics: a pure function of the sums of its events by day.
 *
 * <p>The variant is the one that the unit's events carry, so it can become known, or turn out to be two, on a later day
 * than some outcomes. Therefore the function says for each day what the unit adds as of that day, and writes down the
 * change from the day before. While the variant stays, only the slices that the day has touched can change.
 */
public final class ClusterContribution {
    /** As of a day: no variant seen yet. */
    private static final int UNKNOWN = -1;
    /** As of a day: two variants seen. */
    private static final int MIXED = -2;

    /** Caches and showrooms have no covariates. */
    private static final List<Sum> SUMS = List.of(Sum.Y, Sum.YY, Sum.D, Sum.DD, Sum.YD, Sum.U, Sum.UU);

    private final ExperimentPlan experiment;
    private final ClusterUnit unit;
    private final TreeMap<Slice, SliceSums> running = new TreeMap<>();
    private final TreeMap<Integer, Long> exposures = new TreeMap<>();
    private final Map<CellKey, Cell> cells = new HashMap<>();

    private ClusterContribution(ExperimentPlan experiment, ClusterUnit unit) {
        this.experiment = experiment;
        this.unit = unit;
    }

    /** The cells that the unit changes. */
    public static Map<CellKey, Cell> of(ExperimentPlan experiment, ClusterUnit unit, ClusterSums sums) {
        if (experiment.countsVisitors()) {
            return ReportedStock.cells(experiment, unit, sums);
        }
        ClusterContribution contribution = new ClusterContribution(experiment, unit);
        sums.days().forEach(contribution::addDay);
        return contribution.cells;
    }

    private void addDay(int day, ClusterSums.Day sums) {
        int before = state();
        sums.exposures().forEach((variant, count) -> exposures.merge(variant, count, Long::sum));
        int after = state();
        if (before != after) {
            running.forEach((slice, all) -> write(day, before, slice, all, -1));
        } else {
            sums.slices().keySet().forEach(slice -> write(day, before, slice, running.get(slice), -1));
        }
        sums.slices()
                .forEach((slice, more) ->
                        running.computeIfAbsent(slice, s -> new SliceSums()).add(more, 1));
        if (before != after) {
            running.forEach((slice, all) -> write(day, after, slice, all, 1));
        } else {
            sums.slices().keySet().forEach(slice -> write(day, after, slice, running.get(slice), 1));
        }
        if (after == MIXED && before != MIXED) {
            cell(UnitStatistic.MIXED, "", Slice.ALL, day).addCount(0, 1);
        }
    }

    private int state() {
        exposures.values().removeIf(count -> count == 0);
        return exposures.isEmpty() ? UNKNOWN : exposures.size() > 1 ? MIXED : exposures.firstKey();
    }

    /** Adds (sign 1) or takes back (sign −1) what the unit adds with all that a slice has so far. */
    private void write(int day, int variant, Slice slice, @Nullable SliceSums sums, int sign) {
        if (variant < 0 || sums == null || sums.events() == 0) {
            return;
        }
        String id = experiment.variants().get(variant);
        cell(UnitStatistic.UNITS, id, slice, day).addCount(0, sign);
        // Which units there are must be known by cluster, too: one without a match of a metric still is an observation.
        cells.computeIfAbsent(key(CellKey.Table.CLUSTERS, UnitStatistic.UNITS, id, slice, day), k -> Cell.ofCluster())
                .addCount(0, sign * sums.events());
        List<MetricPlan> metrics = experiment.metrics();
        for (int m = 0; m < metrics.size(); m++) {
            Cell events = m < sums.metrics().size() ? sums.metrics().get(m) : null;
            writeUnit(metrics.get(m), cell(metrics.get(m).id(), id, slice, day), events, sign);
            if (events != null) {
                writeEvents(metrics.get(m), id, slice, day, events, sign);
            }
        }
    }

    private void writeUnit(MetricPlan metric, Cell to, @Nullable Cell events, int sign) {
        to.addCount(0, sign);
        if (events == null) {
            return;
        }
        to.addCount(1, sign * events.count(0));
        if (metric.isQuantile()) {
            return;
        }
        long[] values = new long[UnitValues.WORDS];
        events.copyValue(0, values, UnitValues.Y);
        if (metric.type() == Metric.Type.RATIO) {
            events.copyValue(2, values, UnitValues.D);
        } else if (metric.type() == Metric.Type.SHARE) {
            Wide.addTo(values, UnitValues.D, events.count(0));
        }
        UnitValues.ofSums(metric, values);
        for (Sum sum : SUMS) {
            to.addValues(sum, values, sign);
        }
    }

    private void writeEvents(MetricPlan metric, String variant, Slice slice, int day, Cell events, int sign) {
        Cell cluster = cells.computeIfAbsent(
                key(CellKey.Table.CLUSTERS, metric.id(), variant, slice, day), k -> Cell.ofCluster());
        Cell sums = Cell.of(events.counts().clone(), events.words().clone(), new BucketCounts());
        addSigned(cluster, sums, sign);
        if (metric.isQuantile()) {
            cells.computeIfAbsent(
                            key(CellKey.Table.HISTOGRAMS, metric.id(), variant, slice, day),
                            k -> Cell.ofBuckets(new BucketCounts()))
                    .buckets()
                    .addAll(events.buckets(), sign);
        }
    }

    private static void addSigned(Cell to, Cell cell, int sign) {
        if (sign > 0) {
            to.add(cell);
        } else {
            to.subtract(cell);
        }
    }

    private Cell cell(String metric, String variant, Slice slice, int day) {
        CellKey key = CellKey.ofUnits(experiment.id(), metric, variant, dimension(slice), slice.value(), epochDay(day));
        return cells.computeIfAbsent(key, k -> Cell.ofUnits());
    }

    private CellKey key(CellKey.Table table, String metric, String variant, Slice slice, int day) {
        return new CellKey(
                table,
                experiment.id(),
                metric,
                variant,
                dimension(slice),
                slice.value(),
                unit.cluster(),
                unit.period(),
                0,
                epochDay(day));
    }

    private String dimension(Slice slice) {
        return slice.dimension() < 0 ? "" : experiment.dimensions().get(slice.dimension());
    }

    private long epochDay(int day) {
        return experiment.calendar().date(day).toEpochDay();
    }
}
