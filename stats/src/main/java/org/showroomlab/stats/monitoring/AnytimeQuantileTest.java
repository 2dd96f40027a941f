package org.showroomlab.stats.monitoring;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;
import org.apache.commons.math3.optim.univariate.UnivariatePointValuePair;
import org.showroomlab.stats.Computable;

/**
 * Whether two arms have the same quantile, with a p-value that may be looked at any time.
 *
 * <p>If both arms have the quantile at x, the number of values up to x is binomial in each, and the product of the two
 * beta-binomial mixtures ({@link BetaBinomialSequence}) is a supermartingale of mean 1. The p-value is 1 over the smallest
 * product over every x. Ties: at an atom the share below may be anything between the shares &lt; x and ≤ x.
 *
 * <p>Assumes independent values in each arm; no assumption on their distribution. Two-sided. Edges: an empty arm is {@code
 * not_enough_data}.
 *
 * <p>Source: Howard and Ramdas (2022), doi:10.3150/21-BEJ1388, section 5.
 *
 * @param share which quantile, in (0, 1)
 * @param tuningN values per arm at which the test is sharpest
 * @param tuningAlpha level at which it is sharpest
 */
public record AnytimeQuantileTest(double share, double tuningN, double tuningAlpha) {

    /** Checks the ranges. */
    public AnytimeQuantileTest {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("share must be in (0, 1): " + share);
        }
        new BetaBinomialSequence(tuningAlpha, tuningN);
    }

    /** The test of a quantile, sharpest at .05 after so many values per arm. */
    public static AnytimeQuantileTest of(double share, double tuningN) {
        return new AnytimeQuantileTest(share, tuningN, 0.05);
    }

    /** The p-value of equal quantiles after these values; take the running minimum over looks. */
    public Computable<Double> pValue(double[] control, double[] treatment) {
        if (control.length == 0 || treatment.length == 0) {
            return Computable.notComputable(
                    "not_enough_data",
                    "The arms have " + control.length + " and " + treatment.length + " values; each needs 1.");
        }
        Arm a = new Arm(control);
        Arm b = new Arm(treatment);
        double smallest = DoubleStream.concat(Arrays.stream(control), Arrays.stream(treatment))
                .distinct()
                .map(x -> a.logWealth(x) + b.logWealth(x))
                .min()
                .orElseThrow();
        return Computable.of(Math.min(1, Math.exp(-smallest)));
    }

    /** One arm's evidence against its quantile being at x. */
    private final class Arm {
        private final double[] sorted;
        private final double cheapest;
        private final double cheapestWealth;

        Arm(double[] values) {
            for (double v : values) {
                if (!Double.isFinite(v)) {
                    throw new IllegalArgumentException("values must be finite: " + v);
                }
            }
            this.sorted = values.clone();
            Arrays.sort(sorted);
            UnivariatePointValuePair minimum = new BrentOptimizer(1e-12, 1e-12)
                    .optimize(
                            new MaxEval(10_000),
                            GoalType.MINIMIZE,
                            new UnivariateObjectiveFunction(this::wealth),
                            new SearchInterval(0, sorted.length));
            this.cheapest = minimum.getPoint();
            this.cheapestWealth = minimum.getValue();
        }

        private double wealth(double count) {
            return new BetaBinomialSequence(tuningAlpha, tuningN).logWealth(share, count, sorted.length);
        }

        double logWealth(double x) {
            int below = firstIndex(x, false);
            int upTo = firstIndex(x, true);
            if (cheapest < below) {
                return wealth(below);
            }
            return cheapest > upTo ? wealth(upTo) : cheapestWealth;
        }

        /** How many values are below x, or up to it. */
        private int firstIndex(double x, boolean inclusive) {
            int low = 0;
            int high = sorted.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (sorted[middle] < x || (inclusive && sorted[middle] == x)) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }
}
