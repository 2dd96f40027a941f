package org.showroomlab.ingest.simulate;

import java.util.OptionalDouble;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.exception.NoBracketingException;
import org.apache.commons.math3.util.FastMath;

/**
 * The elasticity that a binomial regression ln q = α + ε·ln p converges to, with equally many visitors per price, when
 * true demand is something else: the root of the expected score equations (White 1982, doi:10.2307/1912526), with α
 * eliminated for each ε by the first of them.
 */
final class LogBinomialLimit {
    private static final double ACCURACY = 1e-12;
    private static final int MAX_EVALUATIONS = 1000;
    private static final double SEARCH = 50;
    private static final double HIGHEST_LOG = -1e-9;

    private LogBinomialLimit() {}

    /** The limit; empty when demand is so extreme (nobody or everybody buys) that there is none within ±50. */
    static OptionalDouble elasticity(PriceDemand demand) {
        try {
            return OptionalDouble.of(new BrentSolver(ACCURACY)
                    .solve(MAX_EVALUATIONS, e -> score(demand, e, intercept(demand, e), true), -SEARCH, SEARCH));
        } catch (NoBracketingException e) {
            return OptionalDouble.empty();
        }
    }

    private static double intercept(PriceDemand demand, double elasticity) {
        // Every fitted probability must stay below one.
        double highest = HIGHEST_LOG
                - demand.pricesMinor().stream()
                        .mapToDouble(p -> elasticity * centredLog(demand, p))
                        .max()
                        .orElseThrow();
        return new BrentSolver(ACCURACY)
                .solve(MAX_EVALUATIONS, a -> score(demand, elasticity, a, false), highest - 60, highest);
    }

    /** Σ (q − m) / (1 − m), times ln p for the slope. */
    private static double score(PriceDemand demand, double elasticity, double intercept, boolean slope) {
        double sum = 0;
        for (long price : demand.pricesMinor()) {
            double x = centredLog(demand, (double) price);
            double fitted = FastMath.exp(intercept + elasticity * x);
            sum += (demand.conversion((double) price) - fitted) / (1 - fitted) * (slope ? x : 1);
        }
        return sum;
    }

    private static double centredLog(PriceDemand demand, double price) {
        return FastMath.log(price / demand.pricesMinor().get(1));
    }
}
