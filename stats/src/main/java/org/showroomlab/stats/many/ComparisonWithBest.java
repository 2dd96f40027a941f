package org.showroomlab.stats.many;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;

/**
 * Hsu's multiple comparisons with the best: simultaneous intervals for each arm's distance to the best of the others. An
 * arm whose interval does not reach above 0 cannot be the best; if more than one remains, the arms are not separated.
 *
 * <p>With d_i the one-sided critical value of {@link DunnettDistribution} around arm i: upper = max(0, min_j(θ_i − θ_j +
 * d_i·SE_ij)), and over the other arms j that could be best, lower = min_j(θ_i − θ_j − d_j·SE_ij), 0 without any. The arm
 * compared with brings its d: what holds with probability 1 − α is all comparisons to the true best, whichever that is.
 * Larger is better; negate for metrics of which less is. Standard errors with few degrees of freedom take Student's
 * quantile of the level that d_i has for one comparison, with Satterthwaite's ν_ij, instead of d_i: a little wide, since it
 * leaves out that an arm's standard error is in all comparisons to it.
 *
 * <p>Source: Hsu (1984), doi:10.1214/aos/1176346710; Hsu (1996), Multiple Comparisons, chapter 4; with few degrees of
 * freedom as Tamhane (1979), doi:10.1080/01621459.1979.10482541.
 *
 * @param lower lower end of θ_i − max of the others, ≤ 0; 0 when no other arm could be best
 * @param upper upper end, ≥ 0
 * @param couldBeBest whether the arm is not excluded
 * @param chanceBest P(arm is the largest) under independent normals around the estimates
 */
public record ComparisonWithBest(double lower, double upper, boolean couldBeBest, double chanceBest) {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** One comparison per arm, in input order, of large samples. */
    public static Computable<List<ComparisonWithBest>> of(List<ArmEstimate> arms, double alpha) {
        return of(
                arms,
                DoubleStream.generate(() -> Double.POSITIVE_INFINITY)
                        .limit(arms.size())
                        .toArray(),
                alpha);
    }

    /**
     * One comparison per arm, in input order.
     *
     * @param df degrees of freedom of each arm's standard error, &gt; 0
     */
    public static Computable<List<ComparisonWithBest>> of(List<ArmEstimate> arms, double[] df, double alpha) {
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
            atMost[i] = atMost(i, arms, df, alpha);
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

    private static double[] atMost(int i, List<ArmEstimate> arms, double[] df, double alpha) {
        ArmEstimate own = arms.get(i);
        double[] variances = IntStream.of(others(i, arms))
                .mapToDouble(j -> Math.pow(arms.get(j).stdError(), 2))
                .toArray();
        double d = DunnettDistribution.of(own.stdError() * own.stdError(), variances)
                .oneSidedCriticalValue(alpha);
        return IntStream.range(0, arms.size())
                .mapToDouble(j -> {
                    ArmEstimate other = arms.get(j);
                    return own.estimate()
                            - other.estimate()
                            + student(d, satterthwaite(own.stdError(), df[i], other.stdError(), df[j]))
                                    * Math.hypot(own.stdError(), other.stdError());
                })
                .toArray();
    }

    /** What Student's t exceeds as rarely as a normal variable exceeds d. */
    private static double student(double d, double df) {
        return Double.isInfinite(df)
                ? d
                : TDistribution.of(df).inverseSurvivalProbability(NORMAL.survivalProbability(d));
    }

    private static double satterthwaite(double stdErrorA, double dfA, double stdErrorB, double dfB) {
        double share = 1 / (1 + Math.pow(stdErrorB / stdErrorA, 2));
        return 1 / (share * share / dfA + (1 - share) * (1 - share) / dfB);
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
