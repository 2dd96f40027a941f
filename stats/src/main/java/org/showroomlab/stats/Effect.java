package org.showroomlab.stats;

import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * An estimated effect with its uncertainty.
 *
 * @param estimate the point estimate, in the unit of the metric (or a fraction, for a relative effect)
 * @param stdError its standard error, same unit
 * @param df degrees of freedom of the t reference; empty when the reference is normal or there is none
 * @param ci confidence interval at the level that was asked for
 * @param pValue probability of a result at least this extreme under no effect
 */
public record Effect(double estimate, double stdError, OptionalDouble df, Interval ci, double pValue) {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** Checks that every number is one: NaN is refused. */
    public Effect {
        if (!Double.isFinite(estimate)) {
            throw new IllegalArgumentException("estimate must be finite: " + estimate);
        }
        if (!(stdError >= 0 && stdError < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("stdError must be finite and >= 0: " + stdError);
        }
        if (df.isPresent() && !(df.getAsDouble() > 0)) {
            throw new IllegalArgumentException("df must be > 0: " + df.getAsDouble());
        }
        if (!(pValue >= 0 && pValue <= 1)) {
            throw new IllegalArgumentException("pValue must be in [0, 1]: " + pValue);
        }
    }

    /** What boundaries of looks are held against: {@link #z(double, double, double)} of this effect. */
    public double z() {
        return z(estimate, stdError, pValue);
    }

    /**
     * An effect as a normal variable: with the sign of the estimate, the normal quantile of the two-sided p-value, whose
     * reference may have few degrees of freedom or be exact, and never more than the estimate in standard errors; 0 where
     * there is no standard error.
     */
    public static double z(double estimate, double stdError, double pValue) {
        double standardErrors = stdError > 0 ? Math.abs(estimate) / stdError : 0;
        return Math.copySign(Math.min(standardErrors, NORMAL.inverseSurvivalProbability(pValue / 2)), estimate);
    }

    /** The same effect with another interval. */
    public Effect withInterval(Interval interval) {
        return new Effect(estimate, stdError, df, interval, pValue);
    }

    /** The same effect with another p-value. */
    public Effect withPValue(double newPValue) {
        return new Effect(estimate, stdError, df, ci, newPValue);
    }
}
