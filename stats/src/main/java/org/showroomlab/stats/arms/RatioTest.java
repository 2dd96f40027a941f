package org.showroomlab.stats.arms;

import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Significance;

/**
 * The difference of two ratios of sums R = Σy/Σd by the delta method.
 *
 * <p>var(R) = (s_y² − 2R·s_yd + R²·s_d²)/(n·d̄²); Welch's degrees of freedom over the randomised units. The estimand is
 * the ratio over all events of an arm, not the mean of the units' own ratios. Units: numerator per denominator.
 *
 * <p>Edges: a denominator that adds up to 0 is {@code zero_denominator}; otherwise as {@link WelchTest}.
 *
 * <p>Source: Deng, Knoblich and Lu (2018), doi:10.1145/3219819.3219919.
 *
 * @param significance level and direction
 */
public record RatioTest(Significance significance) {

    /** Two-sided at .05. */
    public static RatioTest withDefaults() {
        return new RatioTest(Significance.DEFAULT);
    }

    /** The same test at another level. */
    public RatioTest withAlpha(double alpha) {
        return new RatioTest(significance.withAlpha(alpha));
    }

    /** The same test in another direction. */
    public RatioTest with(Alternative alternative) {
        return new RatioTest(significance.with(alternative));
    }

    /** The ratio of one arm. */
    public Computable<ArmEstimate> arm(ArmMoments arm) {
        return Linearised.of(arm).map(Linearised::estimate);
    }

    /** Treatment ratio minus control ratio. */
    public Computable<Effect> difference(ArmMoments control, ArmMoments treatment) {
        return new WelchTest(significance).difference(control, treatment);
    }
}
