package org.showroomlab.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;

/**
 * A quarter of visits and purchases, in order of delivery. Every line is a function of the seed and its number, so that
 * any part can be written alone.
 *
 * <p>Of the deliveries 2 % repeat one of the last few thousand (a tenth of them with another content and a later time),
 * and 1 % come up to three days late. A visitor is seen during half of the quarter, 1 % of them with two variants of an
 * experiment. One event in ten is a purchase.
 *
 * @param events deliveries in all
 * @param visitors people in all
 * @param experiments at the same time; a visitor is exposed to one to five of them
 */
record BenchEvents(long seed, long events, int visitors, int experiments) {
    static final int DAYS = 90;
    static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    private static final long DAY_MILLIS = 86_400_000;
    private static final int REGIONS = 5;
    private static final int MOST_EXPOSURES = 5;

    private static final byte[] VISIT = ascii("{\"type\":\"visit\",\"id\":\"");
    private static final byte[] PURCHASE = ascii("{\"type\":\"purchase\",\"id\":\"");
    private static final byte[] TIME = ascii("\",\"ts\":");
    private static final byte[] SHOWROOM = ascii(",\"showroom\":\"showroom-");
    private static final byte[] REGION = ascii("\",\"region\":\"region-");
    private static final byte[] MARKET = ascii("\",\"market\":\"PT\",\"creator\":\"creator-");
    private static final byte[] VISITOR = ascii("\",\"channel\":\"online\",\"visitor\":\"v-");
    private static final byte[] PAGE = ascii("\",\"page\":\"/pieces/");
    private static final byte[] EXPOSURES = ascii("\",\"exposures\":{");
    private static final byte[] ORDER = ascii("\",\"order\":\"o-");
    private static final byte[] KIND = ascii("\",\"kind\":\"");
    private static final byte[] QUANTITY = ascii("\",\"quantity\":");
    private static final byte[] AMOUNT = ascii(",\"amount_minor\":");
    private static final byte[] CURRENCY = ascii(",\"currency\":\"EUR\"}\n");
    private static final byte[] EXPERIMENT = ascii("\"bench-");
    private static final byte[] VARIANT_A = ascii("\":\"p499\"");
    private static final byte[] VARIANT_B = ascii("\":\"p599\"");
    private static final byte[] COMMA = ascii(",");
    private static final byte[] END = ascii("}}\n");
    private static final byte[][] KINDS = {
        ascii("sale"),
        ascii("sale"),
        ascii("sale"),
        ascii("sale"),
        ascii("subscription"),
        ascii("subscription"),
        ascii("subscription"),
        ascii("renewal"),
        ascii("renewal"),
        ascii("refund")
    };

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Appends the line of a delivery, with its end. */
    void append(long number, LineBuffer out) {
        long h = mix(seed ^ mix(number));
        if (number > 5_000 && h % 50 == 0) {
            long again = number - 1 - (h >>> 32) % 4_000;
            boolean differs = (h >>> 16) % 10 == 0;
            write(again, differs ? 1_000 * (1 + (h >>> 20) % 900) : 0, out);
        } else {
            write(number, 0, out);
        }
    }

    private void write(long number, long later, LineBuffer out) {
        long h = mix(seed + 0x9E3779B97F4A7C15L * (number + 1));
        long r = mix(h);
        int visitor = visitor(number, r);
        long v = mix(seed ^ ((long) visitor << 20));
        boolean purchase = h % 10 == 0;
        out.text(purchase ? PURCHASE : VISIT).hex(h, 16);
        out.text(TIME).number(millis(number, r) + later);
        out.text(SHOWROOM).number(10 + Long.remainderUnsigned(v, 40));
        long regionOf = (r >>> 11) % 10 == 0 ? r : v;
        out.text(REGION).number(Long.remainderUnsigned(regionOf >>> 24, REGIONS));
        out.text(MARKET).number(100 + Long.remainderUnsigned(v >>> 8, 300));
        out.text(VISITOR).hex(v, 12);
        if (purchase) {
            writePurchase(r, later, out);
        } else {
            out.text(PAGE).number(1_000 + (r >>> 40) % 9_000 + later / 1_000);
            writeExposures(v, r, out);
        }
    }

    private static void writePurchase(long r, long later, LineBuffer out) {
        byte[] kind = KINDS[(int) ((r >>> 5) % KINDS.length)];
        out.text(ORDER).hex(r, 12).text(KIND).text(kind);
        out.text(QUANTITY).number(1 + (r >>> 9) % 3);
        out.text(AMOUNT).number(199 + (r >>> 13) % 6_000 + later / 1_000);
        out.text(CURRENCY);
    }

    private void writeExposures(long v, long r, LineBuffer out) {
        out.text(EXPOSURES);
        int count = experiments == 1 ? 1 : (int) (1 + (v >>> 3) % MOST_EXPOSURES);
        int first = (int) ((v >>> 30) % experiments);
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.text(COMMA);
            }
            int experiment = (first + i * (experiments / MOST_EXPOSURES)) % experiments;
            long side = (v >>> 50) % 100 == 0 ? r >>> 20 : mix(v + experiment);
            out.text(EXPERIMENT).number(10 + experiment);
            out.text((side & 1) == 0 ? VARIANT_A : VARIANT_B);
        }
        out.text(END);
    }

    private int visitor(long number, long r) {
        int present = Math.max(1, visitors / 2);
        double at = (double) number / events;
        return (int) (at * (visitors - present)) + (int) ((r >>> 1) % present);
    }

    private long millis(long number, long r) {
        long due = START.toEpochMilli() + (long) ((double) number / events * DAYS * DAY_MILLIS);
        boolean late = (r >>> 3) % 100 == 0;
        // Mirrored at the start rather than piled up there: first exposures at one instant would be decided by hashes
        // that no peer computes.
        return late ? START.toEpochMilli() + Math.abs(due - (r >>> 7) % (3 * DAY_MILLIS) - START.toEpochMilli()) : due;
    }

    /** The number of the first delivery of a day. */
    long firstOf(int day) {
        return events * day / DAYS;
    }

    /** One file per day of delivery. */
    void writeFiles(Path folder) throws IOException {
        Files.createDirectories(folder);
        LineBuffer out = new LineBuffer(1 << 20);
        for (int day = 0; day < DAYS; day++) {
            Path file = folder.resolve(String.format(Locale.ROOT, "events-%02d.ndjson", day));
            try (OutputStream stream = Files.newOutputStream(file)) {
                long end = firstOf(day + 1);
                for (long number = firstOf(day); number < end; number++) {
                    append(number, out);
                    if (out.size() > 900_000 || number == end - 1) {
                        stream.write(out.bytes(), 0, out.size());
                        out.clear();
                    }
                }
            }
        }
    }

    /** One file per experiment. */
    void writeExperiments(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < experiments; i++) {
            String id = experimentId(i);
            Files.writeString(folder.resolve(id + ".yaml"), experiment(id));
        }
    }

    static String experimentId(int number) {
        return "bench-" + (10 + number);
    }

    private static String experiment(String id) {
        return """
                id: %s
                name: Micro-subscription price
                hypothesis: A lower entry price lifts revenue per visitor
                owner: growth
                unit: visitor
                start: 2026-01-05T00:00:00Z
                end: 2026-04-05T00:00:00Z
                observe_until: 2026-04-19T00:00:00Z
                currency: EUR
                variants:
                  - {id: p499, weight: 1, control: true, price_minor: 499}
                  - {id: p599, weight: 1, price_minor: 599}
                metrics:
                  - {id: conversion, type: proportion, event: purchase, where: {kind: subscription}, goal: increase, role: primary}
                  - {id: revenue, type: mean, event: purchase, where: {kind: [sale, subscription, renewal]}, subtract: {kind: [refund]}, value: amount_minor, window_hours: 720, cap: 10000, goal: increase, role: secondary}
                  - {id: basket, type: ratio, event: purchase, where: {kind: sale}, value: amount_minor, per: {event: purchase, where: {kind: sale}, value: quantity}, role: secondary}
                dimensions: [region]
                """.formatted(id);
    }

    private static long mix(long x) {
        long z = x + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return (z ^ (z >>> 31)) & Long.MAX_VALUE;
    }

    /** {@code EVENTS VISITORS EXPERIMENTS SEED FOLDER}: writes events and experiments unless they are there. */
    public static void main(String[] arguments) throws IOException {
        BenchEvents events = new BenchEvents(
                Long.parseLong(arguments[3]),
                Long.parseLong(arguments[0]),
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]));
        Path folder = Path.of(arguments[4]);
        Path done = folder.resolve("complete");
        if (Files.exists(done)) {
            return;
        }
        long started = System.nanoTime();
        events.writeFiles(folder.resolve("events"));
        events.writeExperiments(folder.resolve("experiments"));
        Files.writeString(done, events.toString());
        double seconds = (System.nanoTime() - started) / 1e9;
        System.err.printf(
                Locale.ROOT,
                "%,d events written in %.1f s (%.2f M/s)%n",
                events.events(),
                seconds,
                events.events() / seconds / 1e6);
    }
}
