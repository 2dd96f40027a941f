package org.showroomlab.stats.dose;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.showroomlab.stats.Computable;

/**
 * The Cochran–Armitage test for a trend of proportions over scored arms, as R's prop.trend.test.
 *
 * <p>χ² = (Σ x_i(s_i − s̄))²/(p̄q̄ Σ n_i(s_i − s̄)²) with s̄ weighted by n.
 *
 * <p>Source: Armitage (1955), doi:10.2307/3001775.
 *
 * @param statistic χ² with one degree of freedom
 * @param pValue its upper tail
 */
public record TrendTest(double statistic, double pValue) {

    /** The test. */
    public static Computable<TrendTest> of(long[] successes, long[] n, double[] scores) {
        if (successes.length != n.length || n.length != scores.length) {
            throw new IllegalArgumentException("need one n and score per arm");
        }
        double total = 0;
        double all = 0;
        double weighted = 0;
        for (int i = 0; i < n.length; i++) {
            total += n[i];
            all += successes[i];
            weighted += n[i] * scores[i];
        }
        double mean = weighted / total;
        double share = all / total;
        double score = 0;
        double spread = 0;
        for (int i = 0; i < n.length; i++) {
            score += successes[i] * (scores[i] - mean);
            spread += n[i] * Math.pow(scores[i] - mean, 2);
        }
        double variance = share * (1 - share) * spread;
        if (!(variance > 0)) {
            return Computable.notComputable("zero_variance", "All or none converted, or there is only one score.");
        }
        double statistic = score * score / variance;
        return Computable.of(
                new TrendTest(statistic, ChiSquaredDistribution.of(1).survivalProbability(statistic)));
    }
}
