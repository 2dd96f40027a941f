package org.showroomlab.app.live;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.codec.RecordParsers;
import org.showroomlab.ingest.codec.Timestamps;
import org.showroomlab.ingest.event.EventType;

/**
 * Where a record belongs in Kafka, as far as it can be read; whether it is valid is not judged here.
 *
 * @param type empty when none can be read
 * @param key visitor, cache, or showroom/sku; empty when it has none
 * @param timestampMillis empty when none can be read
 */
record RecordAddress(Optional<EventType> type, String key, OptionalLong timestampMillis) {
    static RecordAddress of(byte[] record) {
        Map<String, String> fields = fields(record);
        Optional<EventType> type = Optional.ofNullable(fields.get("type")).flatMap(EventType::ofWireName);
        return new RecordAddress(type, type.map(t -> key(t, fields)).orElse(""), timestamp(fields.get("ts")));
    }

    private static String key(EventType type, Map<String, String> fields) {
        return switch (type) {
            case VISIT, PURCHASE -> fields.getOrDefault("visitor", "");
            case CACHE_TIMING -> fields.getOrDefault("cache", "");
            case STOCK -> fields.getOrDefault("showroom", "") + "/" + fields.getOrDefault("sku", "");
        };
    }

    /** The fields at the top, up to where the record stops being JSON. */
    private static Map<String, String> fields(byte[] record) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = RecordParsers.lenient(record)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return fields;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value.isScalarValue()) {
                    fields.put(name, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            // What could be read until here is enough to say where the record belongs; the job says what is wrong with
            // it.
            return fields;
        }
        return fields;
    }

    private static OptionalLong timestamp(@Nullable String text) {
        return text == null ? OptionalLong.empty() : Timestamps.read(text);
    }

    byte[] keyBytes() {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
