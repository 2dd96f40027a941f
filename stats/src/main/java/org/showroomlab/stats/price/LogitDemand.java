package org.showroomlab.stats.price;

import java.util.List;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.regression.Family;

/**
 * Logistic demand over several prices: q = 1/(1 + e^{−(a − b·p)}).
 *
 * <p>The price with the largest (p − c)·q is p* = c + (1 + w)/b where w·e^w = e^{a − 1 − bc}; SE by the delta method with
 * ∂p/∂a = w/((1 + w)b) and ∂p/∂b = −(1 + w)/b² − c·w/((1 + w)b). The price at which a share x still buys is (a − logit
 * x)/b.
 *
 * <p>Edges: no finite fit where a price separates buyers from others ({@code no_convergence}), or where everybody bought
 * ({@code zero_variance}). b ≤ 0 (demand does not fall with the price) has no optimum; an optimum outside the tested prices
 * is given with {@code insideTested} false, because a model is no evidence there.
 *
 * <p>Source: the first-order condition, solved by Lambert's W: Corless et al. (1996), doi:10.1007/BF02124750.
 *
 * @param a intercept
 * @param b price coefficient, positive when demand falls
 * @param varianceA variance of a
 * @param covariance covariance of a and b
 * @param varianceB variance of b
 * @param lowestPrice lowest tested price
 * @param highestPrice highest tested price
 */
public record LogitDemand(
        double a,
        double b,
        double varianceA,
        double covariance,
        double varianceB,
        double lowestPrice,
        double highestPrice) {

    /**
     * The best price under the model.
     *
     * @param price p*
     * @param stdError its standard error
     * @param revenue (p* − c)·q(p*) per exposed visitor
     * @param insideTested whether p* lies between the lowest and highest tested price
     */
    public record Optimum(double price, double stdError, double revenue, boolean insideTested) {}

    /** The maximum-likelihood fit. */
    public static Computable<LogitDemand> fit(List<PriceArm> arms) {
        return DemandModel.fit(arms, Family.BINOMIAL_LOGIT, p -> p)
                .map(m -> new LogitDemand(
                        m.coefficients()[0],
                        -m.coefficients()[1],
                        m.covariance(0, 0),
                        -m.covariance(0, 1),
                        m.covariance(1, 1),
                        arms.stream().mapToDouble(PriceArm::price).min().orElseThrow(),
                        arms.stream().mapToDouble(PriceArm::price).max().orElseThrow()));
    }

    /** The share that buys at a price. */
    public double conversion(double price) {
        return 1 / (1 + Math.exp(b * price - a));
    }

    /** The price with the largest revenue above a marginal cost. */
    public Computable<Optimum> optimum(double marginalCost) {
        if (!(b > 0)) {
            return Computable.notComputable(
                    "inelastic", "Conversion does not fall with the price, so no price is best.");
        }
        double w = omega(a - 1 - b * marginalCost);
        double price = marginalCost + (1 + w) / b;
        double byA = w / ((1 + w) * b);
        double byB = -(1 + w) / (b * b) - marginalCost * w / ((1 + w) * b);
        double variance = byA * byA * varianceA + 2 * byA * byB * covariance + byB * byB * varianceB;
        return Computable.of(new Optimum(
                price,
                Math.sqrt(Math.max(0, variance)),
                (price - marginalCost) * conversion(price),
                lowestPrice <= price && price <= highestPrice));
    }

    /** The w > 0 with w + ln w = k, found as e^v with v + e^v = k so that neither end overflows. */
    private static double omega(double k) {
        double low = Math.min(k - 1, 0) - 1;
        double high = Math.max(Math.log1p(Math.max(k, 0)), 0) + 1;
        return Math.exp(new BrentSolver(1e-15, 1e-15).solve(500, v -> v + Math.exp(v) - k, low, high));
    }
}
