package org.showroomlab.app.calibrate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.StreamSupport;

/**
 * A number of a report whose truth the simulator knows.
 *
 * @param experiment in whose report it stands
 * @param number what it is, as the table of calibration says it
 * @param method as the report calls it
 * @param reported where the report has it, with its {@code ci}; a missing node when it does not
 * @param truth from the experiment's part of {@code truth.json}
 * @param mayBeWide whether the interval may hold the truth more often than it promises
 */
record TrueNumber(
        String experiment,
        String number,
        String method,
        Function<JsonNode, JsonNode> reported,
        ToDoubleFunction<JsonNode> truth,
        boolean mayBeWide) {

    TrueNumber(
            String experiment,
            String number,
            String method,
            Function<JsonNode, JsonNode> reported,
            ToDoubleFunction<JsonNode> truth) {
        this(experiment, number, method, reported, truth, false);
    }

    /** The same, where the method says of itself that it may be wide. */
    TrueNumber atMost() {
        return new TrueNumber(experiment, number, method, reported, truth, true);
    }

    /**
     * Whether the interval holds the truth; empty when the report has no interval.
     *
     * @throws IllegalStateException when the report has one and the truth is not told
     */
    Optional<Boolean> held(JsonNode report, JsonNode experimentTruth) {
        JsonNode ci = reported.apply(report).path("ci");
        if (!ci.path(0).isNumber() || !ci.path(1).isNumber()) {
            return Optional.empty();
        }
        double value = truth.applyAsDouble(experimentTruth);
        return Optional.of(ci.path(0).asDouble() <= value && value <= ci.path(1).asDouble());
    }

    /** The difference of one metric between a treatment and the control. */
    static TrueNumber metric(String experiment, String metric, String variant, String method) {
        return new TrueNumber(
                experiment,
                metric + " difference",
                method,
                report -> find(find(report.path("metrics"), "id", metric).path("comparisons"), "variant", variant)
                        .path("difference"),
                truth -> told(truth, "/metrics/" + metric + "/" + variant));
    }

    /** A difference of {@code ttl_speed}; the truth is told by arm. */
    static TrueNumber speed(String number, String variant, String method) {
        return new TrueNumber(
                "ttl-speed",
                number + " difference",
                method,
                report -> StreamSupport.stream(
                                report.at("/analysis/ttl_speed/comparisons").spliterator(), false)
                        .filter(c -> c.path("number").asText().equals(number)
                                && c.path("variant").asText().equals(variant))
                        .findFirst()
                        .map(c -> c.path("difference"))
                        .orElseGet(() -> report.path("none")),
                truth -> level(find(arms(truth), "variant", variant), number)
                        - level(arms(truth).path(0), number));
    }

    /** A true number; one that is not there would be taken for 0, which intervals of small effects hold. */
    static double told(JsonNode truth, String where) {
        JsonNode number = truth.at(where);
        if (!number.isNumber()) {
            throw new IllegalStateException("the truth has no number at " + where + ": " + truth);
        }
        return number.doubleValue();
    }

    private static double level(JsonNode arm, String number) {
        return told(arm, "/" + number + "/estimate");
    }

    private static JsonNode arms(JsonNode truth) {
        return truth.at("/analysis/ttl_speed/arms");
    }

    /** The member of the list with this text under this key; a missing node when there is none. */
    static JsonNode find(JsonNode list, String key, String text) {
        for (JsonNode node : list) {
            if (node.path(key).asText().equals(text)) {
                return node;
            }
        }
        return list.path("none");
    }
}
