package org.showroomlab.ingest.codec;

import static org.showroomlab.ingest.codec.Refusal.Code.MISSING_FIELD;
import static org.showroomlab.ingest.codec.Refusal.Code.NOT_ALLOWED;
import static org.showroomlab.ingest.codec.Refusal.Code.OUT_OF_RANGE;
import static org.showroomlab.ingest.codec.Refusal.Code.UNKNOWN_TYPE;
import static org.showroomlab.ingest.codec.Refusal.Code.WRONG_TYPE;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.AllowedValues;
import org.showroomlab.ingest.event.AttributeValue;
import org.showroomlab.ingest.event.Decimal6;
import org.showroomlab.ingest.event.Event;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.event.EventHeader;
import org.showroomlab.ingest.event.EventType;

/** The known fields of one record as read, in whatever order they came, and the rules that turn them into an event. */
final class EventDraft {
    private static final int MAX_ID_CHARACTERS = 64;
    private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

    final Map<String, String> texts = new HashMap<>();
    final Map<String, BigDecimal> numbers = new HashMap<>();
    final Map<String, String> exposures = new HashMap<>();
    final Map<String, AttributeValue> attributes = new HashMap<>();

    /** By field, in the order of the record: what could not be read, if it is a field of the event at all. */
    final Map<String, RefusedRecord> unreadable = new LinkedHashMap<>();

    @Nullable
    Boolean failover;

    @Nullable
    Long timestampMillis;

    Event toEvent() throws RefusedRecord {
        Optional<EventType> known = Optional.ofNullable(texts.get("type")).flatMap(EventType::ofWireName);
        requireReadable(known.map(EnumSet::of).orElse(EnumSet.allOf(EventType.class)));
        String typeName = required("type");
        EventType type = known.orElseThrow(() -> new RefusedRecord(
                UNKNOWN_TYPE, "type", "type is '" + typeName + "'; allowed: " + EventType.allowedNames()));
        EventHeader header = header();
        return switch (type) {
            case VISIT -> new Event.Visit(header, required("visitor"), texts.get("page"));
            case CACHE_TIMING -> cacheTiming(header);
            case PURCHASE -> purchase(header);
            case STOCK -> new Event.Stock(header, required("sku"), requiredInteger("on_hand"));
        };
    }

    /** Refuses what could not be read of the fields that all these types carry; other fields are ignored. */
    private void requireReadable(Set<EventType> types) throws RefusedRecord {
        for (Map.Entry<String, RefusedRecord> field : unreadable.entrySet()) {
            if (EventField.named(field.getKey())
                    .map(f -> f.types().containsAll(types))
                    .orElse(true)) {
                throw field.getValue();
            }
        }
    }

    private EventHeader header() throws RefusedRecord {
        String id = required("id");
        if (id.codePointCount(0, id.length()) > MAX_ID_CHARACTERS) {
            throw new RefusedRecord(OUT_OF_RANGE, "id", "id has more than " + MAX_ID_CHARACTERS + " characters");
        }
        if (timestampMillis == null) {
            throw missing("ts");
        }
        return new EventHeader(
                id,
                timestampMillis,
                required("showroom"),
                texts.get("region"),
                oneOf("market", AllowedValues.COUNTRIES, "ISO 3166 alpha-2 country codes"),
                texts.get("creator"),
                oneOf("channel", AllowedValues.CHANNELS, "online, walk_in"),
                exposures,
                attributes);
    }

    private Event cacheTiming(EventHeader header) throws RefusedRecord {
        return new Event.CacheTiming(
                header,
                required("cache"),
                nonEmpty("visitor"),
                texts.get("served_by"),
                measured("ttl_seconds"),
                oneOf("status", AllowedValues.CACHE_STATUSES, "hit, miss, stale, bypass"),
                failover,
                measured("ttfb_ms"),
                measured("fcp_ms"),
                measured("lcp_ms"),
                measured("inp_ms"),
                measured("cls"));
    }

    private Event purchase(EventHeader header) throws RefusedRecord {
        String visitor = required("visitor");
        String order = required("order");
        required("kind");
        String kind = oneOf("kind", AllowedValues.PURCHASE_KINDS, String.join(", ", AllowedValues.PURCHASE_KINDS));
        BigDecimal quantity = numbers.getOrDefault("quantity", BigDecimal.ONE);
        return new Event.Purchase(
                header,
                visitor,
                order,
                java.util.Objects.requireNonNull(kind),
                texts.get("sku"),
                scaled("quantity", quantity),
                integer("amount_minor"),
                oneOf("currency", AllowedValues.CURRENCIES, "ISO 4217 currency codes"),
                texts.get("plan"));
    }

    private String required(String field) throws RefusedRecord {
        String value = nonEmpty(field);
        if (value == null) {
            throw missing(field);
        }
        return value;
    }

    private @Nullable String nonEmpty(String field) throws RefusedRecord {
        String value = texts.get(field);
        if (value != null && value.isEmpty()) {
            throw new RefusedRecord(OUT_OF_RANGE, field, field + " is empty");
        }
        return value;
    }

    private @Nullable String oneOf(String field, Set<String> allowed, String allowedText) throws RefusedRecord {
        String value = texts.get(field);
        if (value != null && !allowed.contains(value)) {
            throw new RefusedRecord(NOT_ALLOWED, field, field + " is '" + value + "'; allowed: " + allowedText);
        }
        return value;
    }

    private long requiredInteger(String field) throws RefusedRecord {
        OptionalLong value = integer(field);
        if (value.isEmpty()) {
            throw missing(field);
        }
        return value.getAsLong();
    }

    private OptionalLong integer(String field) throws RefusedRecord {
        BigDecimal value = numbers.get(field);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value.signum() < 0 || value.setScale(0, RoundingMode.HALF_EVEN).compareTo(MAX_LONG) > 0) {
            throw new RefusedRecord(OUT_OF_RANGE, field, field + " must be an integer from 0 to " + MAX_LONG);
        }
        if (value.stripTrailingZeros().scale() > 0) {
            throw new RefusedRecord(WRONG_TYPE, field, field + " must be an integer");
        }
        return OptionalLong.of(value.longValueExact());
    }

    private OptionalLong measured(String field) throws RefusedRecord {
        BigDecimal value = numbers.get(field);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value.signum() < 0) {
            throw new RefusedRecord(OUT_OF_RANGE, field, field + " must not be negative");
        }
        return OptionalLong.of(scaled(field, value));
    }

    private static long scaled(String field, BigDecimal value) throws RefusedRecord {
        if (!Decimal6.fits(value, Decimal6.DECIMAL_PLACES)) {
            throw new RefusedRecord(OUT_OF_RANGE, field, field + " is beyond ±9.2e12");
        }
        return Decimal6.scaled(value, Decimal6.DECIMAL_PLACES);
    }

    private static RefusedRecord missing(String field) {
        return new RefusedRecord(MISSING_FIELD, field, field + " is required");
    }
}
