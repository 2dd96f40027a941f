package org.showroomlab.app;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Seeded lines of JSON that are dense in trouble: identities delivered again with other content or another visitor,
 * exposures after outcomes, units that see two variants, refunds, times in both forms, numbers with too many digits,
 * records that are no events.
 */
final class NastyWorld {
    static final String VISITORS = """
            id: visitors
            start: 2026-01-06T00:00:00Z
            end: 2026-01-12T00:00:00Z
            observe_until: 2026-01-14T12:00:00Z
            time_zone: Europe/Lisbon
            variants: [{id: a, control: true}, {id: b}]
            metrics:
              - {id: bought, type: proportion, event: purchase, where: {kind: sale}, subtract: {kind: refund}}
              - {id: spend, type: mean, event: purchase, where: {kind: [sale, renewal]}, value: amount_minor, subtract: {kind: refund}, window_hours: 50, cap: 700}
              - {id: basket, type: ratio, event: purchase, value: amount_minor, per: {event: [purchase, visit], value: attributes.items}}
              - {id: speed, type: mean, event: cache_timing, where: {failover: false, ttl_seconds: [60, 0.5]}, value: lcp_ms}
              - {id: good, type: share, event: cache_timing, value: lcp_ms, at_most: 3}
              - {id: lcp, type: quantile, event: [cache_timing, visit], value: lcp_ms, quantile: 0.75}
            dimensions: [region, attributes.tier]
            covariate_days: 2
            """;

    static final String DAYS = """
            id: days
            start: 2026-01-05T00:00:00Z
            end: 2026-01-16T00:00:00Z
            time_zone: America/New_York
            variants: [{id: x}, {id: y, control: true}, {id: z}]
            metrics:
              - {id: visits, type: mean, event: visit}
              - {id: tiered, type: mean, event: [visit, purchase], where: {attributes.tier: [2, gold]}, value: attributes.items}
            dimensions: [creator]
            """;

    static final String DROP = """
            id: drop
            analysis: preorder_walk_in
            start: 2026-01-06T07:00:00Z
            end: 2026-01-10T00:00:00Z
            observe_until: 2026-01-14T12:00:00Z
            time_zone: Asia/Tokyo
            variants: [{id: small, control: true, allotment: 3}, {id: large, allotment: 5}]
            metrics:
              - {id: picked_up, type: proportion, event: purchase, where: {kind: pickup}, window_hours: 48}
            """;

    static final String CACHES = """
            id: caches
            analysis: ttl_speed
            unit: cache
            period_minutes: 1440
            washout_minutes: 90
            start: 2026-01-06T00:00:00Z
            end: 2026-01-12T00:00:00Z
            variants: [{id: short, ttl_seconds: 60, control: true}, {id: long, ttl_seconds: 300}]
            metrics:
              - {id: paint, type: mean, event: cache_timing, value: lcp_ms, cap: 100}
              - {id: bytes, type: ratio, event: cache_timing, value: ttfb_ms, per: {event: cache_timing, value: lcp_ms}}
            dimensions: [region]
            """;

    private static final long START_MILLIS = 1_767_571_200_000L; // 2026-01-05T00:00:00Z
    private static final long HOUR_MILLIS = 3_600_000L;
    private static final List<String> NUMBERS = List.of(
            "1",
            "0",
            "2.5",
            "0.0000005",
            "0.0000015",
            "-3.1234565",
            "1e2",
            "25E-1",
            "7.00000050000000000000001",
            "4.250",
            "-0.0",
            "123456789012.3456785",
            "0.1e-8");
    private static final List<String> TIMINGS = NUMBERS.stream()
            .map(number -> number.startsWith("-") ? number.substring(1) : number)
            .toList();

    /** Values that only a purchase or a cache timing cares about; each stands on an event of another type. */
    private static final List<String> FOREIGN = List.of(
            "",
            "",
            "",
            ",\"amount_minor\":\"abc\"",
            ",\"currency\":7",
            ",\"status\":200,\"quantity\":[1]",
            ",\"lcp_ms\":{\"a\":-1}",
            ",\"failover\":\"perhaps\"");

    private static final List<String> NO_EVENTS = List.of(
            "{\"type\":\"visit\",\"id\":",
            "[]",
            "\"text\"",
            "{} {}",
            "{\"a\":NaN}",
            "{\"type\":\"visit\",\"id\":\"n1\",\"ts\":1767657600000,\"showroom\":\"s\",\"visitor\":\"v1\",}",
            "{\"type\":\"visit\",\"id\":\"n2\",\"ts\":1767657600000,\"showroom\":\"s\"}",
            "{\"type\":\"visit\",\"id\":\"n3\",\"ts\":1767657600000.5,\"showroom\":\"s\",\"visitor\":\"v1\"}",
            "{\"type\":\"visit\",\"id\":\"n4\",\"ts\":\"2026-02-30T00:00:00Z\",\"showroom\":\"s\",\"visitor\":\"v1\"}",
            "{\"type\":\"visit\",\"id\":\"n5\",\"ts\":\"2026-01-06T00:00:00\",\"showroom\":\"s\",\"visitor\":\"v1\"}",
            "{\"type\":\"visit\",\"id\":\"n6\",\"id\":\"n6\",\"ts\":1767657600000,\"showroom\":\"s\",\"visitor\":\"v1\"}",
            "{\"type\":\"visit\",\"id\":\"n7\",\"ts\":1767657600000,\"showroom\":\"s\",\"visitor\":\"v1\",\"q\":{\"w\":1,\"w\":2}}",
            "{\"type\":\"visit\",\"id\":\"n8\",\"ts\":1767657600000,\"showroom\":\"s\",\"visitor\":\"v1\",\"attributes\":{\"tier\":[1]}}",
            "{\"type\":\"visit\",\"id\":\"n9\",\"ts\":1767657600000,\"showroom\":\"s\",\"visitor\":\"v1\",\"exposures\":{\"days\":1}}",
            "{\"type\":\"visit\",\"id\":\"n10\",\"ts\":1767657600000,\"showroom\":\"s\",\"visitor\":\"v1\",\"market\":\"XX\"}",
            "{\"type\":\"purchase\",\"id\":\"n11\",\"ts\":1767657600000,\"showroom\":\"s\",\"visitor\":\"v1\",\"order\":\"o\",\"kind\":\"gift\"}",
            "{\"type\":\"purchase\",\"id\":\"n12\",\"ts\":1767657600000,\"showroom\":\"s\",\"visitor\":\"v1\",\"order\":\"o\",\"kind\":\"sale\",\"amount_minor\":1.5}",
            "{\"type\":\"purchase\",\"id\":\"n13\",\"ts\":1767657600000,\"showroom\":\"s\",\"visitor\":\"v1\",\"order\":\"o\",\"kind\":\"sale\",\"amount_minor\":9223372036854775808}",
            "{\"type\":\"cache_timing\",\"id\":\"n14\",\"ts\":1767657600000,\"showroom\":\"s\",\"cache\":\"c\",\"lcp_ms\":-1e-9}",
            "{\"type\":\"cache_timing\",\"id\":\"n15\",\"ts\":1767657600000,\"showroom\":\"s\",\"cache\":\"c\",\"lcp_ms\":1e20}",
            "{\"type\":\"purchase\",\"id\":\"n16\",\"ts\":1767657600000,\"showroom\":\"s\",\"visitor\":\"v1\",\"order\":\"o\",\"kind\":\"sale\",\"attributes\":{\"items\":1e15}}",
            "{\"type\":\"visit\",\"id\":\"n17\",\"ts\":true,\"showroom\":\"s\",\"visitor\":\"v1\"}",
            "{\"type\":\"visit\",\"id\":\"n18\\ud800\",\"ts\":1767657600000,\"showroom\":\"s\",\"visitor\":\"v1\"}",
            "{\"type\":\"stock\",\"id\":\"n19\",\"ts\":1767657600000,\"showroom\":\"s\",\"sku\":\"k\",\"on_hand\":\"7\"}",
            "{\"type\":\"visit\",\"id\":\"" + "i".repeat(65)
                    + "\",\"ts\":1767657600000,\"showroom\":\"s\",\"visitor\":\"v1\"}");

    private final Random random;
    private final List<String> lines = new ArrayList<>();

    private NastyWorld(long seed) {
        this.random = new Random(seed);
    }

    static List<String> lines(long seed) {
        NastyWorld world = new NastyWorld(seed);
        int events = 60 + world.random.nextInt(150);
        for (int i = 0; i < events; i++) {
            world.deliver("e" + seed + "-" + i);
        }
        Collections.shuffle(world.lines, world.random);
        return world.lines;
    }

    private void deliver(String id) {
        long millis = START_MILLIS + random.nextInt(12 * 24) * HOUR_MILLIS;
        String line = event(id, millis);
        lines.add(line);
        switch (random.nextInt(8)) {
            case 0 -> lines.add(line);
            case 1 -> lines.add(event(id, millis + (random.nextInt(3) - 1) * HOUR_MILLIS));
            case 2 -> {
                lines.add(line);
                lines.add(event(id, millis));
                lines.add(line + " ");
            }
            case 3 -> lines.add(one(NO_EVENTS));
            default -> {
                // delivered once
            }
        }
    }

    private String event(String id, long millis) {
        String type = one(List.of("visit", "purchase", "purchase", "cache_timing", "stock"));
        StringBuilder json = new StringBuilder("{\"type\":\"" + type + "\",\"id\":\"" + id + "\",\"showroom\":\"s1\"");
        json.append(",\"ts\":").append(time(millis));
        if (!type.equals("stock") && (!type.equals("cache_timing") || random.nextBoolean())) {
            // Some of them are the same name written differently.
            json.append(",\"visitor\":\"")
                    .append(random.nextInt(4) == 0 ? "\\u00761" : "v" + random.nextInt(6))
                    .append('"');
        }
        switch (type) {
            case "purchase" -> {
                json.append(",\"order\":\"o\",\"kind\":\"")
                        .append(one(List.of(
                                "sale",
                                "sale",
                                "renewal",
                                "refund",
                                "preorder",
                                "preorder",
                                "pickup",
                                "cancellation",
                                "no_show")))
                        .append('"');
                json.append(random.nextInt(4) == 0 ? "" : ",\"amount_minor\":" + random.nextInt(900));
                json.append(random.nextInt(4) == 0 ? ",\"amount\":{\"x\":1},\"quantity\":null" : "");
                json.append(random.nextInt(3) == 0 ? ",\"sku\":\"k \u00fc\",\"channel\":\"online\"" : "");
            }
            case "cache_timing" ->
                json.append(",\"cache\":\"c")
                        .append(random.nextInt(3))
                        .append('"')
                        .append(sometimes("failover", List.of("true", "false", "false", "null")))
                        .append(sometimes("served_by", List.of("\"c0\"", "\"c1\"", "\"c10\"", "\"\"", "null")))
                        .append(sometimes("ttl_seconds", List.of("60", "6e1", "0.50", "300", "60.0000004")))
                        .append(sometimes("ttfb_ms", List.of("0.1", "12", "null")))
                        .append(sometimes("cls", List.of("0", "0.05")))
                        .append(sometimes("status", List.of("\"hit\"", "\"stale\"", "null")))
                        .append(sometimes("lcp_ms", TIMINGS));
            case "stock" ->
                json.append(",\"sku\":\"k \\u00fc\",\"on_hand\":")
                        .append(one(List.of("1e1", "0", "7", "30e-1")))
                        .append(one(FOREIGN));
            default ->
                json.append(
                                random.nextInt(3) == 0
                                        ? ",\"page\":\"sold\\u002dout\""
                                        : ",\"page\":\"a \\\"quoted\\\" 1.5\",\"kind\":\"sale\"")
                        .append(one(FOREIGN));
        }
        return json.append(exposures())
                .append(attributes())
                .append(dimensions())
                .append('}')
                .toString();
    }

    private String sometimes(String field, List<String> values) {
        return random.nextInt(4) == 0 ? "" : ",\"" + field + "\":" + one(values);
    }

    private String time(long millis) {
        java.time.Instant instant = java.time.Instant.ofEpochMilli(millis);
        return switch (random.nextInt(5)) {
            case 0 -> '"' + instant.toString() + '"';
            case 1 ->
                "\""
                        + instant.atOffset(java.time.ZoneOffset.ofHoursMinutes(-3, -30))
                                .toLocalDateTime() + ":00.000999-03:30\"";
            case 2 -> '"' + instant.toString().toLowerCase(Locale.ROOT) + '"';
            case 3 ->
                "\""
                        + instant.atOffset(java.time.ZoneOffset.UTC)
                                .plusMinutes(23 * 60 + 59)
                                .toLocalDateTime() + ":00+23:59\"";
            default -> Long.toString(millis);
        };
    }

    private String exposures() {
        List<String> carried = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            carried.add("\"visitors\":\"" + (random.nextInt(12) == 0 ? "nobody" : random.nextInt(8) == 0 ? "b" : "a")
                    + '"');
        }
        if (random.nextInt(3) == 0) {
            carried.add("\"days\":\"" + one(List.of("x", "x", "x", "x", "x", "x", "y", "z")) + '"');
        }
        if (random.nextInt(3) == 0) {
            carried.add("\"drop\":\"" + (random.nextInt(8) == 0 ? "large" : "small") + '"');
        }
        if (random.nextInt(3) == 0) {
            carried.add("\"caches\":\"" + (random.nextInt(20) == 0 ? "long" : "short") + '"');
        }
        if (random.nextInt(9) == 0) {
            carried.add("\"other\":\"a\"");
        }
        return carried.isEmpty() ? "" : ",\"exposures\":{" + String.join(",", carried) + "}";
    }

    private String attributes() {
        List<String> carried = new ArrayList<>();
        if (random.nextBoolean()) {
            carried.add("\"items\":" + (random.nextInt(6) == 0 ? "\"three\"" : one(NUMBERS)));
        }
        if (random.nextBoolean()) {
            carried.add("\"tier\":" + one(List.of("\"gold\"", "2", "2.0000000", "1.250", "null", "\"2\"")));
        }
        return carried.isEmpty() ? "" : ",\"attributes\":{" + String.join(",", carried) + "}";
    }

    private String dimensions() {
        return (random.nextBoolean() ? ",\"region\":\"north\"" : "") + ",\"creator\":\""
                + one(List.of("mia", "leo", "")) + '"';
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
