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
 * The relative lift (m₁ − m₀)/|m₀| of two independent arms.
 *
 * <p>{@code LOG_RATIO} (default): exp(ln(m₁/m₀) ± z·√(SE₀²/m₀² + SE₁²/m₁²)) − 1. {@code FIELLER}: the ratios ρ with
 * (m₁ − ρm₀)² ≤ z²(SE₁² + ρ²SE₀²); unbounded when the control mean is not separated from zero. {@code WALD}: lift ±
 * t·SE with the delta-method SE = √(SE₁²/m₀² + SE₀²m₁²/m₀⁴) and Welch's df, for comparison with other tools only: at 500
 * units per arm and 5 % conversion its nominal .025 tails are .058 and .0008.
 *
 * <p>The p-value is that of the absolute difference, so that both scales agree; only Wald brings its own, because it
 * imitates tools that do so. The standard error is the delta-method one throughout.
 *
 * <p>Edges: a log ratio needs two means of the same sign, each further than z standard errors from zero; otherwise
 * Fieller's set is given, and the result says so. A control mean of exactly 0 is {@code zero_baseline}; a treatment
 * without any event has a lift of −1 and no interval, {@code zero_variance}.
 *
 * <p>Source: Fieller (1954), doi:10.1111/j.2517-6161.1954.tb00159.x; Franz (2007), arXiv:0710.2024.
 *
 * @param significance level and direction
 * @param method how the interval is made
 */
public record RelativeLift(Significance significance, Method method) {

    /** How the interval of a relative lift is made. */
    public enum Method {
        /** Delta method on the log of the ratio. */
        LOG_RATIO,
        /** Fieller's set. */
        FIELLER,
        /** Delta method on the ratio itself. */
        WALD
    }

    /** Two-sided at .05 by the log ratio. */
    public static RelativeLift withDefaults() {
        return new RelativeLift(Significance.DEFAULT, Method.LOG_RATIO);
    }

    /** The same lift at another level. */
    public RelativeLift withAlpha(double alpha) {
        return new RelativeLift(significance.withAlpha(alpha), method);
    }

    /** The same lift in another direction. */
    public RelativeLift with(Alternative alternative) {
        return new RelativeLift(significance.with(alternative), method);
    }

    /** The same lift by another method. */
    public RelativeLift with(Method newMethod) {
        return new RelativeLift(significance, newMethod);
    }

    /** The lift of a mean or ratio metric; its p-value is Welch's. */
    public Computable<RelativeEffect> lift(ArmMoments control, ArmMoments treatment) {
        WelchTest welch = new WelchTest(significance);
        return welch.arm(control)
                .flatMap(c -> welch.arm(treatment)
                        .flatMap(t -> welch.difference(control, treatment).flatMap(absolute -> lift(c, t, absolute))));
    }

    /** The lift of any two independent estimates, beside the absolute effect that carries the p-value. */
    public Computable<RelativeEffect> lift(ArmEstimate control, ArmEstimate treatment, Effect absolute) {
        if (control.estimate() == 0) {
            return Computable.notComputable(
                    "zero_baseline", "The control estimate is 0: nothing can be relative to it.");
        }
        if (control.n() < 2 || treatment.n() < 2) {
            return Computable.notComputable(
                    "not_enough_data",
                    "The arms have " + control.n() + " and " + treatment.n() + " units; each needs 2.");
        }
        if (!(stdError(control, treatment) > 0)) {
            return Computable.notComputable(
                    "zero_variance", "The ratio has no measurable uncertainty: nobody, or everybody, converted.");
        }
        return Computable.of(
                switch (method) {
                    case WALD -> new RelativeEffect(wald(control, treatment), Method.WALD);
                    case LOG_RATIO ->
                        logRatioApplies(control, treatment)
                                ? displayed(
                                        control, treatment, absolute, logRatio(control, treatment), Method.LOG_RATIO)
                                : displayed(control, treatment, absolute, fieller(control, treatment), Method.FIELLER);
                    case FIELLER ->
                        displayed(control, treatment, absolute, fieller(control, treatment), Method.FIELLER);
                });
    }

    private boolean logRatioApplies(ArmEstimate control, ArmEstimate treatment) {
        double z = significance.normalQuantile();
        return control.estimate() * treatment.estimate() > 0
                && Math.abs(control.estimate()) > z * control.stdError()
                && Math.abs(treatment.estimate()) > z * treatment.stdError();
    }

    private RelativeEffect displayed(
            ArmEstimate control, ArmEstimate treatment, Effect absolute, Interval ratio, Method used) {
        double sign = Math.signum(control.estimate());
        Interval lift = ratio.scaledAndShifted(sign, -sign);
        Interval ci = significance.opened(lift.low(), lift.high());
        double estimate = (treatment.estimate() - control.estimate()) / Math.abs(control.estimate());
        return new RelativeEffect(
                new Effect(estimate, stdError(control, treatment), OptionalDouble.empty(), ci, absolute.pValue()),
                used);
    }

    private Interval logRatio(ArmEstimate control, ArmEstimate treatment) {
        double se = Math.hypot(control.stdError() / control.estimate(), treatment.stdError() / treatment.estimate());
        double factor = Math.exp(significance.normalQuantile() * se);
        double ratio = treatment.estimate() / control.estimate();
        return new Interval(ratio / factor, ratio * factor);
    }

    private Interval fieller(ArmEstimate control, ArmEstimate treatment) {
        double z = significance.normalQuantile();
        double g = Math.pow(z * control.stdError() / control.estimate(), 2);
        if (!(g < 1)) {
            return Interval.UNBOUNDED;
        }
        double ratio = treatment.estimate() / control.estimate();
        double cvC = control.stdError() / control.estimate();
        double seT = treatment.stdError() / control.estimate();
        double half = z * Math.sqrt(seT * seT * (1 - g) + ratio * ratio * cvC * cvC);
        return new Interval((ratio - half) / (1 - g), (ratio + half) / (1 - g));
    }

    private Effect wald(ArmEstimate control, ArmEstimate treatment) {
        double estimate = (treatment.estimate() - control.estimate()) / Math.abs(control.estimate());
        double se = stdError(control, treatment);
        return control.n() > 1 && treatment.n() > 1
                ? significance.student(estimate, se, WelchTest.df(control, treatment))
                : significance.normal(estimate, se);
    }

    private static double stdError(ArmEstimate control, ArmEstimate treatment) {
        double ratio = treatment.estimate() / control.estimate();
        return Math.hypot(treatment.stdError(), ratio * control.stdError()) / Math.abs(control.estimate());
    }
}
