package org.showroomlab.stats.many;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;

/**
 * Hsu's multiple comparisons with the best: simultaneous intervals for each arm's distance to the best of the others. An
 * arm whose interval does not reach above 0 cannot be the best; if more than one remains, the arms are not separated.
 *
 * <p>With d_i the one-sided critical value of {@link DunnettDistribution} around arm i: lower = min(0, min_j(θ_i − θ_j −
 * d·SE_ij)), upper = max(0, min_j(θ_i − θ_j + d·SE_ij)). The lower ends use the arm that is not excluded. Larger is better;
 * negate for metrics of which less is. Large samples.
 *
 * <p>Source: Hsu (1984), doi:10.1214/aos/1176346710; Hsu (1996), Multiple Comparisons, chapter 4.
 *
 * @param lower lower end of θ_i − max of the others, ≤ 0
 * @param upper upper end, ≥ 0
 * @param couldBeBest whether the arm is not excluded
 * @param chanceBest P(arm is the largest) under independent normals around the estimates
 */
public record ComparisonWithBest(double lower, double upper, boolean couldBeBest, double chanceBest) {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** One comparison per arm, in input order. */
    public static Computable<List<ComparisonWithBest>> of(List<ArmEstimate> arms, double alpha) {
        if (arms.size() < 2) {
            return Computable.notComputable(
                    "not_enough_data", "There is nothing to compare " + arms.size() + " arm with.");
        }
        if (arms.stream().anyMatch(a -> a.stdError() == 0)) {
            return Computable.notComputable("zero_variance", "An arm has no measurable uncertainty yet.");
        }
        if (!arms.stream().allMatch(ArmEstimate::isBounded)) {
            return Computable.notComputable("not_enough_data", "The interval of an arm is open.");
        }
        List<ComparisonWithBest> result = new ArrayList<>();
        for (int i = 0; i < arms.size(); i++) {
            result.add(compare(i, arms, alpha));
        }
        return Computable.of(List.copyOf(result));
    }

    private static ComparisonWithBest compare(int i, List<ArmEstimate> arms, double alpha) {
        ArmEstimate own = arms.get(i);
        int[] others = IntStream.range(0, arms.size()).filter(j -> j != i).toArray();
        double[] variances = IntStream.of(others)
                .mapToDouble(j -> Math.pow(arms.get(j).stdError(), 2))
                .toArray();
        double d = DunnettDistribution.of(own.stdError() * own.stdError(), variances)
                .oneSidedCriticalValue(alpha);
        double lower = Double.POSITIVE_INFINITY;
        double upper = Double.POSITIVE_INFINITY;
        for (int j : others) {
            double difference = own.estimate() - arms.get(j).estimate();
            double half = d * Math.hypot(own.stdError(), arms.get(j).stdError());
            lower = Math.min(lower, difference - half);
            upper = Math.min(upper, difference + half);
        }
        return new ComparisonWithBest(Math.min(0, lower), Math.max(0, upper), upper > 0, chanceBest(own, others, arms));
    }

    private static double chanceBest(ArmEstimate own, int[] others, List<ArmEstimate> arms) {
        return Math.min(1, NormalQuadrature.expectation(z -> {
            double product = 1;
            double value = own.estimate() + z * own.stdError();
            for (int j : others) {
                ArmEstimate other = arms.get(j);
                product *= NORMAL.cumulativeProbability((value - other.estimate()) / other.stdError());
            }
            return product;
        }));
    }
}
