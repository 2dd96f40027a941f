package org.showroomlab.stats.arms;

import java.util.OptionalDouble;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;

/**
 * The difference of two proportions.
 *
 * <p>p-value: the score test with the pooled variance, z = (p̂₁ − p̂₀)/√(p̄q̄(1/n₀ + 1/n₁)); Fisher's exact test when any
 * expected count is below 5. Interval: Newcombe's hybrid score (his method 10), from the Wilson limits (l, u) of each
 * arm: Δ − √((p̂₁ − l₁)² + (u₀ − p̂₀)²) and Δ + √((u₁ − p̂₁)² + (p̂₀ − l₀)²); it stays inside [−1, 1] and has a width even
 * when nobody converts. Wald's is offered for comparison with other tools. The standard error is the unpooled one.
 *
 * <p>Edges: an empty arm is {@code not_enough_data}; all or none converted in both arms gives a difference of 0 with
 * p = 1. Where within each arm all or none converted, Wald's interval would have no width: {@code zero_variance}.
 *
 * <p>Source: Newcombe (1998), doi:10.1002/(SICI)1097-0258(19980430)17:8&lt;873::AID-SIM779&gt;3.0.CO;2-I.
 *
 * @param significance level and direction
 * @param ciMethod how the interval is made
 */
public record ProportionTest(Significance significance, CiMethod ciMethod) {

    /** How the interval of a difference of proportions is made. */
    public enum CiMethod {
        /** Newcombe's hybrid score interval. */
        NEWCOMBE,
        /** Estimate ± z·SE. */
        WALD
    }

    private static final double SMALLEST_EXPECTED_COUNT = 5;

    /** Two-sided at .05 with Newcombe's interval. */
    public static ProportionTest withDefaults() {
        return new ProportionTest(Significance.DEFAULT, CiMethod.NEWCOMBE);
    }

    /** The same test at another level. */
    public ProportionTest withAlpha(double alpha) {
        return new ProportionTest(significance.withAlpha(alpha), ciMethod);
    }

    /** The same test in another direction. */
    public ProportionTest with(Alternative alternative) {
        return new ProportionTest(significance.with(alternative), ciMethod);
    }

    /** The same test with another interval. */
    public ProportionTest with(CiMethod newMethod) {
        return new ProportionTest(significance, newMethod);
    }

    /** The share of one arm. */
    public Computable<ArmEstimate> arm(ArmMoments arm) {
        return Proportion.from(arm).estimate();
    }

    /** Treatment share minus control share, from the moments of a 0/1 variable. */
    public Computable<Effect> difference(ArmMoments control, ArmMoments treatment) {
        return difference(Proportion.from(control), Proportion.from(treatment));
    }

    /** Treatment share minus control share. */
    public Computable<Effect> difference(Proportion control, Proportion treatment) {
        if (control.n() == 0 || treatment.n() == 0) {
            return Computable.notComputable(
                    "not_enough_data",
                    "An arm is empty (control " + control.n() + ", treatment " + treatment.n() + " units).");
        }
        double estimate = treatment.share() - control.share();
        double stdError = Math.sqrt(control.variance() + treatment.variance());
        if (ciMethod == CiMethod.WALD && stdError == 0) {
            return Computable.notComputable(
                    "zero_variance",
                    "Within each arm all or none converted, so Wald's standard error is 0 and its interval has no width.");
        }
        Interval ci = ciMethod == CiMethod.NEWCOMBE
                ? newcombe(
                        control.share(),
                        control.wilson(significance),
                        treatment.share(),
                        treatment.wilson(significance))
                : wald(estimate, stdError);
        return Computable.of(new Effect(estimate, stdError, OptionalDouble.empty(), ci, pValue(control, treatment)));
    }

    /**
     * Treatment share minus control share when units are not independent, but the variances of the shares are known: the
     * interval from the number of independent units with that variance, the p-value from estimate and standard error.
     */
    public Computable<Effect> difference(
            Proportion control, double controlVariance, Proportion treatment, double treatmentVariance) {
        double stdError = Math.sqrt(controlVariance + treatmentVariance);
        if (control.n() == 0 || treatment.n() == 0 || stdError == 0) {
            return difference(control, treatment);
        }
        double estimate = treatment.share() - control.share();
        Interval ci = ciMethod == CiMethod.NEWCOMBE
                ? newcombe(
                        control.share(),
                        control.wilson(significance, size(control, controlVariance)),
                        treatment.share(),
                        treatment.wilson(significance, size(treatment, treatmentVariance)))
                : wald(estimate, stdError);
        return Computable.of(new Effect(
                estimate, stdError, OptionalDouble.empty(), ci, significance.normalPValue(estimate / stdError)));
    }

    private static double size(Proportion arm, double variance) {
        return variance > 0 && arm.variance() > 0 ? arm.n() * arm.variance() / variance : arm.n();
    }

    /** Fisher's exact p-value; empty with an empty arm, and with margins beyond about 10^12, where it would only repeat the score test slowly. */
    public OptionalDouble fisherPValue(Proportion control, Proportion treatment) {
        return FisherExactPValue.of(control, treatment, significance.alternative());
    }

    /** The pooled z statistic; 0 when all or none converted. */
    public double statistic(Proportion control, Proportion treatment) {
        double total = (double) control.n() + treatment.n();
        double successes = (double) control.successes() + treatment.successes();
        double pooled = successes / total * ((total - successes) / total);
        double stdError = Math.sqrt(pooled * (1.0 / control.n() + 1.0 / treatment.n()));
        return stdError == 0 ? 0 : (treatment.share() - control.share()) / stdError;
    }

    private double pValue(Proportion control, Proportion treatment) {
        double score = significance.normalPValue(statistic(control, treatment));
        return smallestExpectedCount(control, treatment) < SMALLEST_EXPECTED_COUNT
                ? fisherPValue(control, treatment).orElse(score)
                : score;
    }

    private static double smallestExpectedCount(Proportion control, Proportion treatment) {
        double total = (double) control.n() + treatment.n();
        double successes = (double) control.successes() + treatment.successes();
        return Math.min(control.n(), treatment.n()) / total * Math.min(successes, total - successes);
    }

    private Interval newcombe(double p0, Interval c, double p1, Interval t) {
        Interval ci = Interval.ofDifference(p0, c, p1, t);
        return significance.opened(ci.low(), ci.high());
    }

    private Interval wald(double estimate, double stdError) {
        double half = significance.normalQuantile() * stdError;
        return significance.opened(estimate - half, estimate + half);
    }
}
