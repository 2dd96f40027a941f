package org.showroomlab.stats.health;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.showroomlab.stats.Computable;

/**
 * Whether the arms have the sizes that the weights promise: Pearson's χ² = Σ (O − E)²/E with k − 1 degrees of freedom.
 *
 * <p>A mismatch means that assignment or logging is broken, and no comparison of the arms can be trusted. The verdict
 * blocks at p &lt; .001. For cluster designs the counts are counts of clusters. For a look every day use the sequential
 * test.
 *
 * <p>Assumes independent units; the approximation wants some five expected units per arm. Units: counts, and weights in
 * any unit.
 *
 * <p>Edges: no units at all, units in an arm whose weight is 0 ({@code zero_weight}), or a weight so small that χ² leaves
 * the range of a double ({@code weight_too_small}). An arm of weight 0 without units is left out.
 *
 * <p>Source: Fabijan et al. (2019), doi:10.1145/3292500.3330722.
 *
 * @param statistic χ²
 * @param df arms − 1
 * @param pValue upper tail of χ²
 */
public record SampleRatioMismatch(double statistic, int df, double pValue) {

    /** The p-value below which a verdict is blocked. */
    public static final double BLOCKING_P_VALUE = 0.001;

    /** Whether this is enough to block a verdict. */
    public boolean blocks() {
        return pValue < BLOCKING_P_VALUE;
    }

    /**
     * Tests counts against weights.
     *
     * @param counts units per arm
     * @param weights planned shares per arm, in any unit; at least two of them positive
     */
    public static Computable<SampleRatioMismatch> test(long[] counts, double[] weights) {
        double largest = checkedLargest(counts, weights);
        double totalWeight = 0;
        for (double weight : weights) {
            totalWeight += weight / largest;
        }
        double total = 0;
        for (long count : counts) {
            total += count;
        }
        if (total == 0) {
            return Computable.notComputable("not_enough_data", "No unit has been exposed yet.");
        }
        double statistic = 0;
        int arms = 0;
        for (int i = 0; i < counts.length; i++) {
            if (weights[i] == 0 && counts[i] > 0) {
                return Computable.notComputable(
                        "zero_weight", counts[i] + " units were seen in an arm whose weight is 0.");
            }
            if (weights[i] > 0) {
                double expected = total * (weights[i] / largest / totalWeight);
                statistic += (counts[i] - expected) * ((counts[i] - expected) / expected);
                arms++;
            }
        }
        if (!Double.isFinite(statistic)) {
            return Computable.notComputable(
                    "weight_too_small",
                    "A weight promises so few units that the statistic is beyond the range of a double.");
        }
        double pValue = ChiSquaredDistribution.of(arms - 1).survivalProbability(statistic);
        return Computable.of(new SampleRatioMismatch(statistic, arms - 1, pValue));
    }

    /** Weights are used relative to the largest, so that neither their sum nor a share overflows. */
    private static double checkedLargest(long[] counts, double[] weights) {
        if (counts.length != weights.length) {
            throw new IllegalArgumentException(
                    "counts and weights must have one length: " + counts.length + ", " + weights.length);
        }
        double largest = 0;
        int positive = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] < 0 || !(weights[i] >= 0 && weights[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "counts and weights must be finite and >= 0: " + counts[i] + ", " + weights[i]);
            }
            largest = Math.max(largest, weights[i]);
            positive += weights[i] > 0 ? 1 : 0;
        }
        if (positive < 2) {
            throw new IllegalArgumentException("at least two weights must be > 0: " + positive);
        }
        return largest;
    }
}
