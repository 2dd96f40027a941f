package org.showroomlab.stats;

import java.math.BigDecimal;

/**
 * Sums and sums of products of one arm over y, d, x and z as decimals; a variable that the metric does not have is the
 * constant 1.
 *
 * @param n number of units
 */
public record DecimalSums(
        long n,
        BigDecimal y,
        BigDecimal d,
        BigDecimal x,
        BigDecimal z,
        BigDecimal yy,
        BigDecimal dd,
        BigDecimal xx,
        BigDecimal zz,
        BigDecimal yd,
        BigDecimal yx,
        BigDecimal yz,
        BigDecimal dx,
        BigDecimal dz,
        BigDecimal xz) {

    /** Checks the count. */
    public DecimalSums {
        if (n < 0) {
            throw new IllegalArgumentException("n must be >= 0: " + n);
        }
    }

    /** The sums of a mean metric: Σy and Σy². */
    public static DecimalSums ofMean(long n, BigDecimal y, BigDecimal yy) {
        BigDecimal one = BigDecimal.valueOf(n);
        return new DecimalSums(n, y, one, one, one, yy, one, one, one, y, y, y, one, one, one);
    }

    /** The sums of a ratio metric Σy / Σd. */
    public static DecimalSums ofRatio(long n, BigDecimal y, BigDecimal yy, BigDecimal d, BigDecimal dd, BigDecimal yd) {
        BigDecimal one = BigDecimal.valueOf(n);
        return new DecimalSums(n, y, d, one, one, yy, dd, one, one, yd, y, y, d, d, one);
    }

    /** The sums of a mean metric with its covariate: Σx, Σx² and Σxy beside Σy and Σy². */
    public static DecimalSums ofMeanWithCovariate(
            long n, BigDecimal y, BigDecimal yy, BigDecimal x, BigDecimal xx, BigDecimal yx) {
        BigDecimal one = BigDecimal.valueOf(n);
        return new DecimalSums(n, y, one, x, one, yy, one, xx, one, y, yx, y, x, one, x);
    }
}
