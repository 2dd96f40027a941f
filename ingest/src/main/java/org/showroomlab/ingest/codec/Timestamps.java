package org.showroomlab.ingest.codec;

import static org.showroomlab.ingest.codec.Refusal.Code.BAD_TIMESTAMP;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the two forms of an instant: epoch milliseconds and RFC 3339 with offset. */
final class Timestamps {
    /** 9999-12-31T23:59:59.999Z, the last instant that RFC 3339 can write. */
    private static final long MAX_MILLIS = 253_402_300_799_999L;

    /** RFC 3339 has offsets up to 23:59, {@link ZoneOffset} has none above 18:00. */
    private static final Pattern OFFSET = Pattern.compile("Z|([+-])([01]\\d|2[0-3])(?::([0-5]\\d)(?::([0-5]\\d))?)?");

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
        try {
            return ofMillis(
                    instant(text.toUpperCase(Locale.ROOT).replace(' ', 'T')).toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            throw new RefusedRecord(BAD_TIMESTAMP, "ts", "ts '" + text + "' is not an instant" + ALLOWED);
        }
    }

    private static Instant instant(String iso) {
        ParsePosition at = new ParsePosition(0);
        LocalDateTime local = LocalDateTime.from(DateTimeFormatter.ISO_LOCAL_DATE_TIME.parse(iso, at));
        Matcher offset = OFFSET.matcher(iso).region(at.getIndex(), iso.length());
        // The shortest RFC 3339 instant has 20 characters; the parser alone would also take one without seconds.
        if (iso.length() < 20 || !offset.matches()) {
            throw new DateTimeException("no seconds, or no offset");
        }
        return local.toInstant(ZoneOffset.UTC).minusSeconds(seconds(offset));
    }

    private static long seconds(Matcher offset) {
        long seconds = 0;
        for (int group = 2; group <= offset.groupCount(); group++) {
            String digits = offset.group(group);
            seconds = 60 * seconds + (digits == null ? 0 : Long.parseLong(digits));
        }
        return "-".equals(offset.group(1)) ? -seconds : seconds;
    }

    static RefusedRecord wrongForm(String found) {
        return new RefusedRecord(BAD_TIMESTAMP, "ts", "ts is " + found + ALLOWED);
    }
}
