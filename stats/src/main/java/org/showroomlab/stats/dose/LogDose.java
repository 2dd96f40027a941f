package org.showroomlab.stats.dose;

import org.apache.commons.statistics.distribution.TDistribution;
import org.showroomlab.stats.Computable;

/**
 * A straight line on the natural logarithm of the dose by weighted least squares, as R's {@code lm(y ~ log(dose), weights
 * = w)}: the spread around the line estimates the noise, t with k − 2 degrees of freedom.
 *
 * <p>Edges: fewer than three doses leave no noise estimate; a dose that is not positive is refused.
 *
 * <p>Source: R, {@code stats::lm}.
 *
 * @param intercept fitted value at dose 1
 * @param slope change per e-fold of the dose
 * @param stdError of the slope
 * @param df k − 2
 * @param pValue two-sided, of no slope
 */
public record LogDose(double intercept, double slope, double stdError, double df, double pValue) {

    /** The fit. */
    public static Computable<LogDose> fit(double[] dose, double[] y, double[] weights) {
        if (dose.length != y.length || dose.length != weights.length) {
            throw new IllegalArgumentException(
                    "need one y and weight per dose: " + dose.length + ", " + y.length + ", " + weights.length);
        }
        if (dose.length < 3) {
            return Computable.notComputable(
                    "not_enough_data", "A line through " + dose.length + " doses leaves nothing to judge it by.");
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
        for (int i = 0; i < dose.length; i++) {
            rss += w[i] * Math.pow(y[i] - meanY - slope * (Math.log(dose[i]) - meanX), 2);
        }
        double df = dose.length - 2.0;
        double se = Math.sqrt(rss / df / sxx);
        double p = se > 0
                ? Math.min(1, 2 * TDistribution.of(df).survivalProbability(Math.abs(slope) / se))
                : slope == 0 ? 1 : 0;
        return Computable.of(new LogDose(meanY - slope * meanX, slope, se, df, p));
    }
}
