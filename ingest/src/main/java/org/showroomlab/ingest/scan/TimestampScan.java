package org.showroomlab.ingest.scan;

/** Reads an RFC 3339 instant of the usual form: {@code 2026-01-05T09:30:00[.fraction](Z|±hh:mm)}. */
final class TimestampScan {
    /** 9999-12-31T23:59:59.999Z. */
    static final long MAX_MILLIS = 253_402_300_799_999L;

    private static final int SHORTEST = "2026-01-05T09:30:00Z".length();
    private static final int FRACTION_AT = "2026-01-05T09:30:00".length();
    private static final int MAX_FRACTION_DIGITS = 9;
    private static final int MAX_OFFSET_HOURS = 23;

    /** So negative that no year made with it is positive. */
    private static final int NOT_A_NUMBER = -10_000;

    /** Days before the first of each month, in a year without a leap day. */
    private static final int[] DAYS_BEFORE = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

    /** Days of the years 1 to 1969. */
    private static final long DAYS_TO_1970 = 1969 * 365L + 1969 / 4 - 1969 / 100 + 1969 / 400;

    private TimestampScan() {}

    /** Epoch milliseconds, the rest of a finer fraction cut off; negative for any other text. */
    static long millis(byte[] bytes, int from, int to) {
        if (to - from < SHORTEST || !hasSeparators(bytes, from)) {
            return -1;
        }
        long days = epochDay(
                100 * two(bytes, from, 99) + two(bytes, from + 2, 99),
                two(bytes, from + 5, 12),
                two(bytes, from + 8, 31));
        int hour = two(bytes, from + 11, 23);
        int minute = two(bytes, from + 14, 59);
        int second = two(bytes, from + 17, 59);
        if (days < 0 || (hour | minute | second) < 0) {
            return -1;
        }
        int offsetAt = from + FRACTION_AT;
        long millis = (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000;
        if (bytes[offsetAt] == '.') {
            int first = offsetAt + 1;
            offsetAt = afterDigits(bytes, first, to);
            if (offsetAt == first || offsetAt - first > MAX_FRACTION_DIGITS) {
                return -1;
            }
            millis += milliDigits(bytes, first, offsetAt);
        }
        return minusOffset(millis, bytes, offsetAt, to);
    }

    private static boolean hasSeparators(byte[] b, int from) {
        return b[from + 4] == '-'
                && b[from + 7] == '-'
                && b[from + 10] == 'T'
                && b[from + 13] == ':'
                && b[from + 16] == ':';
    }

    private static int afterDigits(byte[] bytes, int at, int to) {
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    private static int milliDigits(byte[] bytes, int first, int after) {
        int millis = 0;
        for (int i = first; i < first + 3; i++) {
            millis = 10 * millis + (i < after ? bytes[i] - '0' : 0);
        }
        return millis;
    }

    private static long minusOffset(long millis, byte[] bytes, int at, int to) {
        int length = to - at;
        if (length == 1 && bytes[at] == 'Z') {
            return inRange(millis);
        }
        if (length != 6 || (bytes[at] != '+' && bytes[at] != '-') || bytes[at + 3] != ':') {
            return -1;
        }
        int hours = two(bytes, at + 1, MAX_OFFSET_HOURS);
        int minutes = two(bytes, at + 4, 59);
        if ((hours | minutes) < 0) {
            return -1;
        }
        long offset = (hours * 60L + minutes) * 60_000;
        return inRange(bytes[at] == '+' ? millis - offset : millis + offset);
    }

    private static long inRange(long millis) {
        return millis >= 0 && millis <= MAX_MILLIS ? millis : -1;
    }

    /** Two digits of at most this value, or {@link #NOT_A_NUMBER}. */
    private static int two(byte[] bytes, int at, int most) {
        int tens = bytes[at] - '0';
        int ones = bytes[at + 1] - '0';
        int value = 10 * tens + ones;
        return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 && value <= most ? value : NOT_A_NUMBER;
    }

    /** Days since 1970-01-01 in the Gregorian calendar; negative for a date that does not exist or is earlier. */
    private static long epochDay(int year, int month, int day) {
        if (year < 1970 || month < 1 || day < 1) {
            return -1;
        }
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        int daysInMonth = DAYS_BEFORE[month] - DAYS_BEFORE[month - 1] + (leap && month == 2 ? 1 : 0);
        if (day > daysInMonth) {
            return -1;
        }
        int past = year - 1;
        long days = past * 365L + past / 4 - past / 100 + past / 400;
        return days - DAYS_TO_1970 + DAYS_BEFORE[month - 1] + (leap && month > 2 ? 1 : 0) + day - 1;
    }
}
