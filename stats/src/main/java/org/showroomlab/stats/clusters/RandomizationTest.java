package org.showroomlab.stats.clusters;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.commons.math3.special.Gamma;
import org.apache.commons.math3.util.CombinatoricsUtils;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Significance;

/**
 * The exact randomisation test of the sharp null hypothesis under complete randomisation of the clusters: every way of
 * treating as many clusters as were treated is tried.
 *
 * <p>The statistic is the difference of the means over visits ({@code POOLED}, the estimand of {@link ClusterRobustTest})
 * or of the unweighted cluster means. Two-sided: |statistic| ≥ |observed|. No assumption about distributions at all.
 *
 * <p>Edges: when even the most extreme assignment cannot reach the level (6 clusters: 2/20 = .1) the test is refused as
 * {@code too_few_clusters}. Above {@link #MOST_ASSIGNMENTS} assignments a seeded sample of {@link #DRAWS} is taken, with
 * the actual one counted in.
 *
 * <p>Source: Fisher (1935); Young (2019), doi:10.1093/qje/qjy029; Phipson and Smyth (2010), doi:10.2202/1544-6115.1585.
 *
 * @param significance level and direction
 * @param statistic which difference
 * @param seed of the sample, when one is taken
 */
public record RandomizationTest(Significance significance, Statistic statistic, long seed) {

    /** Assignments that are still enumerated. */
    public static final long MOST_ASSIGNMENTS = 3_000_000;

    /** Size of the sample beyond that. */
    public static final int DRAWS = 99_999;

    /** Which difference is permuted. */
    public enum Statistic {
        /** Difference of the means over visits. */
        POOLED,
        /** Difference of the unweighted cluster means. */
        CLUSTER_MEANS
    }

    /** Two-sided at .05 on the mean over visits. */
    public static RandomizationTest withDefaults() {
        return new RandomizationTest(Significance.DEFAULT, Statistic.POOLED, 1);
    }

    /** The same test at another level. */
    public RandomizationTest withAlpha(double alpha) {
        return new RandomizationTest(significance.withAlpha(alpha), statistic, seed);
    }

    /** The same test in another direction. */
    public RandomizationTest with(Alternative alternative) {
        return new RandomizationTest(significance.with(alternative), statistic, seed);
    }

    /** The same test of another difference. */
    public RandomizationTest with(Statistic newStatistic) {
        return new RandomizationTest(significance, newStatistic, seed);
    }

    /** The same test with another sample. */
    public RandomizationTest withSeed(long newSeed) {
        return new RandomizationTest(significance, statistic, newSeed);
    }

    /** The smallest two-sided p-value that G clusters can reach when half of them are treated: 2/C(G, G/2). */
    public static double smallestPValue(int clusters) {
        return 2 / CombinatoricsUtils.binomialCoefficientDouble(clusters, clusters / 2);
    }

    /** The same of units in two arms of any sizes: of equal ones every difference has its mirror image. */
    public static double smallestPValue(long control, long treatment) {
        double log = Gamma.logGamma(control + 1.0)
                + Gamma.logGamma(treatment + 1.0)
                - Gamma.logGamma((double) control + treatment + 1);
        return Math.min(1, (control == treatment ? 2 : 1) * Math.exp(log));
    }

    /** The test over clusters that had visits. */
    public Computable<RandomizationResult> test(List<Cluster> all) {
        List<Cluster> clusters = visited(all);
        int treated = treated(clusters);
        double smallest = smallestPValue(clusters.size(), treated);
        return smallest > significance.alpha() && treated > 0 && treated < clusters.size()
                ? Computable.notComputable(
                        "too_few_clusters",
                        String.format(
                                Locale.ROOT,
                                "With %d clusters, %d of them treated, no assignment can give a p-value below %.4f.",
                                clusters.size(),
                                treated,
                                smallest))
                : permute(all);
    }

    /** The same count without the refusal, for those who show the p-value beside the reason not to act on it. */
    public Computable<RandomizationResult> permute(List<Cluster> all) {
        List<Cluster> clusters = visited(all);
        int treated = treated(clusters);
        if (treated == 0 || treated == clusters.size()) {
            return Computable.notComputable("not_enough_data", "An arm has no cluster with visits.");
        }
        if (!hasVisits(clusters, true) || !hasVisits(clusters, false)) {
            return Computable.notComputable("not_enough_data", "An arm has no visits.");
        }
        Permutation permutation = new Permutation(clusters, treated);
        return Computable.of(
                CombinatoricsUtils.binomialCoefficientDouble(clusters.size(), treated) <= MOST_ASSIGNMENTS
                        ? permutation.enumerate()
                        : permutation.sample(seed));
    }

    private List<Cluster> visited(List<Cluster> all) {
        return all.stream()
                .filter(c -> statistic == Statistic.POOLED ? !c.isEmpty() : c.n() > 0)
                .toList();
    }

    private static boolean hasVisits(List<Cluster> clusters, boolean treated) {
        return clusters.stream().anyMatch(c -> c.treated() == treated && c.n() > 0);
    }

    private static int treated(List<Cluster> clusters) {
        return (int) clusters.stream().filter(Cluster::treated).count();
    }

    private double smallestPValue(int clusters, int treated) {
        boolean mirrored = significance.alternative() == Alternative.TWO_SIDED && 2 * treated == clusters;
        return (mirrored ? 2 : 1) / CombinatoricsUtils.binomialCoefficientDouble(clusters, treated);
    }

    /** One run: the values per cluster and the tally. */
    private final class Permutation {
        private final double[] n;
        private final double[] sum;
        private final int treated;
        private final boolean treatedIsSmaller;
        private final double totalN;
        private final double totalSum;
        private final double observed;
        private final double threshold;
        private long extreme;
        private long seen;

        Permutation(List<Cluster> clusters, int treated) {
            boolean pooled = statistic == Statistic.POOLED;
            this.n = clusters.stream().mapToDouble(c -> pooled ? c.n() : 1).toArray();
            this.sum = clusters.stream()
                    .mapToDouble(c -> pooled ? c.sum() : c.mean())
                    .toArray();
            this.treated = treated;
            this.treatedIsSmaller = 2L * treated <= n.length;
            double allN = 0;
            double allSum = 0;
            double treatedN = 0;
            double treatedSum = 0;
            for (int g = 0; g < n.length; g++) {
                allN += n[g];
                allSum += sum[g];
                treatedN += clusters.get(g).treated() ? n[g] : 0;
                treatedSum += clusters.get(g).treated() ? sum[g] : 0;
            }
            this.totalN = allN;
            this.totalSum = allSum;
            this.observed = statistic(treatedN, treatedSum);
            // ties must count as ties whatever order the sums were added in
            double size = Arrays.stream(sum).map(Math::abs).sum() / totalN;
            this.threshold = oriented(observed) - 1e-9 * Math.max(Math.abs(observed), 1e-3 * size);
        }

        private double statistic(double treatedN, double treatedSum) {
            return treatedSum / treatedN - (totalSum - treatedSum) / (totalN - treatedN);
        }

        private double oriented(double value) {
            return switch (significance.alternative()) {
                case TWO_SIDED -> Math.abs(value);
                case GREATER -> value;
                case LESS -> -value;
            };
        }

        private void count(double treatedN, double treatedSum) {
            seen++;
            if (oriented(statistic(treatedN, treatedSum)) >= threshold) {
                extreme++;
            }
        }

        /** Walks over the smaller arm: as deep as it is large, and one control among thousands is one level deep. */
        RandomizationResult enumerate() {
            descend(0, treatedIsSmaller ? treated : n.length - treated, 0, 0);
            return RandomizationResult.of(observed, extreme, seen, true);
        }

        private void descend(int next, int left, double chosenN, double chosenSum) {
            if (left == 0) {
                if (treatedIsSmaller) {
                    count(chosenN, chosenSum);
                } else {
                    count(totalN - chosenN, totalSum - chosenSum);
                }
                return;
            }
            for (int g = next; g <= n.length - left; g++) {
                descend(g + 1, left - 1, chosenN + n[g], chosenSum + sum[g]);
            }
        }

        RandomizationResult sample(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            for (int draw = 0; draw < DRAWS; draw++) {
                drawOne(random);
            }
            return RandomizationResult.of(observed, extreme + 1, seen + 1, false);
        }

        /** Selection sampling: each cluster is taken with the chance that the remaining places leave it. */
        private void drawOne(SplittableRandom random) {
            double treatedN = 0;
            double treatedSum = 0;
            int left = treated;
            for (int g = 0; g < n.length; g++) {
                if (random.nextInt(n.length - g) < left) {
                    treatedN += n[g];
                    treatedSum += sum[g];
                    left--;
                }
            }
            count(treatedN, treatedSum);
        }
    }
}
