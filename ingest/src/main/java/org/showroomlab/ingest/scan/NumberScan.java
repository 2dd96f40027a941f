package org.showroomlab.ingest.scan;

/**
 * Reads the usual JSON numbers exactly: no exponents, no more digits than a {@code long} holds. Every method returns the
 * position after the number, or a negative one for a number that it does not read; what follows is the caller's to judge.
 */
final class NumberScan {
    private static final long MICROS = 1_000_000;

    /** The largest whole part whose micros fit a {@code long} whatever follows the point. */
    private static final long MAX_WHOLE = Long.MAX_VALUE / MICROS - 1;

    /** So many decimal digits never overflow a {@code long}. */
    private static final int MAX_DIGITS = 18;

    /** Longer numbers are unusual, and left to the slow path. */
    private static final int MAX_SKIPPED_DIGITS = 100;

    private static final int PLACES = 6;

    private static final int[] POWERS_OF_TEN = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000};

    private NumberScan() {}

    /** Reads a decimal number of either sign as micros, rounded half-even, into {@code into[index]}. */
    static int signedMicros(byte[] bytes, int at, int to, long[] into, int index) {
        if (at >= to || bytes[at] != '-') {
            return micros(bytes, at, to, into, index);
        }
        int end = micros(bytes, at + 1, to, into, index);
        if (end >= 0) {
            into[index] = -into[index];
        }
        return end;
    }

    /** Reads a decimal number without a sign as micros, rounded half-even, into {@code into[index]}. */
    static int micros(byte[] bytes, int at, int to, long[] into, int index) {
        int end = whole(bytes, at, to, into, index);
        if (end < 0 || into[index] > MAX_WHOLE) {
            return -1;
        }
        into[index] *= MICROS;
        return end < to && bytes[end] == '.' ? fraction(bytes, end + 1, to, into, index) : end;
    }

    /** Reads an integer without a sign, also when written with a fraction of zeros, into {@code into[index]}. */
    static int integer(byte[] bytes, int at, int to, long[] into, int index) {
        int end = whole(bytes, at, to, into, index);
        if (end < 0 || end >= to || bytes[end] != '.') {
            return end;
        }
        int first = end + 1;
        int after = first;
        while (after < to && bytes[after] == '0') {
            after++;
        }
        return after > first && after - first <= MAX_SKIPPED_DIGITS ? after : -1;
    }

    /** Passes over a number of either sign that is not too long. */
    static int skip(byte[] bytes, int at, int to) {
        int first = at < to && bytes[at] == '-' ? at + 1 : at;
        int end = afterDigits(bytes, first, to);
        if (end == first || (end - first > 1 && bytes[first] == '0') || end - first > MAX_SKIPPED_DIGITS) {
            return -1;
        }
        if (end >= to || bytes[end] != '.') {
            return end;
        }
        int after = afterDigits(bytes, end + 1, to);
        return after > end + 1 && after - end <= MAX_SKIPPED_DIGITS ? after : -1;
    }

    private static int afterDigits(byte[] bytes, int at, int to) {
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    /** Reads digits without a needless leading zero into {@code into[index]}. */
    static int whole(byte[] bytes, int at, int to, long[] into, int index) {
        if (at > to - 2 * Long.BYTES) {
            return wholeNearTheEnd(bytes, at, to, into, index);
        }
        long word = Words.at(bytes, at);
        int digits = Digits.count(word);
        if (digits == 0 || (digits > 1 && bytes[at] == '0')) {
            return -1;
        }
        long value = Digits.value(word, digits);
        if (digits == Long.BYTES) {
            word = Words.at(bytes, at + Long.BYTES);
            int more = Digits.count(word);
            if (more == Long.BYTES) {
                return wholeNearTheEnd(bytes, at, to, into, index);
            }
            value = more == 0 ? value : value * POWERS_OF_TEN[more] + Digits.value(word, more);
            digits += more;
        }
        into[index] = value;
        return at + digits;
    }

    /** As {@link #whole}, digit by digit, where words would reach beyond the record or do not suffice. */
    private static int wholeNearTheEnd(byte[] bytes, int at, int to, long[] into, int index) {
        int end = afterDigits(bytes, at, to);
        int digits = end - at;
        if (digits == 0 || digits > MAX_DIGITS || (digits > 1 && bytes[at] == '0')) {
            return -1;
        }
        long value = 0;
        for (int i = at; i < end; i++) {
            value = 10 * value + (bytes[i] - '0');
        }
        into[index] = value;
        return end;
    }

    /** Adds the digits after the point, in micros and rounded half-even, to {@code into[index]}. */
    private static int fraction(byte[] bytes, int at, int to, long[] into, int index) {
        if (at <= to - Long.BYTES) {
            long word = Words.at(bytes, at);
            int digits = Digits.count(word);
            if (digits > 0 && digits <= PLACES) {
                into[index] += (long) Digits.value(word, digits) * POWERS_OF_TEN[PLACES - digits];
                return at + digits;
            }
        }
        int end = afterDigits(bytes, at, to);
        if (end == at || end - at > MAX_SKIPPED_DIGITS) {
            return -1;
        }
        into[index] += roundedMicros(bytes, at, end);
        return end;
    }

    private static int roundedMicros(byte[] bytes, int first, int end) {
        int micros = 0;
        for (int i = first; i < first + PLACES; i++) {
            micros = 10 * micros + (i < end ? bytes[i] - '0' : 0);
        }
        int next = first + PLACES;
        if (next >= end || bytes[next] < '5') {
            return micros;
        }
        boolean isHalf = bytes[next] == '5';
        for (int i = next + 1; i < end; i++) {
            isHalf &= bytes[i] == '0';
        }
        return isHalf ? micros + (micros & 1) : micros + 1;
    }
}
