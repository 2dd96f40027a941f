package org.showroomlab.jobs.count;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.LogBuckets;
import org.showroomlab.jobs.count.ClusterSums.Slice;
import org.showroomlab.jobs.count.ClusterSums.SliceSums;
import org.showroomlab.jobs.packed.PackedReader;
import org.showroomlab.jobs.plan.CountingPlan;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.plan.MetricPlan;

/**
 * Cluster parts of observations, added up per {@link ClusterUnit} since the last time.
 *
 * <p>Layout of a part: the number of units in one byte; per unit the experiment, the period, the variant + 1 (0: none)
 * and the cluster's name (of a stock report the time, the variant, the showroom and the product); the number of values and each with its slot; per dimension slot the length + 1 and the text.
 */
public final class ClusterChanges {
    private static final int MAX_UNITS = 256;

    private final List<ExperimentPlan> experiments;
    private final int dimensionSlots;
    private final PackedReader reader = new PackedReader();
    private Map<ClusterUnit, ClusterSums> changes = new HashMap<>();

    private final int[] unitExperiments = new int[MAX_UNITS];
    private final long[] periods = new long[MAX_UNITS];
    private final int[] variants = new int[MAX_UNITS];
    private final String[] clusters = new String[MAX_UNITS];
    private final Map<Integer, Long> values = new HashMap<>();
    private final @Nullable String[] dimensions;

    public ClusterChanges(CountingPlan plan) {
        this.experiments = plan.experiments();
        this.dimensionSlots = plan.dimensionFields().size();
        this.dimensions = new String[dimensionSlots];
    }

    /** Adds (sign 1) or takes back (sign −1) the part that starts at that place. */
    public void add(byte[] bytes, int part, long millis, int sign) {
        reader.at(bytes, part);
        int units = reader.readByte();
        for (int i = 0; i < units; i++) {
            unitExperiments[i] = reader.readVarInt();
            periods[i] = reader.readVarLong();
            variants[i] = reader.readVarInt() - 1;
            String name = reader.readText();
            boolean isReport = experiments.get(unitExperiments[i]).countsVisitors();
            clusters[i] = isReport ? ReportedStock.cluster(name, reader.readText()) : name;
        }
        values.clear();
        for (int left = reader.readVarInt(); left > 0; left--) {
            int slot = reader.readVarInt();
            values.put(slot, reader.readSignedVarLong());
        }
        for (int i = 0; i < dimensionSlots; i++) {
            int length = reader.readVarInt() - 1;
            dimensions[i] = length < 0 ? null : new String(bytes, reader.position(), length, StandardCharsets.UTF_8);
            reader.skip(Math.max(0, length));
        }
        for (int i = 0; i < units; i++) {
            ExperimentPlan experiment = experiments.get(unitExperiments[i]);
            ClusterUnit unit = new ClusterUnit(unitExperiments[i], clusters[i], periods[i]);
            ClusterSums sums = changes.computeIfAbsent(unit, u -> new ClusterSums());
            if (experiment.countsVisitors()) {
                long onHand = values.getOrDefault(experiment.stock().reportSlot(), 0L);
                ReportedStock.add(sums.day(experiment.calendar().dayOf(millis)), variants[i], onHand, sign);
                continue;
            }
            add(experiment, variants[i], sums.day(experiment.calendar().dayOf(millis)), sign);
        }
    }

    private void add(ExperimentPlan experiment, int variant, ClusterSums.Day day, int sign) {
        if (variant >= 0) {
            day.exposures().merge(variant, (long) sign, Long::sum);
        }
        add(experiment, day, Slice.ALL, sign);
        for (int d = 0; d < experiment.dimensions().size(); d++) {
            String value = dimensions[experiment.dimensionSlots()[d]];
            add(experiment, day, new Slice(d, Objects.requireNonNullElse(value, "")), sign);
        }
    }

    private void add(ExperimentPlan experiment, ClusterSums.Day day, Slice slice, int sign) {
        SliceSums sums = day.slices().computeIfAbsent(slice, s -> new SliceSums());
        sums.addEvents(sign);
        List<MetricPlan> metrics = experiment.metrics();
        for (int m = 0; m < metrics.size(); m++) {
            MetricPlan metric = metrics.get(m);
            Long own = values.get(metric.slot());
            Long per = values.get(metric.perSlot());
            if (own != null) {
                addOwn(metric, sums.metric(m), own, sign);
            }
            if (per != null) {
                sums.metric(m).addCount(1, sign);
                sums.metric(m).addValue(2, sign * per);
            }
        }
    }

    private static void addOwn(MetricPlan metric, Cell cell, long value, int sign) {
        // A quantile keeps the values themselves, beside the buckets.
        long summed = metric.isQuantile() ? value : metric.numerator(value);
        cell.addCount(0, sign);
        cell.addValue(0, sign * summed);
        cell.addProduct(1, sign * summed, summed);
        if (metric.isQuantile()) {
            cell.buckets().add(LogBuckets.bucketOf(value), sign);
        }
    }

    /** Hands out what each unit's events have added, and starts again from nothing. */
    public void drain(BiConsumer<ClusterUnit, ClusterSums> to) {
        Map<ClusterUnit, ClusterSums> drained = changes;
        changes = new HashMap<>();
        drained.forEach(to);
    }
}
