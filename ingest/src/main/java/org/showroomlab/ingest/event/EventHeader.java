package org.showroomlab.ingest.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every event carries.
 *
 * @param id unique within the event's type, 1–64 characters; a re-delivery carries the same id
 * @param timestampMillis when it happened, epoch milliseconds by the device's clock
 * @param exposures experiment id → variant id
 */
public record EventHeader(
        String id,
        long timestampMillis,
        String showroom,
        @Nullable String region,
        @Nullable String market,
        @Nullable String creator,
        @Nullable String channel,
        Map<String, String> exposures,
        Map<String, AttributeValue> attributes) {
    public EventHeader {
        if (id.isEmpty() || id.codePointCount(0, id.length()) > 64) {
            throw new IllegalArgumentException("id must have 1 to 64 characters, was '" + id + "'");
        }
        exposures = Map.copyOf(exposures);
        attributes = Map.copyOf(attributes);
    }
}
