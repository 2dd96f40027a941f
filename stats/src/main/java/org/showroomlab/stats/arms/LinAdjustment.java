package org.showroomlab.stats.arms;

import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Significance;

/**
 * Covariate adjustment (CUPED) of a mean or a ratio by its own pre-experiment value.
 *
 * <p>{@code LIN} (default): one regression per arm on the covariate centred at its mean over both arms, so the treatment
 * may change the slope. With θ_a = s_xy/s_x² of arm a the estimate is Σ ±(ȳ_a − θ_a(x̄_a − x̄)); its variance is Σ
 * RSS_a/(n_a − 2)·(1/n_a + (x̄_a − x̄)²/S_xx,a) with df = n − 4. {@code POOLED}: Deng's θ = cov(y, x)/var(x) over both
 * arms together, Welch on y − θx.
 *
 * <p>The exact HC2 form of Lin's variance needs Σe²x² and Σe²x, which no second moment holds; the form here equals it
 * when the residual spread does not change with x within an arm. On R's reference data it is within 3.5 % of HC2 at 20 units
 * per arm. The estimate itself is exact. The error is of the size of cov(e², h), h being the leverage (x − x̄)²/S_xx: it stays
 * when n grows if the spread depends on x, so ask for rows and {@code LinearRegression} where that matters.
 *
 * <p>Edges: without variation in the covariate (also when there is none) the result is the unadjusted one; fewer than 3
 * units in an arm is {@code not_enough_data}.
 *
 * <p>Source: Lin (2013), doi:10.1214/12-AOAS583; Deng, Xu, Kohavi and Walker (2013), doi:10.1145/2433396.2433413.
 *
 * @param significance level and direction
 * @param method which slope
 */
public record LinAdjustment(Significance significance, Method method) {

    /** Which slope adjusts the arms. */
    public enum Method {
        /** A slope per arm. */
        LIN,
        /** One slope over both arms. */
        POOLED
    }

    /** Lin's adjustment, two-sided at .05. */
    public static LinAdjustment withDefaults() {
        return new LinAdjustment(Significance.DEFAULT, Method.LIN);
    }

    /** The same adjustment at another level. */
    public LinAdjustment withAlpha(double alpha) {
        return new LinAdjustment(significance.withAlpha(alpha), method);
    }

    /** The same adjustment in another direction. */
    public LinAdjustment with(Alternative alternative) {
        return new LinAdjustment(significance.with(alternative), method);
    }

    /** The same question with another slope. */
    public LinAdjustment with(Method newMethod) {
        return new LinAdjustment(significance, newMethod);
    }

    /** Treatment minus control, adjusted. */
    public Computable<Effect> difference(ArmMoments control, ArmMoments treatment) {
        return Linearised.of(control).flatMap(c -> Linearised.of(treatment).flatMap(t -> adjusted(c, t)));
    }

    /**
     * The adjusted difference relative to the control's own, unadjusted level: d/|m₀|. By the delta method, with ρ = m₁/m₀ of
     * the unadjusted means, se² = [SE₁² + SE₀² + ((ρ² − 1)s_y² − 2(ρ − 1)θ₀s_xy)/n₀]/m₀²: the control's unadjusted mean in the
     * denominator covaries with its adjusted one in the numerator. The interval is exp(ln(1 + lift) ± z·se/(1 + lift)) − 1 and the p-value that of the absolute difference; {@code WALD} is
     * lift ± t·se with its own p-value, as other tools have it. A log ratio that does not apply (a mean nearer to zero than z
     * standard errors) falls back to Wald's interval, and the result says so.
     */
    public Computable<RelativeEffect> lift(ArmMoments control, ArmMoments treatment, RelativeLift.Method interval) {
        return difference(control, treatment)
                .flatMap(absolute -> Linearised.of(control)
                        .flatMap(c -> Linearised.of(treatment).flatMap(t -> lift(c, t, absolute, interval))));
    }

    private Computable<RelativeEffect> lift(Linearised c, Linearised t, Effect absolute, RelativeLift.Method interval) {
        double base = c.ratio();
        if (base == 0) {
            return Computable.notComputable("zero_baseline", "The control mean is 0: nothing can be relative to it.");
        }
        double relative = absolute.estimate() / base;
        double ratio = t.ratio() / base;
        double explained = slopeOfControl(c, t) * c.covariance();
        double variance = absolute.stdError() * absolute.stdError()
                + ((ratio * ratio - 1) * c.variance() - 2 * (ratio - 1) * explained) / c.n();
        double stdError = Math.sqrt(Math.max(0, variance)) / Math.abs(base);
        if (!(stdError > 0)) {
            return Computable.notComputable("zero_variance", "The ratio has no measurable uncertainty.");
        }
        if (!(significance.normalQuantile() > 0)) {
            return Computable.notComputable(
                    "alpha_too_large", "A one-sided interval for a ratio needs an alpha below .5.");
        }
        double estimate = absolute.estimate() / Math.abs(base);
        double df = absolute.df().orElse(Double.POSITIVE_INFINITY);
        Effect wald = significance.student(estimate, stdError, df);
        double z = significance.normalQuantile();
        boolean logApplies = 1 + relative > z * stdError && Math.abs(base) > z * Math.sqrt(c.variance() / c.n());
        if (interval == RelativeLift.Method.WALD) {
            return Computable.of(new RelativeEffect(wald, RelativeLift.Method.WALD));
        }
        if (!logApplies) {
            return Computable.of(new RelativeEffect(wald.withPValue(absolute.pValue()), RelativeLift.Method.WALD));
        }
        double factor = Math.exp(z * stdError / (1 + relative));
        double sign = Math.signum(base);
        Interval lift = new Interval((1 + relative) / factor, (1 + relative) * factor).scaledAndShifted(sign, -sign);
        Interval ci = significance.opened(lift.low(), lift.high());
        return Computable.of(new RelativeEffect(
                new Effect(estimate, stdError, absolute.df(), ci, absolute.pValue()), RelativeLift.Method.LOG_RATIO));
    }

    private double slopeOfControl(Linearised c, Linearised t) {
        if (c.covariateVariance() == 0 && t.covariateVariance() == 0) {
            return 0;
        }
        return method == Method.LIN ? slope(c) : pooledSlope(c, t);
    }

    private Computable<Effect> adjusted(Linearised c, Linearised t) {
        if (c.covariateVariance() == 0 && t.covariateVariance() == 0) {
            return new WelchTest(significance).difference(c.arm(), t.arm());
        }
        return method == Method.LIN ? lin(c, t) : pooled(c, t);
    }

    private Computable<Effect> lin(Linearised c, Linearised t) {
        if (c.n() < 3 || t.n() < 3) {
            return Computable.notComputable(
                    "not_enough_data",
                    "A slope per arm needs 3 units in each arm; there are " + c.n() + " and " + t.n() + ".");
        }
        double total = (double) c.n() + t.n();
        // How far the arms' covariates are from the mean over both: from their difference, which has all its digits.
        double shift = t.covariateMinus(c);
        double shiftOfT = shift * c.n() / total;
        double shiftOfC = -shift * t.n() / total;
        double estimate = t.ratioMinus(c) - slope(t) * shiftOfT + slope(c) * shiftOfC;
        double variance = adjustedVariance(t, shiftOfT) + adjustedVariance(c, shiftOfC);
        if (!(variance > 0)) {
            return Computable.notComputable("zero_variance", "The covariate explains every unit exactly.");
        }
        double df = Math.max(1, total - 4);
        return Computable.of(significance.student(estimate, Math.sqrt(variance), df));
    }

    private static double slope(Linearised arm) {
        return arm.covariateVariance() == 0 ? 0 : arm.covariance() / arm.covariateVariance();
    }

    private static double adjustedVariance(Linearised arm, double shift) {
        if (arm.covariateVariance() == 0) {
            return arm.variance() / arm.n();
        }
        double degrees = arm.n() - 1.0;
        double residual = Math.max(0, arm.variance() - slope(arm) * arm.covariance()) * degrees / (arm.n() - 2.0);
        double leverage = shift * shift / (arm.covariateVariance() * degrees);
        return residual * (1.0 / arm.n() + leverage);
    }

    private Computable<Effect> pooled(Linearised c, Linearised t) {
        double theta = pooledSlope(c, t);
        WelchTest test = new WelchTest(significance);
        ArmEstimate control = shifted(c, theta);
        ArmEstimate treatment = shifted(t, theta);
        return c.isMean() && t.isMean()
                ? test.ofMeans(control, treatment, t.ratioMinus(c) - theta * t.covariateMinus(c))
                : test.difference(control, treatment);
    }

    /** The arms are not centred: their difference in means is part of the pooled sample, as in the original paper. */
    private static double pooledSlope(Linearised c, Linearised t) {
        double weight = (double) c.n() * t.n() / ((double) c.n() + t.n());
        double shiftX = t.covariateMinus(c);
        double cross = (c.n() - 1) * c.covariance() + (t.n() - 1) * t.covariance() + weight * shiftX * t.ratioMinus(c);
        double square =
                (c.n() - 1) * c.covariateVariance() + (t.n() - 1) * t.covariateVariance() + weight * shiftX * shiftX;
        return cross / square;
    }

    private static ArmEstimate shifted(Linearised arm, double theta) {
        double variance = arm.variance() - 2 * theta * arm.covariance() + theta * theta * arm.covariateVariance();
        return new ArmEstimate(
                arm.n(), arm.ratio() - theta * arm.covariateRatio(), Math.sqrt(Math.max(0, variance) / arm.n()));
    }
}
