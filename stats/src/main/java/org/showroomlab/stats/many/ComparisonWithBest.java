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
 * <p>With d_i the one-sided critical value of {@link DunnettDistribution} around arm i: upper = max(0, min_j(θ_i − θ_j +
 * d_i·SE_ij)), and over the other arms j that could be best, lower = min_j(θ_i − θ_j − d_j·SE_ij), 0 without any. The arm
 * compared with brings its d: what holds with probability 1 − α is all comparisons to the true best, whichever that is.
 * Larger is better; negate for metrics of which less is. Large samples.
 *
 * <p>Source: Hsu (1984), doi:10.1214/aos/1176346710; Hsu (1996), Multiple Comparisons, chapter 4.
 *
 * @param lower lower end of θ_i − max of the others, ≤ 0; 0 when no other arm could be best
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
        // atMost[i][j] = θ_i − θ_j + d_i·SE_ij, so that −atMost[j][i] is the lower end of i against j with the d of j
        double[][] atMost = new double[arms.size()][];
        for (int i = 0; i < atMost.length; i++) {
            atMost[i] = atMost(i, arms, alpha);
        }
        List<ComparisonWithBest> result = new ArrayList<>();
        for (int i = 0; i < atMost.length; i++) {
            double upper = upper(i, atMost);
            result.add(new ComparisonWithBest(
                    lower(i, atMost), Math.max(0, upper), upper > 0, chanceBest(arms.get(i), others(i, arms), arms)));
        }
        return Computable.of(List.copyOf(result));
    }

    private static int[] others(int i, List<ArmEstimate> arms) {
        return IntStream.range(0, arms.size()).filter(j -> j != i).toArray();
    }

    private static double[] atMost(int i, List<ArmEstimate> arms, double alpha) {
        ArmEstimate own = arms.get(i);
        double[] variances = IntStream.of(others(i, arms))
                .mapToDouble(j -> Math.pow(arms.get(j).stdError(), 2))
                .toArray();
        double d = DunnettDistribution.of(own.stdError() * own.stdError(), variances)
                .oneSidedCriticalValue(alpha);
        return arms.stream()
                .mapToDouble(
                        other -> own.estimate() - other.estimate() + d * Math.hypot(own.stdError(), other.stdError()))
                .toArray();
    }

    private static double upper(int i, double[][] atMost) {
        return IntStream.range(0, atMost.length)
                .filter(j -> j != i)
                .mapToDouble(j -> atMost[i][j])
                .min()
                .orElseThrow();
    }

    private static double lower(int i, double[][] atMost) {
        return IntStream.range(0, atMost.length)
                .filter(j -> j != i && upper(j, atMost) > 0)
                .mapToDouble(j -> -atMost[j][i])
                .min()
                .orElse(0);
    }

    private static double chanceBest(ArmEstimate own, int[] others, List<ArmEstimate> arms) {
        List<NormalQuadrature.Step> steps = IntStream.of(others)
                .mapToObj(arms::get)
                .map(other -> new NormalQuadrature.Step(
                        (other.estimate() - own.estimate()) / own.stdError(), other.stdError() / own.stdError()))
                .toList();
        double chance = NormalQuadrature.expectation(
                z -> {
                    double product = 1;
                    double value = own.estimate() + z * own.stdError();
                    for (int j : others) {
                        ArmEstimate other = arms.get(j);
                        product *= NORMAL.cumulativeProbability((value - other.estimate()) / other.stdError());
                    }
                    return product;
                },
                steps);
        return Math.min(1, chance);
    }
}
