package org.showroomlab.ingest.codec;

import org.jspecify.annotations.Nullable;

/**
 * Why a record is not a valid event.
 *
 * @param field the field at fault, when it is one
 * @param detail one sentence for a person, with what is allowed
 */
public record Refusal(Code code, @Nullable String field, String detail) {

    /** The machine-readable reasons. */
    public enum Code {
        /** Longer than {@link EventCodec#MAX_RECORD_BYTES}. */
        RECORD_TOO_LARGE,
        /** No bytes, or white space only. */
        EMPTY_RECORD,
        /** Not one JSON value in UTF-8, or half of a surrogate pair stands alone in it. */
        MALFORMED_JSON,
        /** JSON, but not an object. */
        NOT_AN_OBJECT,
        /** The same field twice: two readers could take it differently. */
        DUPLICATE_FIELD,
        UNKNOWN_TYPE,
        MISSING_FIELD,
        WRONG_TYPE,
        /** Not one of the allowed values. */
        NOT_ALLOWED,
        OUT_OF_RANGE,
        BAD_TIMESTAMP,
        /** The event's time is further after its record's arrival than a device's clock may be ahead. */
        CLOCK_AHEAD,
        /** A number that a metric needs and that does not fit 64 bits. */
        VALUE_OUT_OF_RANGE;

        /** The code as it stands in dead letters. */
        public String wireName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
