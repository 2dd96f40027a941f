package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.codec.JsonProblem;

/**
 * What a request asks for, read item by item: one that names a field twice, or has a number that nothing can hold, spoils
 * only itself. What is no JSON spoils the whole, since nobody knows where the next item would begin.
 */
final class RequestBody {
    private static final String LIST = "analyses";

    /** NaN is let through the parser so that it spoils one item and not the whole request. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    // Trees are built without recursion, and a body has a length.
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Integer.MAX_VALUE)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private RequestBody() {}

    /**
     * The analyses in their order; one that can be taken in two ways throws {@link InvalidItem} when it is asked for.
     *
     * @throws InvalidRequest when the body is not an object with a list of them
     */
    static List<Supplier<JsonNode>> items(byte[] body) {
        try (JsonParser parser = MAPPER.createParser(body)) {
            List<Supplier<JsonNode>> items =
                    parser.nextToken() == JsonToken.START_OBJECT ? itemsOfObject(parser) : null;
            if (items == null) {
                throw new InvalidRequest("The body must be a JSON object with a list \"" + LIST + "\".");
            }
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "Something stands behind its end");
            }
            return items;
        } catch (JsonProcessingException e) {
            throw new InvalidRequest("The body is not JSON: " + JsonProblem.text(e) + where(e));
        } catch (IOException e) {
            throw new InvalidRequest("The body is not JSON in UTF-8.");
        }
    }

    private static @Nullable List<Supplier<JsonNode>> itemsOfObject(JsonParser parser) throws IOException {
        List<Supplier<JsonNode>> items = null;
        Set<String> names = new HashSet<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (!names.add(name)) {
                throw new JsonParseException(parser, "Duplicate field '" + name + "'");
            }
            JsonStreamContext body = parser.getParsingContext();
            if (parser.nextToken() == JsonToken.START_ARRAY && name.equals(LIST)) {
                items = itemsOfList(parser);
            } else {
                value(parser, body);
            }
        }
        return items;
    }

    private static List<Supplier<JsonNode>> itemsOfList(JsonParser parser) throws IOException {
        JsonStreamContext list = parser.getParsingContext();
        List<Supplier<JsonNode>> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser, list));
        }
        return items;
    }

    /** The value that begins here; after it the parser is in the same place, whatever it is. */
    private static Supplier<JsonNode> value(JsonParser parser, JsonStreamContext around) throws IOException {
        String problem;
        try {
            JsonNode value = MAPPER.readTree(new ShortNumbers(parser));
            return () -> value;
        } catch (MismatchedInputException e) {
            problem = "An analysis must not name a field twice: " + JsonProblem.text(e) + ".";
        } catch (NumberFormatException e) {
            problem = "An analysis must not have a number with more than " + ShortNumbers.MOST_CHARACTERS
                    + " characters or with an exponent of more than nine digits.";
        }
        // The rest of it must still be JSON.
        while (parser.getParsingContext() != around) {
            parser.nextToken();
        }
        return () -> {
            throw new InvalidItem(problem);
        };
    }

    /** The same parser, but for numbers that would take long to read: in it, they are none. */
    private static final class ShortNumbers extends JsonParserDelegate {
        static final int MOST_CHARACTERS = 1000;

        ShortNumbers(JsonParser parser) {
            super(parser);
        }

        @Override
        public BigInteger getBigIntegerValue() throws IOException {
            checkLength();
            return super.getBigIntegerValue();
        }

        @Override
        public BigDecimal getDecimalValue() throws IOException {
            checkLength();
            return super.getDecimalValue();
        }

        private void checkLength() throws IOException {
            if (getTextLength() > MOST_CHARACTERS) {
                throw new NumberFormatException();
            }
        }
    }

    private static String where(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }
}
