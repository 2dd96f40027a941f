package org.showroomlab.ingest.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.showroomlab.ingest.event.AttributeValue;

/**
 * A number as JSON writes it, of any length, in a form whose size follows from its digits and not from its exponent:
 * ±{@code digits}·10^−{@code places}.
 *
 * <p>Everything takes time in proportion to its length: arithmetic with a million digits would take seconds, so a number of
 * that many is judged by their count.
 *
 * @param digits without zeros at either end; empty for zero
 * @param places digits behind the decimal point; negative when zeros follow the digits
 */
record WrittenNumber(boolean isNegative, String digits, long places) {
    /** Beyond any exponent that digits of a record can make up for, and far from where a {@code long} overflows. */
    private static final long ENDLESS = 1_000_000_000_000_000_000L;

    private static final int MAX_EXPONENT_DIGITS = 18;

    /** Finer than what any number is rounded to, and than what an experiment file can write. */
    private static final int MAX_PLACES = 40;

    /** Digits above which a number is not written out: 1e999999999 is short in a record and long in digits. */
    private static final long MAX_PLAIN_DIGITS = 10_000;

    /** The number that a JSON text writes. */
    static WrittenNumber of(String json) {
        int e = json.toLowerCase(Locale.ROOT).indexOf('e');
        String mantissa = e < 0 ? json : json.substring(0, e);
        boolean negative = mantissa.startsWith("-");
        int point = mantissa.indexOf('.');
        String written = (negative ? mantissa.substring(1) : mantissa).replace(".", "");
        int first = afterZeros(written);
        int end = beforeZeros(written, first);
        long places = point < 0 ? 0 : mantissa.length() - point - 1;
        long zerosBehind = written.length() - (long) end;
        long exponent = e < 0 ? 0 : exponent(json.substring(e + 1));
        return new WrittenNumber(negative, written.substring(first, end), places - zerosBehind - exponent);
    }

    private static int afterZeros(String digits) {
        int at = 0;
        while (at < digits.length() && digits.charAt(at) == '0') {
            at++;
        }
        return at;
    }

    private static int beforeZeros(String digits, int from) {
        int end = digits.length();
        while (end > from && digits.charAt(end - 1) == '0') {
            end--;
        }
        return end;
    }

    private static long exponent(String written) {
        boolean hasSign = written.startsWith("-") || written.startsWith("+");
        String unsigned = hasSign ? written.substring(1) : written;
        String digits = unsigned.substring(afterZeros(unsigned));
        if (digits.isEmpty()) {
            return 0;
        }
        long size = digits.length() > MAX_EXPONENT_DIGITS ? ENDLESS : Long.parseLong(digits);
        return written.startsWith("-") ? -size : size;
    }

    private boolean isZero() {
        return digits.isEmpty();
    }

    /** Digits before the decimal point; 0 or less below 1. */
    long digitsBeforePoint() {
        return isZero() ? 0 : digits.length() - places;
    }

    /** Whether it is beyond what a field of an event can hold, and what an experiment file can write. */
    boolean isHuge() {
        return digitsBeforePoint() > AttributeValue.Huge.MAX_LESSER_DIGITS;
    }

    /**
     * The number, exactly but for what is finer than {@value #MAX_PLACES} decimal places: there one digit stands for the rest,
     * so that it is neither a half nor whole where the number is not. For a {@linkplain #isHuge huge} number another one of
     * its sign.
     */
    BigDecimal value() {
        if (isZero()) {
            return BigDecimal.ZERO;
        }
        if (isHuge()) {
            return decimal("1", -AttributeValue.Huge.MAX_LESSER_DIGITS);
        }
        if (places <= MAX_PLACES) {
            return decimal(digits, (int) places);
        }
        long kept = Math.max(0, digits.length() - (places - MAX_PLACES));
        return decimal(digits.substring(0, (int) kept) + '1', MAX_PLACES + 1);
    }

    private BigDecimal decimal(String unscaled, int scale) {
        return new BigDecimal(new BigInteger(isNegative ? '-' + unscaled : unscaled), scale);
    }

    /** A huge number as {@link BigDecimal} writes it without needless zeros: all digits, or those before the zeros. */
    String shortest() {
        String sign = isNegative ? "-" : "";
        if (places > 0) {
            int point = (int) digitsBeforePoint();
            return sign + digits.substring(0, point) + '.' + digits.substring(point);
        }
        if (places == 0 || digitsBeforePoint() <= MAX_PLAIN_DIGITS) {
            return sign + digits + "0".repeat((int) -places);
        }
        String fraction = digits.length() > 1 ? '.' + digits.substring(1) : "";
        return sign + digits.charAt(0) + fraction + "E+" + (digitsBeforePoint() - 1);
    }
}
