package org.showroomlab.stats.dose;

import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Significance;

/**
 * A straight line on the natural logarithm of the dose by weighted least squares, as R's {@code lm(y ~ log(dose), weights
 * = w)}: the spread around the line estimates the noise, t with k − 2 degrees of freedom.
 *
 * <p>Edges: two doses have a slope but leave no spread to test it by ({@code not_enough_data}); a dose that is not positive
 * is refused. Points on one line, as far as a double can tell, have a slope but no test of it ({@code zero_variance}).
 *
 * <p>Source: R, {@code stats::lm}.
 *
 * @param intercept fitted value at dose 1
 * @param slope change per e-fold of the dose
 * @param test of no slope, two-sided at .05
 */
public record LogDose(double intercept, double slope, Computable<Effect> test) {

    /** Of the size of the numbers; R's rule for a spread that is only rounding. */
    private static final double ROUNDING = 10 * Math.ulp(1.0);

    /** The fit. */
    public static Computable<LogDose> fit(double[] dose, double[] y, double[] weights) {
        if (dose.length != y.length || dose.length != weights.length) {
            throw new IllegalArgumentException(
                    "need one y and weight per dose: " + dose.length + ", " + y.length + ", " + weights.length);
        }
        if (dose.length < 2) {
            return Computable.notComputable("not_enough_data", "A line needs two doses.");
        }
        double total = 0;
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < dose.length; i++) {
            if (!(dose[i] > 0) || !(weights[i] > 0)) {
                throw new IllegalArgumentException("doses and weights must be > 0: " + dose[i] + ", " + weights[i]);
            }
            total += weights[i];
            meanX += weights[i] * (Math.log(dose[i]) - meanX) / total;
            meanY += weights[i] * (y[i] - meanY) / total;
        }
        return line(dose, y, weights, meanX, meanY);
    }

    private static Computable<LogDose> line(double[] dose, double[] y, double[] w, double meanX, double meanY) {
        double sxx = 0;
        double sxy = 0;
        for (int i = 0; i < dose.length; i++) {
            double x = Math.log(dose[i]) - meanX;
            sxx += w[i] * x * x;
            sxy += w[i] * x * (y[i] - meanY);
        }
        if (!(sxx > 0)) {
            return Computable.notComputable("zero_variance", "All doses are the same.");
        }
        double slope = sxy / sxx;
        double rss = 0;
        double total = 0;
        double size = 0;
        for (int i = 0; i < dose.length; i++) {
            double x = Math.log(dose[i]);
            rss += w[i] * Math.pow(y[i] - meanY - slope * (x - meanX), 2);
            total += w[i];
            size = Math.max(size, Math.max(Math.abs(y[i]), Math.abs(slope * x)));
        }
        double df = dose.length - 2.0;
        Computable<Effect> test = dose.length == 2
                ? Computable.notComputable("not_enough_data", "A line through two doses leaves nothing to judge it by.")
                : test(slope, Math.sqrt(rss / df / sxx), df, Math.sqrt(rss / total) <= ROUNDING * size);
        return Computable.of(new LogDose(meanY - slope * meanX, slope, test));
    }

    private static Computable<Effect> test(double slope, double stdError, double df, boolean exact) {
        if (!Double.isFinite(stdError)) {
            return Computable.notComputable("out_of_range", "The spread around the line leaves the range of a double.");
        }
        return exact
                ? Computable.notComputable(
                        "zero_variance", "The points lie on one line, so the slope has no measurable uncertainty.")
                : Computable.of(Significance.DEFAULT.student(slope, stdError, df));
    }
}
