package org.showroomlab.ingest.codec;

import static org.showroomlab.ingest.codec.Refusal.Code.BAD_TIMESTAMP;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the two forms of an instant: epoch milliseconds and RFC 3339 with offset. */
public final class Timestamps {
    /** 9999-12-31T23:59:59.999Z, the last instant that RFC 3339 can write. */
    private static final long MAX_MILLIS = 253_402_300_799_999L;

    /** Also a space instead of T, as the note in RFC 3339, section 5.6, allows. */
    private static final Pattern INSTANT =
            Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)[Tt ](\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d+))?"
                    + "(?:[Zz]|([+-])([01]\\d|2[0-3]):([0-5]\\d))");

    private static final String ALLOWED =
            "; allowed: epoch milliseconds as an integer, or RFC 3339 with offset such as 2026-01-05T09:30:00+01:00";

    private Timestamps() {}

    /** The epoch milliseconds that a text names in either form; empty when it names none. */
    public static OptionalLong read(String text) {
        try {
            return OptionalLong.of(text.matches("\\d{1,15}") ? ofMillis(Long.parseLong(text)) : ofText(text));
        } catch (RefusedRecord e) {
            return OptionalLong.empty();
        }
    }

    static long ofMillis(long millis) throws RefusedRecord {
        if (millis < 0 || millis > MAX_MILLIS) {
            throw new RefusedRecord(BAD_TIMESTAMP, "ts", "ts " + millis + " is outside the years 1970 to 9999");
        }
        return millis;
    }

    static long ofText(String text) throws RefusedRecord {
        Matcher parts = INSTANT.matcher(text);
        try {
            if (parts.matches()) {
                return ofMillis(millis(parts));
            }
        } catch (DateTimeException e) {
            // No such day or time of day: not an instant either.
        }
        throw new RefusedRecord(BAD_TIMESTAMP, "ts", "ts '" + text + "' is not an instant" + ALLOWED);
    }

    /** {@link ZoneOffset} has no offsets above 18:00, RFC 3339 has them up to 23:59. */
    private static long millis(Matcher parts) {
        LocalDateTime local = LocalDateTime.of(
                number(parts, 1),
                number(parts, 2),
                number(parts, 3),
                number(parts, 4),
                number(parts, 5),
                number(parts, 6));
        int offsetMinutes = parts.group(8) == null ? 0 : 60 * number(parts, 9) + number(parts, 10);
        long seconds = local.toEpochSecond(ZoneOffset.UTC) - ("-".equals(parts.group(8)) ? -60L : 60L) * offsetMinutes;
        return 1000 * seconds + milliDigits(parts.group(7));
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    /** What is finer than a millisecond is cut off. */
    private static int milliDigits(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "00").substring(0, 3));
    }

    static RefusedRecord wrongForm(String found) {
        return new RefusedRecord(BAD_TIMESTAMP, "ts", "ts is " + found + ALLOWED);
    }
}
