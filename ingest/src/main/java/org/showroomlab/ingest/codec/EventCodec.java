package org.showroomlab.ingest.codec;

import static org.showroomlab.ingest.codec.Refusal.Code.DUPLICATE_FIELD;
import static org.showroomlab.ingest.codec.Refusal.Code.EMPTY_RECORD;
import static org.showroomlab.ingest.codec.Refusal.Code.MALFORMED_JSON;
import static org.showroomlab.ingest.codec.Refusal.Code.NOT_AN_OBJECT;
import static org.showroomlab.ingest.codec.Refusal.Code.RECORD_TOO_LARGE;
import static org.showroomlab.ingest.codec.Refusal.Code.WRONG_TYPE;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.AttributeValue;
import org.showroomlab.ingest.event.Decimal6;
import org.showroomlab.ingest.event.Event;

/**
 * JSON to events and back. Unknown fields and those of other types are ignored, {@code null} stands for an absent field,
 * everything else that the contract does not allow is refused with a reason; nothing is thrown for bad data.
 */
public final class EventCodec {
    /** The longest record that is read, in bytes; the largest record that a Kafka broker takes by default. */
    public static final int MAX_RECORD_BYTES = 1 << 20;

    /** Of an attribute: with more of them a decimal cannot be brought into its shortest form any more. */
    private static final long MAX_DIGITS_BEFORE_POINT = 1_000_000_000;

    private static final Set<String> TEXT_FIELDS = Set.of(
            "type",
            "id",
            "showroom",
            "region",
            "market",
            "creator",
            "channel",
            "visitor",
            "page",
            "cache",
            "served_by",
            "status",
            "order",
            "kind",
            "sku",
            "currency",
            "plan");
    private static final Set<String> NUMBER_FIELDS = Set.of(
            "ttl_seconds", "ttfb_ms", "fcp_ms", "lcp_ms", "inp_ms", "cls", "quantity", "amount_minor", "on_hand");

    private static final JsonFactory WRITTEN = new JsonFactory();

    private EventCodec() {}

    /** The event that these bytes hold, or why they hold none. */
    public static Decoded decode(byte[] record) {
        if (record.length > MAX_RECORD_BYTES) {
            return refused(new Refusal(
                    RECORD_TOO_LARGE, null, record.length + " bytes; at most " + MAX_RECORD_BYTES + " are read"));
        }
        try (JsonParser parser = RecordParsers.strict(record)) {
            requireUtf8(record);
            return new Decoded.Accepted(read(parser).toEvent());
        } catch (RefusedRecord e) {
            return refused(e.refusal());
        } catch (JsonProcessingException e) {
            boolean twice = e.getOriginalMessage().startsWith("Duplicate field");
            return refused(new Refusal(twice ? DUPLICATE_FIELD : MALFORMED_JSON, null, JsonProblem.text(e)));
        } catch (IOException e) {
            // Bytes in memory can always be read, so this is the parser's view of what they hold.
            return refused(new Refusal(MALFORMED_JSON, null, "not JSON: " + e.getMessage()));
        }
    }

    /** The parser alone would also take characters that are written in more bytes than they need. */
    private static void requireUtf8(byte[] record) throws RefusedRecord {
        ByteBuffer bytes = ByteBuffer.wrap(record);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes);
        } catch (CharacterCodingException e) {
            throw new RefusedRecord(MALFORMED_JSON, null, "not UTF-8 at byte " + bytes.position());
        }
    }

    /** The event as one line of JSON, without the line end. */
    public static byte[] encode(Event event) {
        try {
            return EventJson.write(WRITTEN, event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Decoded refused(Refusal refusal) {
        return new Decoded.Refused(refusal);
    }

    private static EventDraft read(JsonParser parser) throws IOException, RefusedRecord {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new RefusedRecord(EMPTY_RECORD, null, "no JSON in the record");
        }
        if (first != JsonToken.START_OBJECT) {
            // The whole value is read before it is judged: half a string is malformed, not a wrong type.
            parser.skipChildren();
            throw new RefusedRecord(NOT_AN_OBJECT, null, "a JSON object is expected");
        }
        EventDraft draft = new EventDraft();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken token = parser.nextToken();
            try {
                readField(parser, field, token, draft);
            } catch (RefusedRecord e) {
                // Whether the field is one of the event's own is known once its type has been read.
                draft.unreadable.put(field, e);
                parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw new RefusedRecord(MALFORMED_JSON, null, "more than one JSON value in the record");
        }
        return draft;
    }

    private static void readField(JsonParser parser, String field, JsonToken token, EventDraft draft)
            throws IOException, RefusedRecord {
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (TEXT_FIELDS.contains(field)) {
            expect(token == JsonToken.VALUE_STRING, field, "a string");
            draft.texts.put(field, parser.getText());
        } else if (NUMBER_FIELDS.contains(field)) {
            expect(token.isNumeric(), field, "a number");
            draft.numbers.put(field, WrittenNumber.of(parser.getText()).value());
        } else {
            readSpecialField(parser, field, token, draft);
        }
    }

    /** Gives what is wrong with the attributes so far: the rest of them is read all the same. */
    private static @Nullable RefusedRecord readNumber(
            JsonParser parser, String name, EventDraft draft, @Nullable RefusedRecord wrong) throws IOException {
        WrittenNumber number = WrittenNumber.of(parser.getText());
        if (number.digitsBeforePoint() > MAX_DIGITS_BEFORE_POINT) {
            String field = "attributes." + name;
            return new RefusedRecord(
                    Refusal.Code.OUT_OF_RANGE, field, field + " has an exponent that no number can have");
        }
        draft.attributes.put(
                name,
                number.isHuge()
                        ? new AttributeValue.Huge(number.shortest())
                        : new AttributeValue.Numeric(Decimal6.round(number.value())));
        return wrong;
    }

    private static void readSpecialField(JsonParser parser, String field, JsonToken token, EventDraft draft)
            throws IOException, RefusedRecord {
        switch (field) {
            case "ts" -> draft.timestampMillis = timestamp(parser, token);
            case "failover" -> {
                expect(token.isBoolean(), field, "true or false");
                draft.failover = parser.getBooleanValue();
            }
            case "exposures" -> readExposures(parser, token, draft);
            case "attributes" -> readAttributes(parser, token, draft);
            default -> parser.skipChildren();
        }
    }

    private static long timestamp(JsonParser parser, JsonToken token) throws IOException, RefusedRecord {
        if (token == JsonToken.VALUE_STRING) {
            return Timestamps.ofText(parser.getText());
        }
        if (token != JsonToken.VALUE_NUMBER_INT || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw Timestamps.wrongForm(token == JsonToken.VALUE_NUMBER_INT ? "too large" : "neither");
        }
        return Timestamps.ofMillis(parser.getLongValue());
    }

    private static void readExposures(JsonParser parser, JsonToken token, EventDraft draft)
            throws IOException, RefusedRecord {
        expect(token == JsonToken.START_OBJECT, "exposures", "an object of experiment id to variant id");
        RefusedRecord wrong = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String experiment = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_STRING) {
                draft.exposures.put(experiment, parser.getText());
            } else {
                parser.skipChildren();
                wrong = wrongType("exposures." + experiment, "a variant id");
            }
        }
        if (wrong != null) {
            throw wrong;
        }
    }

    private static void readAttributes(JsonParser parser, JsonToken token, EventDraft draft)
            throws IOException, RefusedRecord {
        expect(token == JsonToken.START_OBJECT, "attributes", "an object of string to string or number");
        RefusedRecord wrong = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING) {
                draft.attributes.put(name, new AttributeValue.Text(parser.getText()));
            } else if (value.isNumeric()) {
                wrong = readNumber(parser, name, draft, wrong);
            } else if (value != JsonToken.VALUE_NULL) {
                parser.skipChildren();
                wrong = wrongType("attributes." + name, "a string or a number");
            }
        }
        if (wrong != null) {
            throw wrong;
        }
    }

    private static void expect(boolean holds, String field, String allowed) throws RefusedRecord {
        if (!holds) {
            throw wrongType(field, allowed);
        }
    }

    private static RefusedRecord wrongType(String field, String allowed) {
        return new RefusedRecord(WRONG_TYPE, field, field + " must be " + allowed);
    }
}
