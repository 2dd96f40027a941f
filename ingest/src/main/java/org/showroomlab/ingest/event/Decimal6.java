package org.showroomlab.ingest.event;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Fixed-point decimals with six places, the precision of every measured number: a value v is kept as the
 * {@code long} v·10⁶, so that sums are exact integers in any order.
 */
public final class Decimal6 {
    public static final int DECIMAL_PLACES = 6;
    /** So that the negative of what fits does, too. */
    private static final BigInteger MIN = BigInteger.valueOf(-Long.MAX_VALUE);

    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private Decimal6() {}

    /** Digits before the point above which a number is kept as written: rounding could not change it. */
    private static final int MAX_ROUNDED_DIGITS = 100;

    /** The value rounded half-even to six decimal places. */
    public static BigDecimal round(BigDecimal value) {
        return integerDigits(value) > MAX_ROUNDED_DIGITS ? value : rounded(value, DECIMAL_PLACES);
    }

    /** Whether the rounded value times 10^scale and its negative fit a {@code long}. */
    public static boolean fits(BigDecimal value, int scale) {
        if (integerDigits(value) > 19) {
            return false;
        }
        BigInteger unscaled = rounded(value, scale).unscaledValue();
        return unscaled.compareTo(MIN) >= 0 && unscaled.compareTo(MAX) <= 0;
    }

    /**
     * The value times 10^scale, rounded half-even.
     *
     * @throws ArithmeticException when it does not fit a {@code long}; ask {@link #fits} first
     */
    public static long scaled(BigDecimal value, int scale) {
        return rounded(value, scale).unscaledValue().longValueExact();
    }

    /** Digits before the decimal point; at most 0 below 1. A number such as 1e999999999 must not be written out. */
    private static long integerDigits(BigDecimal value) {
        return value.signum() == 0 ? 0 : value.precision() - (long) value.scale();
    }

    private static BigDecimal rounded(BigDecimal value, int scale) {
        return integerDigits(value) < -scale
                ? BigDecimal.ZERO.setScale(scale)
                : value.setScale(scale, RoundingMode.HALF_EVEN);
    }
}
