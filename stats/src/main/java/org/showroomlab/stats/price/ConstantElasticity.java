package org.showroomlab.stats.price;

import java.util.List;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.regression.Family;

/**
 * Constant elasticity over several prices: q = exp(intercept + elasticity·ln p), a binomial model with log link.
 *
 * <p>The best price under it is Lerner's c·e/(1 + e), which exists only when e < −1 and is reported only inside the tested
 * prices.
 *
 * <p>Edges: a fit that puts conversion at 1 at a price is refused ({@code no_convergence}), because the information there
 * says nothing of its uncertainty. e ≥ −1 has no best price ({@code inelastic}).
 *
 * <p>Source: the log-binomial model: Donoghoe and Marschner (2018), doi:10.18637/jss.v086.i09; the price: Lerner (1934),
 * doi:10.2307/2967480.
 *
 * @param intercept ln q at price 1
 * @param elasticity e
 * @param stdError of e
 */
public record ConstantElasticity(double intercept, double elasticity, double stdError) {

    /** The maximum-likelihood fit. */
    public static Computable<ConstantElasticity> fit(List<PriceArm> arms) {
        return DemandModel.fit(arms, Family.BINOMIAL_LOG, Math::log)
                .map(m -> new ConstantElasticity(m.coefficients()[0], m.coefficients()[1], m.stdError(1)));
    }

    /** The price with the largest margin revenue for a marginal cost. */
    public static Computable<Double> bestPrice(double elasticity, double marginalCost) {
        return elasticity < -1
                ? Computable.of(marginalCost * elasticity / (1 + elasticity))
                : Computable.notComputable(
                        "inelastic", "With an elasticity of " + elasticity + " a higher price always earns more.");
    }
}
