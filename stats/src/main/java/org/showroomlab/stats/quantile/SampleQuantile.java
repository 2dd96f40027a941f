package org.showroomlab.stats.quantile;

import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.showroomlab.stats.Computable;

/**
 * Quantiles of values that are all at hand: R's type 7 (also DuckDB's {@code quantile_cont}), as for a cap frozen from
 * the period before an experiment, and the ranks of its binomial interval.
 *
 * <p>Source: Hyndman and Fan (1996), doi:10.1080/00031305.1996.10473566.
 */
public final class SampleQuantile {

    private SampleQuantile() {}

    /** The type-7 quantile; needs a value. */
    public static Computable<Double> type7(double[] values, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be in [0, 1]: " + share);
        }
        if (values.length == 0) {
            return Computable.notComputable("not_enough_data", "There are no values.");
        }
        Percentile percentile = new Percentile().withEstimationType(EstimationType.R_7);
        // Percentile refuses 0, whose type-7 quantile is the minimum
        return Computable.of(
                share == 0
                        ? java.util.Arrays.stream(values).min().orElseThrow()
                        : percentile.evaluate(values, 100 * share));
    }

    /**
     * The 1-based ranks [l, u] of the order statistics that bracket a quantile: l = qbinom(α/2), u = qbinom(1 − α/2) + 1.
     *
     * @param low rank of the lower end, 0 when the sample is too small for one
     * @param high rank of the upper end, n + 1 when there is none
     * @param coverage the exact chance to bracket the quantile
     */
    public record Ranks(int low, int high, double coverage) {}

    /** The bracket of a quantile among n ordered values. */
    public static Ranks ranks(int n, double share, double alpha) {
        BinomialDistribution below = BinomialDistribution.of(n, share);
        int low = below.inverseCumulativeProbability(alpha / 2);
        int high = below.inverseCumulativeProbability(1 - alpha / 2) + 1;
        return new Ranks(low, high, below.cumulativeProbability(high - 1) - below.cumulativeProbability(low - 1));
    }
}
