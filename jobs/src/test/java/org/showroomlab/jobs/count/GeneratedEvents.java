package org.showroomlab.jobs.count;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.codec.EventCodec;
import org.showroomlab.ingest.event.AttributeValue;
import org.showroomlab.ingest.event.Event;
import org.showroomlab.ingest.event.EventHeader;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;

/**
 * Small seeded worlds that are dense in trouble: few visitors with many events on the same days, exposures after
 * outcomes, mixed units, duplicates that agree and that do not (also in their visitor), refunds, malformed records and
 * ones with numbers that nobody can add up.
 */
public final class GeneratedEvents {
    private static final long START_MILLIS = 1_767_571_200_000L; // 2026-01-05T00:00:00Z
    private static final long HOUR_MILLIS = 3_600_000L;
    private static final int HOURS = 12 * 24;

    private static final String FIRST = """
            id: first
            unit: visitor
            start: 2026-01-06T00:00:00Z
            end: 2026-01-12T00:00:00Z
            observe_until: 2026-01-14T12:00:00Z
            time_zone: Europe/Lisbon
            variants: [{id: a, control: true}, {id: b}]
            metrics:
              - {id: bought, type: proportion, event: purchase, where: {kind: sale}, subtract: {kind: refund}}
              - {id: spend, type: mean, event: purchase, where: {kind: [sale, renewal]}, value: amount_minor, subtract: {kind: refund}, window_hours: 50, cap: 700, role: primary}
              - {id: basket, type: ratio, event: purchase, value: amount_minor, per: {event: [purchase, visit], value: attributes.items}}
            dimensions: [region, attributes.tier]
            covariate_days: 2
            monitoring: group_sequential
            """;

    private static final String SECOND = """
            id: second
            unit: visitor
            start: 2026-01-05T00:00:00Z
            end: 2026-01-16T00:00:00Z
            time_zone: America/New_York
            variants: [{id: x}, {id: y, control: true}, {id: z}]
            metrics:
              - {id: visits, type: mean, event: visit}
              - {id: tiered, type: mean, event: [visit, purchase], where: {attributes.tier: 2}, value: attributes.items}
              - {id: fast, type: share, event: cache_timing, value: lcp_ms, at_most: 2500, window_hours: 90, role: guardrail}
              - {id: lcp_p75, type: quantile, event: cache_timing, value: lcp_ms, quantile: 0.75}
            dimensions: [creator]
            monitoring: always_valid
            """;

    private static final String THIRD = """
            id: third
            unit: cache
            period_minutes: 2100
            washout_minutes: 180
            start: 2026-01-05T05:00:00Z
            end: 2026-01-11T00:00:00Z
            observe_until: 2026-01-13T07:00:00Z
            time_zone: Asia/Tokyo
            variants: [{id: p, control: true}, {id: q}]
            metrics:
              - {id: lcp_p75, type: quantile, event: cache_timing, value: lcp_ms, quantile: 0.75}
              - {id: fast, type: share, event: cache_timing, where: {status: [hit, miss]}, value: lcp_ms, at_most: 2500}
              - {id: hits, type: ratio, event: cache_timing, where: {status: hit}, per: {event: cache_timing}}
              - {id: any_hit, type: proportion, event: cache_timing, where: {status: hit}}
            dimensions: [region, status]
            """;

    private static final String FOURTH = """
            id: fourth
            unit: showroom
            start: 2026-01-06T00:00:00Z
            end: 2026-01-15T00:00:00Z
            variants: [{id: m, control: true}, {id: n}]
            metrics:
              - {id: spend, type: mean, event: purchase, where: {kind: sale}, value: amount_minor, subtract: {kind: refund}, cap: 2000}
              - {id: views, type: mean, event: [visit, cache_timing]}
              - {id: stocked, type: mean, event: stock, value: on_hand}
            dimensions: [creator]
            """;

    private static final String FIFTH = """
            id: fifth
            analysis: preorder_walk_in
            unit: visitor
            start: 2026-01-06T00:00:00Z
            end: 2026-01-08T00:00:00Z
            observe_until: 2026-01-13T00:00:00Z
            variants: [{id: s, control: true, allotment: 5}, {id: t, allotment: 9}]
            metrics:
              - {id: picked_up, type: proportion, event: purchase, where: {kind: pickup}, window_hours: 48}
            covariate_days: 1
            """;

    private static final String SIXTH = """
            id: sixth
            analysis: price_elasticity
            unit: visitor
            start: 2026-01-05T00:00:00Z
            end: 2026-01-12T00:00:00Z
            observe_until: 2026-02-06T00:00:00Z
            variants: [{id: low, control: true, price_minor: 1}, {id: high, price_minor: 2}]
            metrics:
              - {id: subscribed, type: proportion, event: purchase, where: {kind: subscription}}
            """;

    private final Random random;
    private final List<byte[]> records = new ArrayList<>();
    private int nextId;

    private GeneratedEvents(long seed) {
        this.random = new Random(seed);
    }

    public static List<LoadedExperiment> experiments() {
        return List.of(
                ExperimentFiles.parse("first.yaml", FIRST),
                ExperimentFiles.parse("second.yaml", SECOND),
                ExperimentFiles.parse("third.yaml", THIRD),
                ExperimentFiles.parse("fourth.yaml", FOURTH),
                ExperimentFiles.parse("fifth.yaml", FIFTH),
                ExperimentFiles.parse("sixth.yaml", SIXTH));
    }

    /** Records in a random order. */
    public static List<byte[]> of(long seed) {
        GeneratedEvents events = new GeneratedEvents(seed);
        events.generate();
        return events.records;
    }

    /** The same records in another order. */
    public static List<byte[]> shuffled(List<byte[]> records, long seed) {
        Random random = new Random(seed);
        List<byte[]> shuffled = new ArrayList<>(records);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private void generate() {
        int visitors = 1 + random.nextInt(4);
        int events = 5 + random.nextInt(30);
        for (int i = 0; i < events; i++) {
            deliver(
                    switch (random.nextInt(8)) {
                        case 0, 1 -> visit(visitors);
                        case 2, 3 -> timing(visitors);
                        case 4 -> random.nextInt(2) == 0 ? stock() : purchase(visitors);
                        default -> purchase(visitors);
                    });
        }
        Collections.shuffle(records, random);
    }

    private void deliver(Event event) {
        byte[] record = EventCodec.encode(event);
        records.add(record);
        switch (random.nextInt(8)) {
            case 0 -> records.add(record);
            case 1 -> records.add(differing(event));
            case 2 -> {
                records.add(record);
                records.add(differing(event));
                records.add(differing(event));
            }
            case 3 -> records.add("{\"type\":\"visit\",\"id\":".getBytes(StandardCharsets.UTF_8));
            default -> {
                // delivered once
            }
        }
    }

    /** Another delivery of the same identity with other content: another time or none, perhaps another visitor. */
    private byte[] differing(Event event) {
        long moved = event.header().timestampMillis() + random.nextInt(3) * HOUR_MILLIS - HOUR_MILLIS;
        EventHeader header = header(event.header().id(), moved);
        if (event instanceof Event.Visit visit) {
            return EventCodec.encode(new Event.Visit(header, perhapsOther(visit.visitor()), "other"));
        }
        if (event instanceof Event.CacheTiming timing) {
            return EventCodec.encode(timing(header, timing.visitor()));
        }
        if (event instanceof Event.Stock stock) {
            return EventCodec.encode(new Event.Stock(header, stock.sku(), random.nextInt(9)));
        }
        Event.Purchase p = (Event.Purchase) event;
        return EventCodec.encode(new Event.Purchase(
                header,
                perhapsOther(p.visitor()),
                p.order(),
                p.kind(),
                null,
                1_000_000,
                OptionalLong.of(random.nextInt(900)),
                null,
                null));
    }

    private String perhapsOther(String visitor) {
        return random.nextBoolean() ? visitor : "v" + random.nextInt(4);
    }

    private Event visit(int visitors) {
        return new Event.Visit(header("e" + nextId++, time()), "v" + random.nextInt(visitors), page());
    }

    private String page() {
        return random.nextInt(4) == 0 ? "sold-out" : "home";
    }

    private Event timing(int visitors) {
        String visitor = random.nextInt(3) == 0 ? null : "v" + random.nextInt(visitors);
        return timing(header("e" + nextId++, time()), visitor);
    }

    private Event timing(EventHeader header, @Nullable String visitor) {
        OptionalLong lcp =
                random.nextInt(5) == 0 ? OptionalLong.empty() : OptionalLong.of(random.nextInt(5_000_000) * 1000L);
        return new Event.CacheTiming(
                header,
                "c" + random.nextInt(2),
                visitor,
                null,
                OptionalLong.empty(),
                List.of("hit", "miss", "stale").get(random.nextInt(3)),
                null,
                OptionalLong.empty(),
                OptionalLong.empty(),
                lcp,
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    private Event stock() {
        return new Event.Stock(header("e" + nextId++, time()), sku(), random.nextInt(3));
    }

    private String sku() {
        return random.nextInt(4) == 0 ? "lamp" : "sku";
    }

    private Event purchase(int visitors) {
        List<String> kinds = List.of(
                "sale",
                "sale",
                "renewal",
                "refund",
                "preorder",
                "preorder",
                "pickup",
                "subscription",
                "no_show",
                "cancellation");
        String kind = kinds.get(random.nextInt(kinds.size()));
        OptionalLong amount = random.nextInt(5) == 0 ? OptionalLong.empty() : OptionalLong.of(random.nextInt(900));
        return new Event.Purchase(
                header("e" + nextId++, time()),
                "v" + random.nextInt(visitors),
                "o",
                kind,
                random.nextInt(3) == 0 ? null : sku(),
                random.nextInt(3) == 0 ? 2_500_000 : 1_000_000,
                amount,
                null,
                null);
    }

    private long time() {
        // Whole hours, so that equal times are common.
        return START_MILLIS + random.nextInt(HOURS) * HOUR_MILLIS;
    }

    private EventHeader header(String id, long millis) {
        java.util.Map<String, String> exposures = new java.util.HashMap<>();
        if (random.nextInt(3) == 0) {
            exposures.put("first", random.nextInt(12) == 0 ? "nobody" : random.nextInt(6) == 0 ? "b" : "a");
        }
        if (random.nextInt(3) == 0) {
            exposures.put("second", List.of("x", "x", "x", "x", "x", "y", "z").get(random.nextInt(7)));
        }
        if (random.nextInt(2) == 0) {
            exposures.put("third", random.nextInt(15) == 0 ? "q" : "p");
        }
        if (random.nextInt(4) == 0) {
            exposures.put("fourth", random.nextInt(25) == 0 ? "n" : "m");
        }
        if (random.nextInt(4) == 0) {
            exposures.put("fifth", random.nextInt(5) == 0 ? "t" : "s");
        }
        if (random.nextInt(4) == 0) {
            exposures.put("sixth", random.nextInt(8) == 0 ? "high" : "low");
        }
        java.util.Map<String, AttributeValue> attributes = new java.util.HashMap<>();
        if (random.nextBoolean()) {
            int thousandths = random.nextInt(4000) - 500;
            // Now and then too large for whoever reads it: the whole record is set aside.
            BigDecimal items = thousandths > 3_450 ? BigDecimal.TEN.pow(13) : BigDecimal.valueOf(thousandths, 3);
            attributes.put("items", new AttributeValue.Numeric(items.setScale(6)));
        }
        if (random.nextBoolean()) {
            attributes.put(
                    "tier",
                    random.nextBoolean()
                            ? new AttributeValue.Text("gold")
                            : new AttributeValue.Numeric(BigDecimal.valueOf(random.nextInt(3))));
        }
        return new EventHeader(
                id,
                millis,
                "s" + random.nextInt(2),
                random.nextBoolean() ? "north" : null,
                null,
                random.nextBoolean() ? "mia" : "leo",
                null,
                exposures,
                attributes);
    }
}
