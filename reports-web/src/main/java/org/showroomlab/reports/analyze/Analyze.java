package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/**
 * Statistics from sufficient statistics, as JSON: {@code {"analyses":[{"type":…},…]}} becomes {@code {"results":[…]}} in
 * the same order.
 *
 * <p>An item that cannot be read becomes {@code {"error":"…"}} in its place and the others are still answered. A number
 * that the data cannot give is null beside a {@code reason}; an open end of an interval is null; what does not apply is
 * absent. Numbers are read as decimals, without rounding.
 */
public final class Analyze {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Analyze() {}

    /**
     * Answers every analysis of a request.
     *
     * @throws InvalidRequest when the body is not such an object
     */
    public static byte[] respond(byte[] json) {
        ArrayNode results = MAPPER.createArrayNode();
        RequestBody.items(json).forEach(item -> results.add(answer(item)));
        return bytes(MAPPER.createObjectNode().set("results", results));
    }

    /** Whatever goes wrong in one item stays in it: the library checks ranges by throwing, with a sentence. */
    private static ObjectNode answer(Supplier<JsonNode> item) {
        try {
            Fields fields = Fields.of(item.get(), "");
            Analysis analysis = fields.choice("type", AnalysisType.class).analysis();
            fields.significance();
            return FiniteNumbers.only(analysis.answer(fields));
        } catch (InvalidItem e) {
            return error(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return error("These numbers cannot be analysed: " + sentence(String.valueOf(e.getMessage())));
        } catch (StackOverflowError e) {
            return error("These numbers cannot be analysed: an enumeration over them is too deep.");
        }
    }

    /** NaN and Infinity are what overflow leaves behind, and no word of the reader's. */
    private static String sentence(String message) {
        return message.contains("NaN") || message.contains("Infinity") || message.contains("∞")
                ? "a number on the way to the answer is beyond the range of a double."
                : message;
    }

    private static ObjectNode error(String sentence) {
        return MAPPER.createObjectNode().put("error", sentence);
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
