package org.showroomlab.jobs.count;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.Event;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Experiment.UnitKind;
import org.showroomlab.ingest.experiment.LogBuckets;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.jobs.results.UnitStatistic.Sum;

/** Cache and showroom units as docs/TABLES.md says them, as of one day. */
final class ReferenceClusters {
    private record Unit(String cluster, long period) {}

    private ReferenceClusters() {}

    static void count(Experiment experiment, long day, List<Event> events, Map<CellKey, Cell> rows) {
        Map<Unit, List<Event>> byUnit = new HashMap<>();
        for (Event event : events) {
            Unit unit = unit(experiment, event);
            if (unit != null) {
                byUnit.computeIfAbsent(unit, u -> new ArrayList<>()).add(event);
            }
        }
        byUnit.forEach((unit, all) -> count(experiment, day, unit, all, rows));
    }

    private static @Nullable Unit unit(Experiment experiment, Event event) {
        long ts = event.header().timestampMillis();
        long start = experiment.start().toEpochMilli();
        if (ts < start || ts >= experiment.observeUntil().toEpochMilli()) {
            return null;
        }
        String cluster = experiment.unit() == UnitKind.SHOWROOM
                ? event.header().showroom()
                : event instanceof Event.CacheTiming timing ? timing.cache() : null;
        long period = 0;
        long intoPeriod = ts - start;
        if (experiment.periodMinutes().isPresent()) {
            long length = experiment.periodMinutes().getAsInt() * 60_000L;
            period = intoPeriod / length;
            intoPeriod %= length;
        }
        boolean counted = intoPeriod >= experiment.washoutMinutes() * 60_000L;
        return cluster == null || !counted ? null : new Unit(cluster, period);
    }

    private static void count(Experiment experiment, long day, Unit unit, List<Event> events, Map<CellKey, Cell> rows) {
        Set<String> variants = new TreeSet<>();
        for (Event event : events) {
            String variant = ReferenceCount.variant(experiment, event);
            if (variant != null) {
                variants.add(variant);
            }
        }
        if (variants.size() > 1) {
            ReferenceCount.add(rows, CellKey.ofUnits(experiment.id(), "*mixed*", "", "", "", day), 0, Map.of());
        }
        if (variants.size() != 1) {
            return;
        }
        String variant = variants.iterator().next();
        slice(experiment, day, unit, variant, "", "", events, rows);
        for (EventField dimension : experiment.countedDimensions()) {
            Map<String, List<Event>> byValue = new HashMap<>();
            events.forEach(
                    e -> byValue.computeIfAbsent(ReferenceCount.dimensionValue(dimension, e), v -> new ArrayList<>())
                            .add(e));
            byValue.forEach(
                    (value, some) -> slice(experiment, day, unit, variant, dimension.name(), value, some, rows));
        }
    }

    private static void slice(
            Experiment experiment,
            long day,
            Unit unit,
            String variant,
            String dimension,
            String value,
            List<Event> events,
            Map<CellKey, Cell> rows) {
        CellKey units = CellKey.ofUnits(experiment.id(), "", variant, dimension, value, day);
        ReferenceCount.add(rows, units, 0, Map.of());
        Cell all = Cell.ofCluster();
        all.addCount(0, events.size());
        rows.put(inCluster(CellKey.Table.CLUSTERS, units, unit), all);
        for (Metric metric : experiment.countedMetrics()) {
            CellKey key = CellKey.ofUnits(experiment.id(), metric.id(), variant, dimension, value, day);
            unitRow(metric, key, events, rows);
            eventRows(metric, key, unit, events, rows);
        }
    }

    private static void unitRow(Metric metric, CellKey key, List<Event> events, Map<CellKey, Cell> rows) {
        long matches = events.stream()
                .filter(e -> ReferenceCount.value(metric.measure(), e) != null)
                .count();
        if (metric.type() == Metric.Type.QUANTILE) {
            ReferenceCount.add(rows, key, matches, Map.of());
            return;
        }
        BigInteger u = ReferenceCount.numerator(metric, events, 0, Long.MAX_VALUE);
        BigInteger d = ReferenceCount.denominator(metric, events, 0, Long.MAX_VALUE);
        BigInteger y = ReferenceCount.value(metric, u);
        u = metric.type() == Metric.Type.PROPORTION ? y : u;
        Map<Sum, BigInteger> sums = new HashMap<>();
        ReferenceCount.put(sums, Sum.Y, y, BigInteger.ONE);
        ReferenceCount.put(sums, Sum.YY, y, y);
        ReferenceCount.put(sums, Sum.D, d, BigInteger.ONE);
        ReferenceCount.put(sums, Sum.DD, d, d);
        ReferenceCount.put(sums, Sum.YD, y, d);
        ReferenceCount.put(sums, Sum.U, u, BigInteger.ONE);
        ReferenceCount.put(sums, Sum.UU, u, u);
        ReferenceCount.add(rows, key, matches, sums);
    }

    private static void eventRows(Metric metric, CellKey key, Unit unit, List<Event> events, Map<CellKey, Cell> rows) {
        Cell cell = Cell.ofCluster();
        BucketCounts buckets = new BucketCounts();
        for (Event event : events) {
            Long value = ReferenceCount.value(metric.measure(), event);
            if (value != null) {
                long summed = value;
                if (metric.type() == Metric.Type.SHARE) {
                    BigDecimal exact =
                            BigDecimal.valueOf(value, metric.measure().scale());
                    summed = exact.compareTo(Objects.requireNonNull(metric.atMost())) <= 0 ? 1 : 0;
                }
                cell.addCount(0, 1);
                cell.addValue(0, summed);
                cell.addProduct(1, summed, summed);
                buckets.add(LogBuckets.bucketOf(value), 1);
            }
            Long per = metric.per() == null ? null : ReferenceCount.value(metric.per(), event);
            if (per != null) {
                cell.addCount(1, 1);
                cell.addValue(2, per);
            }
        }
        if (!cell.isZero()) {
            rows.put(inCluster(CellKey.Table.CLUSTERS, key, unit), cell);
        }
        if (metric.type() == Metric.Type.QUANTILE && !buckets.isEmpty()) {
            rows.put(inCluster(CellKey.Table.HISTOGRAMS, key, unit), Cell.ofBuckets(buckets));
        }
    }

    private static CellKey inCluster(CellKey.Table table, CellKey key, Unit unit) {
        return new CellKey(
                table,
                key.experiment(),
                key.metric(),
                key.variant(),
                key.dimension(),
                key.dimensionValue(),
                unit.cluster,
                unit.period,
                0,
                key.day());
    }
}
