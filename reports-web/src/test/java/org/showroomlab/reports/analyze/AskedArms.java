package org.showroomlab.reports.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;

/** Two arms as the command is asked about them, and numbers near to reference values. */
final class AskedArms {
    private static final String PAIR = "{'type':'%s','control':%s,'treatment':%s%s}";

    private AskedArms() {}

    static JsonNode pair(String type, String control, String treatment, String options) {
        return Asked.one(PAIR.formatted(type, control, treatment, options));
    }

    static String mean(long n, String sum, String squares) {
        return "{'n':%d,'sum':%s,'sum_squares':%s}".formatted(n, sum, squares);
    }

    static String share(long n, long successes) {
        return "{'n':%d,'successes':%d}".formatted(n, successes);
    }

    static String ofJson(JsonNode arm) {
        return arm.toString().replace('"', '\'');
    }

    static void close(JsonNode effect, String field, JsonNode expected, double tolerance) {
        assertThat(effect.get(field).asDouble()).as(field).isCloseTo(expected.asDouble(), within(tolerance));
    }

    static void closeInterval(JsonNode actual, JsonNode expected, double tolerance) {
        for (int end = 0; end < 2; end++) {
            if (expected.get(end).isTextual()) {
                assertThat(actual.get(end).isNull()).isTrue();
            } else {
                assertThat(actual.get(end).asDouble())
                        .isCloseTo(expected.get(end).asDouble(), within(tolerance));
            }
        }
    }
}
