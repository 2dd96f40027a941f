package org.showroomlab.stats.price;

import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Significance;

/**
 * The price elasticity of conversion between two prices.
 *
 * <p>{@code logRatio} (default): ln(q₁/q₀)/ln(p₁/p₀) with variance [(1 − q₁)/x₁ + (1 − q₀)/x₀]/ln²(p₁/p₀). {@code arc}
 * (midpoint): 2(q₁ − q₀)/(q₀ + q₁)/M with M = 2(p₁ − p₀)/(p₀ + p₁) and variance 16(q₀²v₁ + q₁²v₀)/(q₀ + q₁)⁴/M². Normal
 * reference; the null is an elasticity of 0.
 *
 * <p>Edges: equal prices; nobody bought at a price.
 *
 * <p>Source: the delta method on a ratio of two shares; arc elasticity: Allen (1934), The concept of arc elasticity of
 * demand, Review of Economic Studies 1.
 *
 * @param significance level and direction
 */
public record TwoPriceElasticity(Significance significance) {

    /** Two-sided at .05. */
    public static TwoPriceElasticity withDefaults() {
        return new TwoPriceElasticity(Significance.DEFAULT);
    }

    /** The same at another level. */
    public TwoPriceElasticity withAlpha(double alpha) {
        return new TwoPriceElasticity(significance.withAlpha(alpha));
    }

    /** The elasticity on the log scale. */
    public Computable<Effect> logRatio(PriceArm from, PriceArm to) {
        return checked(from, to).flatMap(ok -> {
            double step = Math.log(to.price() / from.price());
            double variance = (1 - to.conversion()) / to.buyers() + (1 - from.conversion()) / from.buyers();
            double estimate = Math.log(to.conversion() / from.conversion()) / step;
            return effect(estimate, Math.sqrt(variance) / Math.abs(step));
        });
    }

    /** The midpoint elasticity. */
    public Computable<Effect> arc(PriceArm from, PriceArm to) {
        return checked(from, to).flatMap(ok -> {
            double q0 = from.conversion();
            double q1 = to.conversion();
            double step = 2 * (to.price() - from.price()) / (from.price() + to.price());
            double variance = q0 * q0 * to.conversionVariance() + q1 * q1 * from.conversionVariance();
            double se = 4 * Math.sqrt(variance) / Math.pow(q0 + q1, 2) / Math.abs(step);
            return effect(arc(q0, q1, from.price(), to.price()), se);
        });
    }

    /** The midpoint elasticity of any two quantities. */
    public static double arc(double q0, double q1, double p0, double p1) {
        return (q1 - q0) / (q0 + q1) / ((p1 - p0) / (p0 + p1));
    }

    private Computable<Effect> effect(double estimate, double se) {
        return se > 0
                ? Computable.of(significance.normal(estimate, se))
                : Computable.notComputable("zero_variance", "Every visitor bought at both prices.");
    }

    private static Computable<Boolean> checked(PriceArm from, PriceArm to) {
        if (from.price() == to.price()) {
            return Computable.notComputable("equal_prices", "Both arms have the price " + from.price() + ".");
        }
        if (from.buyers() == 0 || to.buyers() == 0) {
            return Computable.notComputable(
                    "no_sales",
                    "Nobody bought at " + (from.buyers() == 0 ? from.price() : to.price()) + ", so no ratio exists.");
        }
        return Computable.of(true);
    }
}
