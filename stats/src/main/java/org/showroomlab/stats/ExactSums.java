package org.showroomlab.stats;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Exact integer sums and sums of products of one arm over y, d, x and z.
 *
 * <p>Every variable is fixed point: value = integer / 10^scale. x has the scale of y, z the scale of d. A variable that
 * the metric does not have is the constant 1, that is the integer 10^scale in every unit; the factories fill it in.
 *
 * @param n number of units
 * @param scaleY decimal places of y and x
 * @param scaleD decimal places of d and z
 */
public record ExactSums(
        long n,
        BigInteger y,
        BigInteger d,
        BigInteger x,
        BigInteger z,
        BigInteger yy,
        BigInteger dd,
        BigInteger xx,
        BigInteger zz,
        BigInteger yd,
        BigInteger yx,
        BigInteger yz,
        BigInteger dx,
        BigInteger dz,
        BigInteger xz,
        int scaleY,
        int scaleD) {

    /** Checks the counts and scales. */
    public ExactSums {
        if (n < 0) {
            throw new IllegalArgumentException("n must be >= 0: " + n);
        }
        if (scaleY < 0 || scaleD < 0) {
            throw new IllegalArgumentException("scales must be >= 0: " + scaleY + ", " + scaleD);
        }
    }

    /** The sums of a mean metric: Σy and Σy². */
    public static ExactSums ofMean(long n, BigInteger y, BigInteger yy, int scale) {
        BigInteger one = BigInteger.TEN.pow(scale);
        BigInteger units = BigInteger.valueOf(n);
        BigInteger x = units.multiply(one);
        BigInteger yx = y.multiply(one);
        return new ExactSums(n, y, units, x, units, yy, units, x.multiply(one), units, y, yx, y, x, units, x, scale, 0);
    }

    /** The sums of a mean metric with its covariate: Σy, Σy², Σx, Σx², Σxy, all at one scale. */
    public static ExactSums ofMeanWithCovariate(
            long n, BigInteger y, BigInteger yy, BigInteger x, BigInteger xx, BigInteger yx, int scale) {
        BigInteger units = BigInteger.valueOf(n);
        return new ExactSums(n, y, units, x, units, yy, units, xx, units, y, yx, y, x, units, x, scale, 0);
    }

    /** The sums of a ratio metric Σy / Σd. */
    public static ExactSums ofRatio(
            long n, BigInteger y, BigInteger yy, BigInteger d, BigInteger dd, BigInteger yd, int scaleY, int scaleD) {
        BigInteger oneY = BigInteger.TEN.pow(scaleY);
        BigInteger oneD = BigInteger.TEN.pow(scaleD);
        BigInteger x = BigInteger.valueOf(n).multiply(oneY);
        BigInteger z = BigInteger.valueOf(n).multiply(oneD);
        return new ExactSums(
                n,
                y,
                d,
                x,
                z,
                yy,
                dd,
                x.multiply(oneY),
                z.multiply(oneD),
                yd,
                y.multiply(oneY),
                y.multiply(oneD),
                d.multiply(oneY),
                d.multiply(oneD),
                x.multiply(oneD),
                scaleY,
                scaleD);
    }

    /** The same sums as decimals, without any rounding. */
    DecimalSums toDecimal() {
        int two = 2 * scaleY;
        int both = scaleY + scaleD;
        int twoD = 2 * scaleD;
        return new DecimalSums(
                n,
                new BigDecimal(y, scaleY),
                new BigDecimal(d, scaleD),
                new BigDecimal(x, scaleY),
                new BigDecimal(z, scaleD),
                new BigDecimal(yy, two),
                new BigDecimal(dd, twoD),
                new BigDecimal(xx, two),
                new BigDecimal(zz, twoD),
                new BigDecimal(yd, both),
                new BigDecimal(yx, two),
                new BigDecimal(yz, both),
                new BigDecimal(dx, both),
                new BigDecimal(dz, twoD),
                new BigDecimal(xz, both));
    }
}
