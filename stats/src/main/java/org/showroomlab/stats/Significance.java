package org.showroomlab.stats;

import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How surprised one wants to be: the level and the direction of a test, and the one place that turns an estimate and its
 * standard error into an {@link Effect}.
 *
 * <p>p-values come from survival functions, so that a tail keeps its digits down to 1e-300. A one-sided test has a
 * one-sided interval of level 1 − α, as in R.
 *
 * @param alpha the level, in (0, 1)
 * @param alternative the direction
 */
public record Significance(double alpha, Alternative alternative) {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** Two-sided at .05. */
    public static final Significance DEFAULT = new Significance(0.05, Alternative.TWO_SIDED);

    /** Checks the range of the level. */
    public Significance {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha must be in (0, 1): " + alpha);
        }
    }

    /** The same direction at another level. */
    public Significance withAlpha(double newAlpha) {
        return new Significance(newAlpha, alternative);
    }

    /** The same level in another direction. */
    public Significance with(Alternative newAlternative) {
        return new Significance(alpha, newAlternative);
    }

    /** The error rate that each closed end of the interval may spend: α/2 two-sided, α one-sided. */
    public double alphaPerEnd() {
        return alternative == Alternative.TWO_SIDED ? alpha / 2 : alpha;
    }

    /** An effect with a Student t reference. */
    public Effect student(double estimate, double stdError, double df) {
        return effect(estimate, stdError, OptionalDouble.of(df), TDistribution.of(df));
    }

    /** An effect with a normal reference. */
    public Effect normal(double estimate, double stdError) {
        return effect(estimate, stdError, OptionalDouble.empty(), NORMAL);
    }

    /** The standard normal critical value of each closed end. */
    public double normalQuantile() {
        return NORMAL.inverseSurvivalProbability(alphaPerEnd());
    }

    /** The p-value of a standard normal statistic. */
    public double normalPValue(double z) {
        return pValue(NORMAL, z);
    }

    /** The p-value of a Student t statistic. */
    public double studentPValue(double t, double df) {
        return pValue(TDistribution.of(df), t);
    }

    /** An interval [low, high] at α per end, with the end that this direction leaves open made infinite. */
    public Interval opened(double low, double high) {
        return switch (alternative) {
            case TWO_SIDED -> new Interval(low, high);
            case GREATER -> new Interval(low, Double.POSITIVE_INFINITY);
            case LESS -> new Interval(Double.NEGATIVE_INFINITY, high);
        };
    }

    private Effect effect(double estimate, double stdError, OptionalDouble df, ContinuousDistribution reference) {
        double half = reference.inverseSurvivalProbability(alphaPerEnd()) * stdError;
        Interval ci = opened(estimate - half, estimate + half);
        return new Effect(estimate, stdError, df, ci, pValue(reference, estimate / stdError));
    }

    private double pValue(ContinuousDistribution reference, double statistic) {
        return switch (alternative) {
            case TWO_SIDED -> Math.min(1, 2 * reference.survivalProbability(Math.abs(statistic)));
            case GREATER -> reference.survivalProbability(statistic);
            case LESS -> reference.cumulativeProbability(statistic);
        };
    }
}
