package org.showroomlab.stats.calibration;

import static org.showroomlab.stats.calibration.Scenario.Mistake.FALSE_ALARM;
import static org.showroomlab.stats.calibration.Scenario.Mistake.MISSED_TRUTH;
import static org.showroomlab.stats.calibration.Scenario.approximate;
import static org.showroomlab.stats.calibration.Scenario.conservative;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.showroomlab.stats.clusters.Cluster;
import org.showroomlab.stats.clusters.ClusterMeansTest;
import org.showroomlab.stats.clusters.ClusterRobustTest;
import org.showroomlab.stats.clusters.RandomizationTest;
import org.showroomlab.stats.clusters.SwitchbackTest;
import org.showroomlab.stats.clusters.WildClusterBootstrap;
import org.showroomlab.stats.quantile.Histogram;
import org.showroomlab.stats.quantile.QuantileEstimate;
import org.showroomlab.stats.quantile.WoodruffQuantile;

/** Few edge caches or showrooms of unequal size. */
final class ClusterScenarios {

    private static final String TWELVE = "12 caches of 500 to 3,000 views, intracluster correlation .01";
    private static final double[] EDGES = logarithmicEdges();

    private ClusterScenarios() {}

    static List<Scenario> all() {
        return List.of(
                new Scenario(
                        "cr2",
                        TWELVE,
                        FALSE_ALARM,
                        0.05,
                        0.03,
                        0.07,
                        r -> VisitorScenarios.claims(
                                ClusterRobustTest.withDefaults().difference(clusters(r, 12, 0)))),
                new Scenario(
                        "cr2",
                        TWELVE + ", true effect .1 sd",
                        MISSED_TRUTH,
                        0.05,
                        0.03,
                        0.07,
                        r -> VisitorScenarios.misses(
                                ClusterRobustTest.withDefaults().difference(clusters(r, 12, 0.1)), 0.1)),
                approximate(
                        "cr2",
                        "40 caches otherwise alike",
                        FALSE_ALARM,
                        r -> VisitorScenarios.claims(
                                ClusterRobustTest.withDefaults().difference(clusters(r, 40, 0)))),
                approximate(
                        "welch_means",
                        TWELVE,
                        FALSE_ALARM,
                        r -> VisitorScenarios.claims(
                                ClusterMeansTest.withDefaults().difference(clusters(r, 12, 0)))),
                conservative(
                        "randomization",
                        TWELVE,
                        FALSE_ALARM,
                        r -> RandomizationTest.withDefaults()
                                        .test(clusters(r, 12, 0))
                                        .orElseThrow()
                                        .pValue()
                                <= 0.05),
                new Scenario(
                        "wild_bootstrap",
                        TWELVE,
                        FALSE_ALARM,
                        0.05,
                        0.03,
                        0.07,
                        r -> WildClusterBootstrap.withDefaults()
                                        .test(clusters(r, 12, 0))
                                        .orElseThrow()
                                        .pValue()
                                <= 0.05),
                conservative(
                        "switchback (sign flip)",
                        "10 pairs of periods, skewed differences of alternating order",
                        FALSE_ALARM,
                        r -> SwitchbackTest.withDefaults()
                                        .signFlip(differences(r, 10))
                                        .orElseThrow()
                                        .pValue()
                                <= 0.05),
                approximate(
                        "quantile (Woodruff)",
                        "p75 of log-normal LCP, 2 % buckets, 1,000 views",
                        MISSED_TRUTH,
                        r -> misses(WoodruffQuantile.of(0.75)
                                .estimate(views(r, 1000, 0))
                                .orElseThrow())),
                new Scenario(
                        "quantile (clustered)",
                        "the same over 12 caches of 300 views that differ by 5 %",
                        MISSED_TRUTH,
                        0.05,
                        0.03,
                        0.075,
                        r -> {
                            List<Histogram> caches = new ArrayList<>();
                            for (int g = 0; g < 12; g++) {
                                caches.add(views(r, 300, 0.05 * r.nextGaussian()));
                            }
                            return misses(
                                    WoodruffQuantile.of(0.75).estimate(caches).orElseThrow());
                        }));
    }

    /** Sums drawn directly: n_g(effect + b_g) + √n_g·e_g, with b_g and e_g in the proportion of the correlation. */
    static List<Cluster> clusters(RandomGenerator random, int count, double effect) {
        double between = Math.sqrt(0.01);
        double within = Math.sqrt(0.99);
        List<Cluster> clusters = new ArrayList<>();
        for (int g = 0; g < count; g++) {
            double n = 500 + random.nextInt(2500);
            double mean = (g % 2 == 0 ? effect : 0) + between * random.nextGaussian();
            clusters.add(new Cluster(n, n * mean + within * Math.sqrt(n) * random.nextGaussian(), g % 2 == 0));
        }
        return clusters;
    }

    /** A skewed difference between two periods, whose sign is that of a coin. */
    private static double[] differences(RandomGenerator random, int pairs) {
        double[] differences = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            double apart = Math.exp(random.nextGaussian());
            differences[i] = random.nextBoolean() ? apart : -apart;
        }
        return differences;
    }

    private static Histogram views(RandomGenerator random, int n, double shift) {
        double[] counts = new double[EDGES.length - 1];
        for (int i = 0; i < n; i++) {
            double lcp = Math.exp(7.4 + shift + 0.5 * random.nextGaussian());
            int bucket = (int) (Math.log(lcp / EDGES[0]) / Math.log(1.02));
            counts[Math.min(counts.length - 1, Math.max(0, bucket))]++;
        }
        return Histogram.of(EDGES, counts);
    }

    /** The p75 of exp(N(7.4, .5² + shift²)), the shift of the clusters being negligible against .5. */
    private static boolean misses(QuantileEstimate estimate) {
        double sd = Math.hypot(0.5, estimate.units() == 12 ? 0.05 : 0);
        return !estimate.ci().contains(Math.exp(7.4 + 0.6744897501960817 * sd));
    }

    private static double[] logarithmicEdges() {
        double[] edges = new double[300];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = 100 * Math.pow(1.02, i);
        }
        return edges;
    }
}
