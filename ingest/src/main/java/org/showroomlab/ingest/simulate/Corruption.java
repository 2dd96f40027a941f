package org.showroomlab.ingest.simulate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The ways in which a record arrives broken. */
enum Corruption {
    TRUNCATED {
        @Override
        byte[] applyTo(byte[] json) {
            return Arrays.copyOf(json, json.length / 2);
        }
    },
    MISSING_FIELD {
        @Override
        byte[] applyTo(byte[] json) {
            return replaced(json, "\"showroom\":", "\"shwroom\":");
        }
    },
    UNKNOWN_TYPE {
        @Override
        byte[] applyTo(byte[] json) {
            return replaced(json, "{\"type\":\"", "{\"type\":\"beta_");
        }
    },
    BAD_TIMESTAMP {
        @Override
        byte[] applyTo(byte[] json) {
            return replaced(json, "\"ts\":", "\"ts\":\"yesterday\",\"was\":");
        }
    };

    /** What is left of a valid record; never valid itself. */
    abstract byte[] applyTo(byte[] json);

    private static byte[] replaced(byte[] json, String from, String to) {
        return new String(json, StandardCharsets.UTF_8).replace(from, to).getBytes(StandardCharsets.UTF_8);
    }
}
