package org.showroomlab.stats.arms;

import java.util.Optional;
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
 * (m₁ − ρm₀)² ≤ z²(SE₁² + ρ²SE₀²); unbounded when the control mean is not separated from zero, and then the whole line or all
 * but what lies between its two rays. {@code WALD}: lift ± t·SE with the delta-method SE = √(SE₁²/m₀² + SE₀²m₁²/m₀⁴) and
 * Welch's df, for comparison with other tools only: at 500 units per arm and 5 % conversion its nominal .025 tails are .058
 * and .0008.
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
        if (!(significance.normalQuantile() > 0)) {
            return Computable.notComputable(
                    "alpha_too_large", "A one-sided interval for a ratio needs an alpha below .5.");
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
                                ? new RelativeEffect(
                                        displayed(control, treatment, absolute, logRatio(control, treatment)),
                                        Method.LOG_RATIO)
                                : fieller(control, treatment, absolute);
                    case FIELLER -> fieller(control, treatment, absolute);
                });
    }

    private boolean logRatioApplies(ArmEstimate control, ArmEstimate treatment) {
        double z = significance.normalQuantile();
        return control.estimate() * treatment.estimate() > 0
                && Math.abs(control.estimate()) > z * control.stdError()
                && Math.abs(treatment.estimate()) > z * treatment.stdError();
    }

    private Effect displayed(ArmEstimate control, ArmEstimate treatment, Effect absolute, Interval ratio) {
        Interval lift = lift(control, ratio);
        Interval ci = significance.opened(lift.low(), lift.high());
        double estimate = (treatment.estimate() - control.estimate()) / Math.abs(control.estimate());
        return new Effect(estimate, stdError(control, treatment), OptionalDouble.empty(), ci, absolute.pValue());
    }

    private static Interval lift(ArmEstimate control, Interval ratio) {
        double sign = Math.signum(control.estimate());
        return ratio.scaledAndShifted(sign, -sign);
    }

    private Interval logRatio(ArmEstimate control, ArmEstimate treatment) {
        double se = Math.hypot(control.stdError() / control.estimate(), treatment.stdError() / treatment.estimate());
        double factor = Math.exp(significance.normalQuantile() * se);
        double ratio = treatment.estimate() / control.estimate();
        return new Interval(ratio / factor, ratio * factor);
    }

    private RelativeEffect fieller(ArmEstimate control, ArmEstimate treatment, Effect absolute) {
        double z = significance.normalQuantile();
        double g = Math.pow(z * control.stdError() / control.estimate(), 2);
        double ratio = treatment.estimate() / control.estimate();
        double cvC = control.stdError() / control.estimate();
        double seT = treatment.stdError() / control.estimate();
        double half = z * Math.sqrt(seT * seT * (1 - g) + ratio * ratio * cvC * cvC);
        if (g < 1) {
            Interval set = new Interval((ratio - half) / (1 - g), (ratio + half) / (1 - g));
            return new RelativeEffect(displayed(control, treatment, absolute, set), Method.FIELLER);
        }
        // without a root every ratio belongs to the set; a one-sided set has no second ray
        boolean rays = g > 1 && half > 0 && significance.alternative() == Alternative.TWO_SIDED;
        return new RelativeEffect(
                displayed(control, treatment, absolute, Interval.UNBOUNDED),
                Method.FIELLER,
                rays
                        ? Optional.of(lift(control, new Interval((ratio + half) / (1 - g), (ratio - half) / (1 - g))))
                        : Optional.empty());
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
