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

    /**
     * How many standard deviations of a normal variable are as extreme as the two-sided p-value, whatever its reference;
     * infinite when it is 0.
     */
    public double normalDeviations() {
        return NORMAL.inverseSurvivalProbability(pValue / 2);
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
