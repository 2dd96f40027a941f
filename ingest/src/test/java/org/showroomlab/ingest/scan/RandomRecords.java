package org.showroomlab.ingest.scan;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Seeded records: mostly valid events in every spelling that JSON allows, some of them then damaged. */
final class RandomRecords {
    private static final String[] TEXTS = {
        "lisboa",
        "São João",
        "Praça do Comércio",
        "",
        "a",
        "ção",
        "店",
        "🎈 balloon",
        "x\u007f",
        "12345678",
        "1234567",
        "abcdefghijklmnopqrstuvwxyz0123456789",
        "with \\\"escape\\\"",
        "\\u0041",
        "tab\\t",
        "\\ud800",
        "é",
        "\u2028"
    };
    private static final String[] NUMBERS = {
        "0",
        "-0",
        "1",
        "1.5",
        "0.1",
        "1999",
        "1999.0",
        "1234.300000011921",
        "1.0000005",
        "1.0000015",
        "1.00000050",
        "1.00000051",
        "0.0000005",
        "2.9999999",
        "-3",
        "-0.0000001",
        "-0.0",
        "01",
        "1.",
        ".5",
        "1e3",
        "1E-2",
        "+1",
        "9223372036853.999999",
        "9223372036854.775807",
        "9223372036854.775808",
        "9223372036854775807",
        "9223372036854775808",
        "123456789012345678",
        "1234567890123",
        "99999999999999999999999999",
        "1e400",
        "NaN",
        "0.123456",
        "0.1234565",
        "0.1234575",
        "-1.2345675",
        "-9223372036854.775808",
        "-9223372036855"
    };
    /** Rare, since all of them are left to the slow path, and then there is nothing to compare. */
    private static final String[] LONG_NUMBERS = {
        "1".repeat(101),
        "1".repeat(1_001),
        "-0." + "1".repeat(1_001),
        "0.0000005" + "0".repeat(1_001),
        "0.0000005" + "0".repeat(1_001) + "1",
        "7." + "0".repeat(1_001),
        "25" + "0".repeat(1_001) + "e-1001",
        "0e999999999999",
        "1e-99999999999",
        "1e99999999999"
    };

    private static final String[] TIMES = {
        "1768188715701",
        "0",
        "253402300799999",
        "253402300800000",
        "-5",
        "1.0",
        "1768188715",
        "17681887157010000000",
        "'2026-01-05T09:00:00Z'",
        "'2026-01-05T09:00:00.123Z'",
        "'2026-01-05T09:00:00.123456+01:00'",
        "'2024-02-29T23:59:59.9-03:30'",
        "'2023-02-29T00:00:00Z'",
        "'2026-13-05T09:00:00Z'",
        "'2026-01-05T24:00:00Z'",
        "'1970-01-01T00:00:00+00:01'",
        "'1969-12-31T23:59:59Z'",
        "'9999-12-31T23:59:59.999999999Z'",
        "'9999-12-31T23:59:59-00:01'",
        "'2026-01-05 09:00:00z'",
        "'2026-01-05T09:00:60Z'",
        "'2026-01-05T09:00:00'",
        "'2026-01-05T09:00:00-00:00'",
        "'2026-01-05T09:00:00+18:00'",
        "'2026-01-05T09:00:00+17:59'",
        "'2026-01-05T09:00:00+23:59'",
        "'2026-01-05T09:00:00-23:59'",
        "'2026-01-05T09:00:00+24:00'",
        "'2026-01-05T09:00:00.Z'",
        "'2026-01-05T09:00:00.1234567890Z'",
        "'2000-02-29T00:00:00+0100'",
        "'2100-02-29T00:00:00Z'",
        "'2026-04-31T00:00:00Z'",
        "'+2026-01-05T09:00:00Z'",
        "'+02026-01-05T09:00:00Z'",
        "'2026-01-05t09:00:00.5z'",
        "'2026-01-05T09:00:00+01'",
        "'2026-01-05T09:00:00+01:00:30'",
        "'2026-01-05T09:00Z123'"
    };
    private static final String[] DEEP = {
        "[".repeat(1_001) + "]".repeat(1_001), "{'x':".repeat(1_001) + "0" + "}".repeat(1_001),
    };
    private static final String[] EXOTIC = {
        "null",
        "true",
        "false",
        "{}",
        "[]",
        "[1,{'a':null}]",
        "{'x':{'y':[1,2]}}",
        "''",
        "'x'",
        "1e5",
        "nul",
        "tru",
        "-"
    };
    private static final String[] PIECES = {
        "\"",
        "\\",
        "{",
        "}",
        ",",
        ":",
        "null",
        "1e9",
        "\u0000",
        "\n",
        " ",
        "é",
        "\"id\":\"x\",",
        "\"ts\":1,",
        "0",
        "-",
        ".",
        "\"attributes\":{\"a\":1}",
        "\ufeff",
        "[",
        "]",
        "/*x*/",
        "NaN",
        "'"
    };

    private final Random random;

    RandomRecords(long seed) {
        this.random = new Random(seed);
    }

    byte[] next() {
        byte[] record = written();
        int damages = random.nextInt(10) < 5 ? 0 : 1 + random.nextInt(3);
        for (int i = 0; i < damages && record.length > 0; i++) {
            record = damaged(record);
        }
        return record;
    }

    /** Bytes of an event in which anything may be unusual, but most things are not. */
    byte[] written() {
        List<String> fields = fields();
        if (random.nextBoolean()) {
            Collections.shuffle(fields, random);
        }
        String comma = one(",", ", ", " ,\n", ",", ", ");
        String end = one("", "", "", "\n", " \r\n\t");
        return json(one("", "", " ") + "{" + String.join(comma, fields) + "}" + end);
    }

    private List<String> fields() {
        String type = usually() ? one("visit", "cache_timing", "purchase", "stock") : one("walk", "", "Visit");
        List<String> fields = new ArrayList<>();
        add(fields, "type", quoted(type));
        add(fields, "id", usually() ? "'e" + random.nextInt(1000) + "'" : longId());
        add(fields, "ts", one("1768188715701", "'2026-01-12T04:31:55.701+01:00'", one(TIMES)));
        add(fields, "showroom", text());
        maybe(fields, "region", text());
        maybe(fields, "market", usually() ? quoted(one("PT", "ES", "DE")) : one("'XX'", "'pt'", "''", "7"));
        maybe(fields, "creator", text());
        maybe(fields, "channel", usually() ? quoted(one("online", "walk_in")) : one("'phone'", "''", "'onlinf'"));
        own(type, fields);
        if (random.nextInt(3) == 0) {
            own(one("visit", "cache_timing", "purchase", "stock"), fields);
        }
        maybe(fields, "exposures", object(false));
        maybe(fields, "attributes", object(true));
        maybe(fields, one("new", "new", "id2", "\\u0069d", "ID", "sku2", "", "é"), one(exotic(), text(), number()));
        if (random.nextInt(1_000) == 0) {
            add(fields, one("n", "é", "店").repeat(50_001), number());
        }
        maybe(fields, one("build", "new", "averyveryverylongname"), one("3", "'x'", "null", "-1.25", "true"));
        return fields;
    }

    private void own(String type, List<String> fields) {
        switch (type) {
            case "cache_timing" -> {
                add(fields, "cache", text());
                maybe(fields, "visitor", text());
                maybe(fields, "served_by", text());
                maybe(fields, "status", usually() ? quoted(one("hit", "miss", "stale", "bypass")) : "'cold'");
                maybe(fields, "failover", usually() ? one("true", "false") : one("'true'", "0", "tru", "null"));
                for (String name : List.of("ttl_seconds", "ttfb_ms", "fcp_ms", "lcp_ms", "inp_ms", "cls")) {
                    maybe(fields, name, number());
                }
            }
            case "purchase" -> {
                add(fields, "visitor", text());
                add(fields, "order", text());
                add(fields, "kind", usually() ? quoted(one("sale", "subscription", "no_show", "refund")) : "'gift'");
                maybe(fields, "sku", text());
                maybe(fields, "quantity", number());
                maybe(fields, "amount_minor", usually() ? one("0", "1999", "1999.00") : number());
                maybe(fields, "currency", usually() ? quoted(one("EUR", "USD")) : "'EURO'");
                maybe(fields, "plan", text());
            }
            case "stock" -> {
                add(fields, "sku", text());
                add(fields, "on_hand", usually() ? "12" : number());
            }
            default -> {
                add(fields, "visitor", text());
                maybe(fields, "page", text());
            }
        }
    }

    private void add(List<String> fields, String name, String value) {
        boolean repeated = fields.stream().anyMatch(f -> f.startsWith("'" + name + "'"));
        if (random.nextInt(200) != 0 && (!repeated || random.nextInt(20) == 0)) {
            fields.add("'" + name + "'" + one(":", ": ", ":", " : ") + (usually() ? value : exotic()));
        }
    }

    private void maybe(List<String> fields, String name, String value) {
        if (random.nextBoolean()) {
            add(fields, name, value);
        }
    }

    private String object(boolean mixed) {
        List<String> members = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String key = quoted(one("price", "gate", "é", "a", "b", "c", "d", "x" + i));
            members.add(
                    key + one(":", ": ") + (mixed && random.nextBoolean() ? one(number(), number(), "null") : text()));
        }
        return "{" + String.join(one(",", ", "), members) + "}";
    }

    private String text() {
        return usually() ? quoted("t" + random.nextInt(50)) : quoted(one(TEXTS));
    }

    private String number() {
        return usually()
                ? one("250", "0.05", "1234.5", String.valueOf(random.nextInt(5000) / 8.0))
                : one(random.nextInt(20) == 0 ? LONG_NUMBERS : NUMBERS);
    }

    private String exotic() {
        return one(random.nextInt(50) == 0 ? DEEP : EXOTIC);
    }

    private String longId() {
        return quoted(one("x", "é", "🎈").repeat(60 + random.nextInt(10)));
    }

    private boolean usually() {
        return random.nextInt(27) != 0;
    }

    private byte[] damaged(byte[] record) {
        int at = random.nextInt(record.length);
        int length = Math.min(record.length - at, 1 + random.nextInt(12));
        byte[] piece = one(PIECES).getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(8)) {
            case 0 -> flipped(record, at, (byte) (1 << random.nextInt(8)));
            case 1 -> flipped(record, at, (byte) random.nextInt(256));
            case 2 -> spliced(record, at, at + length, new byte[0]);
            case 3 -> spliced(record, at, at, Arrays.copyOfRange(record, at, at + length));
            case 4 -> Arrays.copyOf(record, at);
            case 5 -> spliced(record, at, at, piece);
            case 6 -> spliced(record, at, at + 1, piece);
            default -> {
                byte[] other = written();
                int from = random.nextInt(other.length);
                yield spliced(record, at, at, Arrays.copyOfRange(other, from, Math.min(other.length, from + 20)));
            }
        };
    }

    private static byte[] flipped(byte[] record, int at, byte bits) {
        byte[] result = record.clone();
        result[at] ^= bits;
        return result;
    }

    private static byte[] spliced(byte[] record, int from, int to, byte[] piece) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(record, 0, from);
        out.writeBytes(piece);
        out.write(record, to, record.length - to);
        return out.toByteArray();
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static String quoted(String text) {
        return "'" + text + "'";
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
