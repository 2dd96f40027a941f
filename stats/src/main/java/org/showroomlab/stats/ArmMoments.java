package org.showroomlab.stats;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * The sufficient statistics of one arm: the number of units, the means of y, d, x, z and their centred second moments
 * Σ(a − ā)(b − b̄).
 *
 * <p>A missing variable is the constant 1: a mean is the ratio y/1, and an unadjusted metric is one whose covariate
 * cannot explain anything. Mean, ratio and CUPED are therefore one computation.
 *
 * <p>From sums the centred moments are n·Q − S² in exact arithmetic before anything becomes a double, so that values
 * near 2^63 and 10^12 units lose nothing. Merging is that of Chan, Golub and LeVeque (1983),
 * doi:10.1080/00031305.1983.10483115.
 */
public final class ArmMoments {

    private static final int VARIABLES = Variable.values().length;
    private static final int FIRST_INEXACT_POWER_OF_TEN = 23;
    private static final int DOUBLE_DIGITS = 53;
    private static final double LAST_EXACT_INTEGER = 0x1p53;

    private final long n;
    private final double[] mean;
    /** Upper triangle by rows: YY YD YX YZ DD DX DZ XX XZ ZZ. */
    private final double[] centred;
    /** What rounding took off each mean: two large means may differ by less than a double of their size can say. */
    private final double[] restOfMean;

    private ArmMoments(long n, double[] mean, double[] centred, double[] restOfMean) {
        this.n = n;
        this.mean = mean;
        this.centred = centred;
        this.restOfMean = restOfMean;
    }

    /** An arm from exact integer sums. */
    public static ArmMoments ofExact(ExactSums sums) {
        return ofDecimal(sums.toDecimal());
    }

    /** An arm from decimal sums. */
    public static ArmMoments ofDecimal(DecimalSums s) {
        double[] mean = new double[VARIABLES];
        double[] centred = new double[VARIABLES * (VARIABLES + 1) / 2];
        double[] rest = new double[VARIABLES];
        if (s.n() > 0) {
            BigDecimal[] sum = {s.y(), s.d(), s.x(), s.z()};
            BigDecimal[] product = {s.yy(), s.yd(), s.yx(), s.yz(), s.dd(), s.dx(), s.dz(), s.xx(), s.xz(), s.zz()};
            BigDecimal n = BigDecimal.valueOf(s.n());
            for (int a = 0, k = 0; a < VARIABLES; a++) {
                mean[a] = toDouble(sum[a]) / s.n();
                rest[a] = rest(sum[a], n, mean[a]);
                for (int b = a; b < VARIABLES; b++, k++) {
                    BigDecimal scaled = n.multiply(product[k]);
                    BigDecimal moment = scaled.subtract(sum[a].multiply(sum[b]));
                    centred[k] = a == b ? nonNegative(moment, scaled) / s.n() : toDouble(moment) / s.n();
                }
            }
        }
        return new ArmMoments(s.n(), mean, centred, rest);
    }

    /** Sum − n·mean, over n: in one rounding where the digits are few, which is fast; else by decimals. */
    private static double rest(BigDecimal sum, BigDecimal n, double mean) {
        if (!Double.isFinite(mean)) {
            return 0;
        }
        BigInteger digits = sum.unscaledValue();
        int scale = sum.scale();
        double units = n.doubleValue();
        double scaledUnits =
                scale >= 0 && scale < FIRST_INEXACT_POWER_OF_TEN ? units * Math.pow(10, scale) : Double.NaN;
        return digits.bitLength() <= DOUBLE_DIGITS && scaledUnits <= LAST_EXACT_INTEGER
                ? Math.fma(-mean, scaledUnits, digits.doubleValue()) / scaledUnits
                : toDouble(sum.subtract(n.multiply(new BigDecimal(mean)))) / units;
    }

    /** An arm of a mean metric from double sums Σy and Σy². */
    public static ArmMoments ofSums(long n, double sum, double sumSquares) {
        return ofDecimal(DecimalSums.ofMean(n, decimal(sum), decimal(sumSquares)));
    }

    /** An arm of a mean metric from the values of its units. */
    public static ArmMoments ofValues(double... y) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal squares = BigDecimal.ZERO;
        for (double v : y) {
            BigDecimal value = decimal(v);
            sum = sum.add(value);
            squares = squares.add(value.multiply(value));
        }
        return ofDecimal(DecimalSums.ofMean(y.length, sum, squares));
    }

    /** The arm that holds the units of both; order and grouping of merges do not matter beyond the last bits. */
    public ArmMoments merge(ArmMoments other) {
        if (n == 0 || other.n == 0) {
            return n == 0 ? other : this;
        }
        long total = Math.addExact(n, other.n);
        double weight = (double) n * other.n / total;
        double[] mergedMean = new double[VARIABLES];
        double[] mergedCentred = new double[centred.length];
        for (int a = 0, k = 0; a < VARIABLES; a++) {
            double shiftA = other.mean[a] - mean[a];
            mergedMean[a] = mean[a] + shiftA * other.n / total;
            for (int b = a; b < VARIABLES; b++, k++) {
                double shiftB = other.mean[b] - mean[b];
                mergedCentred[k] = centred[k] + other.centred[k] + weight * shiftA * shiftB;
            }
        }
        double[] rest = new double[VARIABLES];
        Arrays.setAll(rest, a -> (restOfMean[a] * n + other.restOfMean[a] * other.n) / total);
        return new ArmMoments(total, mergedMean, mergedCentred, rest);
    }

    /** The number of units. */
    public long n() {
        return n;
    }

    /** The mean of a variable; 0 in an empty arm. */
    public double mean(Variable v) {
        return mean[v.row];
    }

    /** Whether a variable is 1 in every unit, as those are that a metric does not have. */
    public boolean isOne(Variable v) {
        return mean[v.row] == 1 && centredMoment(v, v) == 0;
    }

    /** The mean of a variable less that of another arm, also where the two are equal as doubles. */
    public double meanMinus(ArmMoments other, Variable v) {
        return mean[v.row] - other.mean[v.row] + (restOfMean[v.row] - other.restOfMean[v.row]);
    }

    /** Σ(a − ā)(b − b̄). */
    public double centredMoment(Variable a, Variable b) {
        int low = Math.min(a.row, b.row);
        int high = Math.max(a.row, b.row);
        return centred[low * VARIABLES - low * (low - 1) / 2 + high - low];
    }

    /** The sample covariance with divisor n − 1; needs at least two units. */
    public double covariance(Variable a, Variable b) {
        if (n < 2) {
            throw new IllegalStateException("a covariance needs at least 2 units: " + n);
        }
        return centredMoment(a, b) / (n - 1);
    }

    /** The sample variance with divisor n − 1; needs at least two units. */
    public double variance(Variable v) {
        return covariance(v, v);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArmMoments that
                && n == that.n
                && Arrays.equals(restOfMean, that.restOfMean)
                && Arrays.equals(mean, that.mean)
                && Arrays.equals(centred, that.centred);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(n) + Arrays.hashCode(mean)) + Arrays.hashCode(centred);
    }

    @Override
    public String toString() {
        return "ArmMoments[n=" + n + ", mean=" + Arrays.toString(mean) + ", centred=" + Arrays.toString(centred) + "]";
    }

    private static BigDecimal decimal(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a sum must be finite: " + value);
        }
        return new BigDecimal(value);
    }

    /** Sums that were rounded before they came here may contradict each other in their last digits, but no more. */
    private static double nonNegative(BigDecimal moment, BigDecimal scale) {
        double value = toDouble(moment);
        if (value < -1e-9 * Math.abs(toDouble(scale))) {
            throw new IllegalArgumentException("sum of squares is smaller than (sum)^2 / n: n*Q - S^2 = " + value);
        }
        return Math.max(0, value);
    }

    /** BigDecimal.doubleValue goes through text; the integer path is exact where the power of ten is. */
    private static double toDouble(BigDecimal value) {
        BigInteger unscaled = value.unscaledValue();
        int scale = value.scale();
        return scale >= 0 && scale < FIRST_INEXACT_POWER_OF_TEN
                ? unscaled.doubleValue() / Math.pow(10, scale)
                : value.doubleValue();
    }
}
