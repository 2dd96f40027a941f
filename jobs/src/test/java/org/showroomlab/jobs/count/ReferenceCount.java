package org.showroomlab.jobs.count;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.codec.Decoded;
import org.showroomlab.ingest.codec.EventCodec;
import org.showroomlab.ingest.codec.Fingerprints;
import org.showroomlab.ingest.event.AttributeValue;
import org.showroomlab.ingest.event.Event;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Filter;
import org.showroomlab.ingest.experiment.LogBuckets;
import org.showroomlab.ingest.experiment.Measure;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.jobs.results.UnitStatistic.Sum;

/**
 * The contract's section 3 read aloud: for every day it throws away what happened later and computes everything again.
 * Slow and simple on purpose; it shares only the decoder and the experiment files with the code it checks.
 */
final class ReferenceCount {
    private record Delivered(Event event, long hash) {}

    private ReferenceCount() {}

    /** Statistics as of the end of each day; cells without units and events are absent. */
    static Map<CellKey, Cell> asOfEachDay(List<Experiment> experiments, List<byte[]> records) {
        Map<CellKey, Cell> rows = new TreeMap<>(Comparator.comparing(CellKey::toString));
        List<Delivered> deliveries = deliveries(experiments, records);
        for (Experiment experiment : experiments) {
            ZoneId zone = experiment.timeZone();
            LocalDate last = LocalDate.ofInstant(experiment.observeUntil().minusMillis(1), zone);
            for (LocalDate day = LocalDate.ofInstant(experiment.start(), zone);
                    !day.isAfter(last);
                    day = day.plusDays(1)) {
                long end = day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
                count(experiment, day.toEpochDay(), winners(deliveries, end), rows);
            }
        }
        return rows;
    }

    private static List<Delivered> deliveries(List<Experiment> experiments, List<byte[]> records) {
        List<Measure> measures = experiments.stream()
                .flatMap(experiment -> experiment.countedMetrics().stream())
                .flatMap(metric -> Stream.of(Optional.of(metric.measure()), Optional.ofNullable(metric.per())))
                .flatMap(Optional::stream)
                .toList();
        List<Delivered> deliveries = new ArrayList<>();
        for (byte[] record : records) {
            if (EventCodec.decode(record) instanceof Decoded.Accepted accepted
                    && measures.stream().noneMatch(measure -> isTooLarge(measure, accepted.event()))) {
                deliveries.add(new Delivered(accepted.event(), Fingerprints.ofContent(record)));
            }
        }
        return deliveries;
    }

    /** Whether the measure would add up a number of the event whose millionths are more than 64 bits. */
    private static boolean isTooLarge(Measure measure, Event event) {
        EventField field = measure.value();
        return isRead(measure, event)
                && field != null
                && field.read(event) instanceof AttributeValue.Numeric number
                && number.value().movePointRight(6).toBigInteger().bitLength() > 63;
    }

    private static boolean isRead(Measure measure, Event event) {
        Filter subtract = measure.subtract();
        boolean subtracts = subtract != null && subtract.matches(event);
        return measure.events().contains(event.type())
                && (subtracts || measure.where().matches(event));
    }

    private static List<Delivered> winners(List<Delivered> deliveries, long endMillis) {
        Map<String, Delivered> byIdentity = new HashMap<>();
        Comparator<Delivered> precedence = Comparator.comparingLong(
                        (Delivered d) -> d.event.header().timestampMillis())
                .thenComparing(d -> d.hash, Long::compareUnsigned);
        for (Delivered delivered : deliveries) {
            Event event = delivered.event;
            if (event.header().timestampMillis() < endMillis) {
                byIdentity.merge(
                        event.type() + " " + event.header().id(),
                        delivered,
                        (a, b) -> precedence.compare(a, b) <= 0 ? a : b);
            }
        }
        List<Delivered> winners = new ArrayList<>(byIdentity.values());
        winners.sort(precedence);
        return winners;
    }

    private static void count(Experiment experiment, long day, List<Delivered> events, Map<CellKey, Cell> rows) {
        if (experiment.unit() != Experiment.UnitKind.VISITOR) {
            ReferenceClusters.count(
                    experiment, day, events.stream().map(d -> d.event).toList(), rows);
            return;
        }
        ReferenceStock.countReports(
                experiment, day, events.stream().map(d -> d.event).toList(), rows);
        Map<String, List<Event>> byVisitor = new HashMap<>();
        for (Delivered d : events) {
            Object visitor = EventField.named("visitor").orElseThrow().read(d.event);
            if (visitor != null) {
                byVisitor
                        .computeIfAbsent(visitor.toString(), v -> new ArrayList<>())
                        .add(d.event);
            }
        }
        byVisitor.values().forEach(history -> countVisitor(experiment, day, history, rows));
    }

    private static void countVisitor(Experiment experiment, long day, List<Event> history, Map<CellKey, Cell> rows) {
        List<Event> exposing =
                history.stream().filter(e -> variant(experiment, e) != null).toList();
        if (exposing.isEmpty()) {
            return;
        }
        Event first = exposing.get(0);
        String variant = Objects.requireNonNull(variant(experiment, first));
        if (exposing.stream().anyMatch(e -> !variant.equals(variant(experiment, e)))) {
            add(rows, CellKey.ofUnits(experiment.id(), "*mixed*", "", "", "", day), 0, Map.of());
            ReferenceStock.countVisitor(experiment, day, "", first, history, rows);
            return;
        }
        for (CellKey key : keys(experiment, "", variant, first, day)) {
            add(rows, key, 0, Map.of());
        }
        for (Metric metric : experiment.countedMetrics()) {
            countMetric(experiment, metric, history, first, keys(experiment, metric.id(), variant, first, day), rows);
        }
        ReferenceLife.count(experiment, day, variant, first, history, rows);
        ReferenceStock.countVisitor(experiment, day, variant, first, history, rows);
    }

    private static void countMetric(
            Experiment experiment,
            Metric metric,
            List<Event> history,
            Event first,
            List<CellKey> keys,
            Map<CellKey, Cell> rows) {
        long exposed = first.header().timestampMillis();
        long end = experiment.observeUntil().toEpochMilli();
        if (metric.windowHours().isPresent()) {
            end = Math.min(
                    end,
                    exposed + Duration.ofHours(metric.windowHours().getAsInt()).toMillis());
        }
        long before = exposed - Duration.ofDays(experiment.covariateDays()).toMillis();
        boolean covariate = experiment.covariateDays() > 0;
        if (metric.type() == Metric.Type.QUANTILE) {
            countQuantile(metric, history, exposed, end, keys, rows);
            return;
        }
        BigInteger u = numerator(metric, history, exposed, end);
        BigInteger d = denominator(metric, history, exposed, end);
        BigInteger x = covariate ? value(metric, numerator(metric, history, before, exposed)) : BigInteger.ZERO;
        BigInteger z = covariate ? denominator(metric, history, before, exposed) : BigInteger.ZERO;
        BigInteger y = value(metric, u);
        if (metric.type() == Metric.Type.PROPORTION) {
            u = y;
        }
        long events = 0;
        for (Event e : history) {
            long ts = e.header().timestampMillis();
            events += ts >= exposed && ts < end && value(metric.measure(), e) != null ? 1 : 0;
        }
        Map<Sum, BigInteger> sums = new HashMap<>();
        put(sums, Sum.Y, y, BigInteger.ONE);
        put(sums, Sum.YY, y, y);
        put(sums, Sum.D, d, BigInteger.ONE);
        put(sums, Sum.DD, d, d);
        put(sums, Sum.YD, y, d);
        put(sums, Sum.X, x, BigInteger.ONE);
        put(sums, Sum.XX, x, x);
        put(sums, Sum.YX, y, x);
        put(sums, Sum.Z, z, BigInteger.ONE);
        put(sums, Sum.ZZ, z, z);
        put(sums, Sum.YZ, y, z);
        put(sums, Sum.DX, d, x);
        put(sums, Sum.DZ, d, z);
        put(sums, Sum.XZ, x, z);
        put(sums, Sum.U, u, BigInteger.ONE);
        put(sums, Sum.UU, u, u);
        for (CellKey key : keys) {
            add(rows, key, events, sums);
        }
    }

    private static void countQuantile(
            Metric metric, List<Event> history, long from, long until, List<CellKey> keys, Map<CellKey, Cell> rows) {
        long group = Fingerprints.of(String.valueOf(
                                EventField.named("visitor").orElseThrow().read(history.get(0))))
                        .getLeastSignificantBits()
                & 63;
        BucketCounts buckets = new BucketCounts();
        long events = 0;
        for (Event e : history) {
            long ts = e.header().timestampMillis();
            Long value = value(metric.measure(), e);
            if (value != null && ts >= from && ts < until) {
                buckets.add(LogBuckets.bucketOf(value), 1);
                events++;
            }
        }
        for (CellKey key : keys) {
            add(rows, key, events, Map.of());
            if (!buckets.isEmpty()) {
                CellKey histogram = new CellKey(
                        CellKey.Table.HISTOGRAMS,
                        key.experiment(),
                        key.metric(),
                        key.variant(),
                        key.dimension(),
                        key.dimensionValue(),
                        Long.toString(group),
                        0,
                        0,
                        key.day());
                rows.computeIfAbsent(histogram, k -> Cell.ofBuckets(new BucketCounts()))
                        .add(Cell.ofBuckets(buckets));
            }
        }
    }

    static BigInteger numerator(Metric metric, List<Event> history, long from, long until) {
        return metric.type() == Metric.Type.SHARE
                ? matches(metric, history, from, until, true)
                : sum(metric.measure(), history, from, until);
    }

    static BigInteger denominator(Metric metric, List<Event> history, long from, long until) {
        return metric.type() == Metric.Type.SHARE
                ? matches(metric, history, from, until, false)
                : sum(metric.per(), history, from, until);
    }

    /** Matching events, or only those at most the threshold. */
    private static BigInteger matches(Metric metric, List<Event> history, long from, long until, boolean onlySmall) {
        long matches = 0;
        BigDecimal atMost = Objects.requireNonNull(metric.atMost());
        for (Event e : history) {
            Long value = value(metric.measure(), e);
            long ts = e.header().timestampMillis();
            if (value != null && ts >= from && ts < until) {
                BigDecimal exact = BigDecimal.valueOf(value, metric.measure().scale());
                matches += !onlySmall || exact.compareTo(atMost) <= 0 ? 1 : 0;
            }
        }
        return BigInteger.valueOf(matches);
    }

    static BigInteger value(Metric metric, BigInteger sum) {
        if (metric.type() == Metric.Type.PROPORTION) {
            return sum.signum() > 0 ? BigInteger.ONE : BigInteger.ZERO;
        }
        BigDecimal cap = metric.cap();
        return cap == null
                ? sum
                : sum.min(cap.movePointRight(metric.measure().scale()).toBigIntegerExact());
    }

    static BigInteger sum(@Nullable Measure measure, List<Event> history, long from, long until) {
        BigInteger sum = BigInteger.ZERO;
        for (Event e : history) {
            Long value = measure == null ? null : value(measure, e);
            long ts = e.header().timestampMillis();
            sum = sum.add(BigInteger.valueOf(value != null && ts >= from && ts < until ? value : 0));
        }
        return sum;
    }

    static @Nullable Long value(Measure measure, Event event) {
        Filter subtract = measure.subtract();
        boolean minus = subtract != null && subtract.matches(event);
        if (!isRead(measure, event)) {
            return null;
        }
        EventField field = measure.value();
        Object read = field == null ? (Object) 1L : field.read(event);
        if (read instanceof AttributeValue.Numeric number) {
            read = number.value().movePointRight(6).longValueExact();
        }
        return read instanceof Long value ? (minus ? -value : value) : null;
    }

    static @Nullable String variant(Experiment experiment, Event event) {
        String variant = event.header().exposures().get(experiment.id());
        long ts = event.header().timestampMillis();
        boolean running =
                ts >= experiment.start().toEpochMilli() && ts < experiment.end().toEpochMilli();
        boolean known = experiment.variants().stream().anyMatch(v -> v.id().equals(variant));
        return running && known ? variant : null;
    }

    private static List<CellKey> keys(Experiment experiment, String metric, String variant, Event first, long day) {
        List<CellKey> keys = new ArrayList<>();
        keys.add(CellKey.ofUnits(experiment.id(), metric, variant, "", "", day));
        for (EventField dimension : experiment.countedDimensions()) {
            keys.add(CellKey.ofUnits(
                    experiment.id(), metric, variant, dimension.name(), dimensionValue(dimension, first), day));
        }
        long last = LocalDate.ofInstant(experiment.observeUntil().minusMillis(1), experiment.timeZone())
                .toEpochDay();
        if (experiment.cohortMillis() > 0 && day == last) {
            keys.add(ofCohort(experiment, metric, variant, first));
        }
        return keys;
    }

    /** Of a cohort everything stands on the day on which it begins, so there is only its end. */
    private static CellKey ofCohort(Experiment experiment, String metric, String variant, Event first) {
        Duration length = Duration.ofMillis(experiment.cohortMillis());
        long cohort = Duration.between(
                        experiment.start(), Instant.ofEpochMilli(first.header().timestampMillis()))
                .dividedBy(length);
        LocalDate begins =
                LocalDate.ofInstant(experiment.start().plus(length.multipliedBy(cohort)), experiment.timeZone());
        return CellKey.ofUnits(experiment.id(), metric, variant, "*cohort", Long.toString(cohort), begins.toEpochDay());
    }

    static String dimensionValue(EventField dimension, Event event) {
        Object value = dimension.read(event);
        if (value instanceof AttributeValue.Text text) {
            return text.value();
        }
        if (value instanceof AttributeValue.Numeric number) {
            return number.value().stripTrailingZeros().toPlainString();
        }
        return value == null ? "" : value.toString();
    }

    static void put(Map<Sum, BigInteger> sums, Sum which, BigInteger a, BigInteger b) {
        sums.put(which, a.multiply(b));
    }

    static void add(Map<CellKey, Cell> rows, CellKey key, long events, Map<Sum, BigInteger> sums) {
        Cell cell = rows.computeIfAbsent(key, k -> Cell.ofUnits());
        cell.addCount(0, 1);
        cell.addCount(1, events);
        sums.forEach((sum, value) -> cell.addWords(sum.ordinal(), words(value), 0));
    }

    private static long[] words(BigInteger value) {
        long[] words = new long[Wide.WORDS];
        for (int i = 0; i < words.length; i++) {
            words[words.length - 1 - i] = value.shiftRight(64 * i).longValue();
        }
        return words;
    }
}
