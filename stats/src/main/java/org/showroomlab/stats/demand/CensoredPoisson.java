package org.showroomlab.stats.demand;

import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.showroomlab.stats.Computable;

/**
 * Demand per drop when sales stop at the stock: Poisson with rate λ, where sales = stock only says that demand was at least
 * that. Maximum likelihood; the score Σ_open (s/λ − 1) + Σ_sold-out f(s − 1)/P(D ≥ s) falls in λ, so its root is the only
 * one. Standard error from the observed information.
 *
 * <p>Edges: everything sold out has no finite estimate ({@code all_sold_out}); no sale at all has no standard error ({@code
 * no_sales}).
 *
 * <p>Source: Conrad (1976), doi:10.1057/jors.1976.19; Nahmias (1994), doi:10.1002/1520-6750(199410)41:6.
 *
 * @param lambda demand per drop
 * @param stdError its standard error
 * @param naive mean sales, which is too low as soon as anything sold out
 * @param logLikelihood at the maximum
 */
public record CensoredPoisson(double lambda, double stdError, double naive, double logLikelihood) {

    private static final double SMALLEST_TAIL = 1e-280;

    /** The estimate from sales and stock; sales equal to stock means sold out. */
    public static Computable<CensoredPoisson> of(long[] sales, long[] stock) {
        if (sales.length != stock.length) {
            throw new IllegalArgumentException("need one stock per sales: " + sales.length + ", " + stock.length);
        }
        boolean[] soldOut = new boolean[sales.length];
        for (int i = 0; i < sales.length; i++) {
            if (sales[i] < 0 || sales[i] > stock[i]) {
                throw new IllegalArgumentException("need 0 <= sales <= stock: " + sales[i] + ", " + stock[i]);
            }
            soldOut[i] = sales[i] == stock[i];
        }
        return of(sales, soldOut);
    }

    /** The estimate from sales and whether they were limited by the stock. */
    public static Computable<CensoredPoisson> of(long[] sales, boolean[] soldOut) {
        double total = 0;
        int open = 0;
        for (int i = 0; i < sales.length; i++) {
            if (sales[i] > Integer.MAX_VALUE) {
                return Computable.notComputable(
                        "out_of_range", "A drop sold " + sales[i] + "; the model reaches to 2^31 - 1 per drop.");
            }
            total += sales[i];
            open += soldOut[i] ? 0 : 1;
        }
        if (open == 0) {
            return Computable.notComputable(
                    "all_sold_out",
                    "All " + sales.length + " drops sold out: demand has no upper limit in these data.");
        }
        if (total == 0) {
            return Computable.notComputable("no_sales", "Nothing was sold in " + sales.length + " drops.");
        }
        double naive = total / sales.length;
        double high = naive;
        while (score(high, sales, soldOut) > 0) {
            high *= 2;
        }
        double low = Math.min(naive, high) / 2;
        double lambda = new BrentSolver(1e-14, 1e-14).solve(1000, l -> score(l, sales, soldOut), low, high);
        double se = 1 / Math.sqrt(information(lambda, sales, soldOut));
        return Computable.of(new CensoredPoisson(lambda, se, naive, logLikelihood(lambda, sales, soldOut)));
    }

    private static double score(double lambda, long[] sales, boolean[] soldOut) {
        double sum = 0;
        for (int i = 0; i < sales.length; i++) {
            sum += soldOut[i] ? hazard(lambda, (int) sales[i]) : sales[i] / lambda - 1;
        }
        return sum;
    }

    /** d/dλ ln P(D ≥ s). */
    private static double hazard(double lambda, int s) {
        return s == 0 ? 0 : Math.exp(logHazard(lambda, s));
    }

    private static double logHazard(double lambda, int s) {
        return PoissonDistribution.of(lambda).logProbability(s - 1) - logTail(lambda, s);
    }

    /** ln P(D ≥ s), s ≥ 1; far above λ, where the tail underflows, as f(s)·(1 + λ/(s + 1) + λ²/((s + 1)(s + 2)) + …). */
    private static double logTail(double lambda, int s) {
        PoissonDistribution demand = PoissonDistribution.of(lambda);
        double tail = demand.survivalProbability(s - 1);
        if (tail > SMALLEST_TAIL) {
            return Math.log(tail);
        }
        double term = 1;
        double sum = 1;
        for (int k = 1; term > 1e-17 * sum; k++) {
            term *= lambda / ((double) s + k);
            sum += term;
        }
        return demand.logProbability(s) + Math.log(sum);
    }

    /** −d²/dλ² of the log-likelihood: h' = h(((s − 1)/λ − 1) − h). */
    private static double information(double lambda, long[] sales, boolean[] soldOut) {
        double sum = 0;
        for (int i = 0; i < sales.length; i++) {
            double h = soldOut[i] ? hazard(lambda, (int) sales[i]) : 0;
            sum += soldOut[i] ? -h * ((sales[i] - 1) / lambda - 1 - h) : sales[i] / (lambda * lambda);
        }
        return sum;
    }

    private static double logLikelihood(double lambda, long[] sales, boolean[] soldOut) {
        PoissonDistribution demand = PoissonDistribution.of(lambda);
        double sum = 0;
        for (int i = 0; i < sales.length; i++) {
            int s = (int) sales[i];
            sum += soldOut[i] ? (s == 0 ? 0 : logTail(lambda, s)) : demand.logProbability(s);
        }
        return sum;
    }
}
