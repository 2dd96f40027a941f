package org.showroomlab.stats.survival;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.showroomlab.stats.Computable;

/**
 * The outcome of a test that two curves are the same.
 *
 * @param statistic χ²
 * @param df degrees of freedom
 * @param pValue upper tail
 */
public record CurveTest(double statistic, int df, double pValue) {

    static Computable<CurveTest> ofScore(double score, double variance) {
        if (!(variance > 0)) {
            return Computable.notComputable(
                    "not_enough_data",
                    "At every event one arm had nobody at risk, or all who were left in both arms had it at once.");
        }
        double statistic = score * score / variance;
        return Computable.of(
                new CurveTest(statistic, 1, ChiSquaredDistribution.of(1).survivalProbability(statistic)));
    }
}
