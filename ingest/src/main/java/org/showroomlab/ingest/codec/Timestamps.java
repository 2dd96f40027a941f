package org.showroomlab.ingest.codec;

import static org.showroomlab.ingest.codec.Refusal.Code.BAD_TIMESTAMP;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Locale;

/** Reads the two forms of an instant: epoch milliseconds and RFC 3339 with offset. */
final class Timestamps {
    /** 9999-12-31T23:59:59.999Z, the last instant that RFC 3339 can write. */
    private static final long MAX_MILLIS = 253_402_300_799_999L;

    private static final String ALLOWED =
            "; allowed: epoch milliseconds as an integer, or RFC 3339 with offset such as 2026-01-05T09:30:00+01:00";

    private Timestamps() {}

    static long ofMillis(long millis) throws RefusedRecord {
        if (millis < 0 || millis > MAX_MILLIS) {
            throw new RefusedRecord(BAD_TIMESTAMP, "ts", "ts " + millis + " is outside the years 1970 to 9999");
        }
        return millis;
    }

    static long ofText(String text) throws RefusedRecord {
        // The shortest RFC 3339 instant has 20 characters; the parser alone would also take one without seconds.
        if (text.length() < 20) {
            throw new RefusedRecord(BAD_TIMESTAMP, "ts", "ts '" + text + "' is not an instant" + ALLOWED);
        }
        try {
            String iso = text.toUpperCase(Locale.ROOT).replace(' ', 'T');
            return ofMillis(OffsetDateTime.parse(iso).toInstant().toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            throw new RefusedRecord(BAD_TIMESTAMP, "ts", "ts '" + text + "' is not an instant" + ALLOWED);
        }
    }

    static RefusedRecord wrongForm(String found) {
        return new RefusedRecord(BAD_TIMESTAMP, "ts", "ts is " + found + ALLOWED);
    }
}
