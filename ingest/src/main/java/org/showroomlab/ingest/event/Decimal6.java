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
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private Decimal6() {}

    /** The value rounded half-even to six decimal places. */
    public static BigDecimal round(BigDecimal value) {
        return value.setScale(DECIMAL_PLACES, RoundingMode.HALF_EVEN);
    }

    /** Whether the rounded value times 10^scale fits a {@code long}. */
    public static boolean fits(BigDecimal value, int scale) {
        // Far exponents would make the unscaled integer huge: refuse before building it.
        if (value.signum() != 0 && value.precision() - (long) value.scale() > 20) {
            return false;
        }
        BigInteger unscaled = value.setScale(scale, RoundingMode.HALF_EVEN).unscaledValue();
        return unscaled.compareTo(MIN) >= 0 && unscaled.compareTo(MAX) <= 0;
    }

    /**
     * The value times 10^scale, rounded half-even.
     *
     * @throws ArithmeticException when it does not fit a {@code long}; ask {@link #fits} first
     */
    public static long scaled(BigDecimal value, int scale) {
        return value.setScale(scale, RoundingMode.HALF_EVEN).unscaledValue().longValueExact();
    }
}
