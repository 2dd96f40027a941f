package org.showroomlab.stats.monitoring;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The chance that the final z statistic reaches its boundary if the trend so far goes on: with B = z√t and drift θ = B/t,
 * 1 − Φ((z_final − B − θ(1 − t))/√(1 − t)).
 *
 * <p>Edges: the information must be strictly between 0 and 1; at either end there is nothing to predict.
 *
 * <p>Source: Lan and Wittes (1988), doi:10.2307/2531870.
 */
public final class ConditionalPower {

    private ConditionalPower() {}

    /**
     * Conditional power under the current trend.
     *
     * @param information fraction so far, in (0, 1)
     * @param z statistic so far
     * @param finalBoundary boundary at the end
     */
    public static double underCurrentTrend(double information, double z, double finalBoundary) {
        if (!(information > 0 && information < 1)) {
            throw new IllegalArgumentException("information must be in (0, 1): " + information);
        }
        double b = z * Math.sqrt(information);
        double expected = b / information;
        return NormalDistribution.of(0, 1).survivalProbability((finalBoundary - expected) / Math.sqrt(1 - information));
    }
}
