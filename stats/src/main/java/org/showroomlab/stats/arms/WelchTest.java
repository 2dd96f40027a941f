package org.showroomlab.stats.arms;

import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Significance;

/**
 * Welch's t-test: the difference of two means without assuming equal variances.
 *
 * <p>SE² = s₀²/n₀ + s₁²/n₁ and df = SE⁴ / Σ (s_a²/n_a)²/(n_a − 1). Units: those of the metric. Assumes independent units
 * and a mean that is close to normal.
 *
 * <p>Edges: fewer than two units in an arm, or an unbounded standard error, is {@code not_enough_data}; no spread within the arms is {@code zero_variance}.
 * From moments, which are exact, means near 2^63 may differ by 1; between two given estimates a standard error below 10 ulp
 * of the larger one (R's rule) is taken for rounding.
 *
 * <p>Source: Welch (1947), doi:10.1093/biomet/34.1-2.28.
 *
 * @param significance level and direction
 */
public record WelchTest(Significance significance) {

    /** Two-sided at .05. */
    public static WelchTest withDefaults() {
        return new WelchTest(Significance.DEFAULT);
    }

    /** The same test at another level. */
    public WelchTest withAlpha(double alpha) {
        return new WelchTest(significance.withAlpha(alpha));
    }

    /** The same test in another direction. */
    public WelchTest with(Alternative alternative) {
        return new WelchTest(significance.with(alternative));
    }

    /** The mean of one arm. */
    public Computable<ArmEstimate> arm(ArmMoments arm) {
        return Linearised.of(arm).map(Linearised::estimate);
    }

    /** Treatment mean minus control mean. */
    public Computable<Effect> difference(ArmMoments control, ArmMoments treatment) {
        return Linearised.of(control)
                .flatMap(c -> Linearised.of(treatment)
                        .flatMap(t -> c.isMean() && t.isMean()
                                ? ofMeans(c.estimate(), t.estimate(), t.ratioMinus(c))
                                : difference(c.estimate(), t.estimate())));
    }

    /** The difference of two independent estimates whose standard errors have n − 1 degrees of freedom each. */
    public Computable<Effect> difference(ArmEstimate control, ArmEstimate treatment) {
        if (control.n() < 2 || treatment.n() < 2) {
            return Computable.notComputable(
                    "not_enough_data",
                    "The arms have " + control.n() + " and " + treatment.n() + " units; each needs 2.");
        }
        double size = Math.max(Math.abs(control.estimate()), Math.abs(treatment.estimate()));
        return difference(control, treatment, treatment.estimate() - control.estimate(), 10 * Math.ulp(1.0) * size);
    }

    /** From moments, which are exact: their spread is none of rounding however large the means are. */
    Computable<Effect> ofMeans(ArmEstimate control, ArmEstimate treatment, double difference) {
        return difference(control, treatment, difference, 0);
    }

    private Computable<Effect> difference(
            ArmEstimate control, ArmEstimate treatment, double estimate, double rounding) {
        double stdError = Math.hypot(control.stdError(), treatment.stdError());
        if (!Double.isFinite(stdError)) {
            return Computable.notComputable(
                    "not_enough_data",
                    "The interval of an arm is open (n = " + control.n() + " and " + treatment.n()
                            + "), so the difference has no standard error.");
        }
        if (!(stdError > rounding)) {
            return Computable.notComputable(
                    "zero_variance",
                    "No unit differs from another within its arm (n = " + control.n() + " and " + treatment.n()
                            + "), so the difference has no measurable uncertainty.");
        }
        return Computable.of(significance.student(estimate, stdError, df(control, treatment)));
    }

    /** Welch–Satterthwaite degrees of freedom, written in shares of the variance so that nothing under- or overflows. */
    static double df(ArmEstimate control, ArmEstimate treatment) {
        double total = Math.hypot(control.stdError(), treatment.stdError());
        double shareC = Math.pow(control.stdError() / total, 2);
        double shareT = Math.pow(treatment.stdError() / total, 2);
        return 1 / (shareC * shareC / (control.n() - 1) + shareT * shareT / (treatment.n() - 1));
    }
}
