package org.showroomlab.stats.clusters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Oracles;

class WildClusterBootstrapTest {
    /** The incremental sums against the definition, over all 2^12 sign patterns. */
    @Test
    void wildBootstrapByDefinition() {
        List<Cluster> clusters =
                OracleClusters.totals(Oracles.method("cl.cr2.closedform").get("inputs"));
        RandomizationResult result =
                WildClusterBootstrap.withDefaults().test(clusters).orElseThrow();
        assertThat(result.of()).isEqualTo(4096);
        double mu = clusters.stream().mapToDouble(Cluster::sum).sum()
                / clusters.stream().mapToDouble(Cluster::n).sum();
        double observed = Math.abs(t(clusters));
        long extreme = 0;
        for (int pattern = 0; pattern < 4096; pattern++) {
            List<Cluster> flipped = new ArrayList<>();
            for (int g = 0; g < 12; g++) {
                Cluster c = clusters.get(g);
                double sign = (pattern >> g & 1) == 1 ? 1 : -1;
                flipped.add(new Cluster(c.n(), mu * c.n() + sign * (c.sum() - mu * c.n()), c.treated()));
            }
            extreme += Math.abs(t(flipped)) >= observed * (1 - 1e-9) ? 1 : 0;
        }
        assertThat(result.count()).isEqualTo(extreme);
    }

    private static final double[] SIGNS = {-1, 1};
    private static final double[] WEBB = {-Math.sqrt(1.5), -1, -Math.sqrt(0.5), Math.sqrt(0.5), 1, Math.sqrt(1.5)};

    /** Arms and clusters of different size, so that no weight cancels; Webb's points up to 9 clusters, signs from 10 on. */
    @Test
    void unequalWildBootstrapByDefinition() {
        for (int clusters : new int[] {6, 10, 14}) {
            double[] points = clusters < 10 ? WEBB : SIGNS;
            List<Cluster> unequal = new ArrayList<>();
            for (int g = 0; g < clusters; g++) {
                boolean treated = g % 3 == 0;
                unequal.add(new Cluster(3 + 7 * g % 11, 5 + 13 * g % 17 + (treated ? 4 : 0), treated));
            }
            for (Alternative alternative : Alternative.values()) {
                RandomizationResult result = WildClusterBootstrap.withDefaults()
                        .with(alternative)
                        .test(unequal)
                        .orElseThrow();
                assertThat(result.exact()).isTrue();
                assertThat(result.of()).isEqualTo((long) Math.pow(points.length, clusters));
                assertThat(result.count()).isEqualTo(extreme(unequal, points, alternative));
            }
        }
    }

    private static long extreme(List<Cluster> clusters, double[] points, Alternative alternative) {
        double mu = clusters.stream().mapToDouble(Cluster::sum).sum()
                / clusters.stream().mapToDouble(Cluster::n).sum();
        double observed = oriented(t(clusters), alternative);
        long patterns = Math.round(Math.pow(points.length, clusters.size()));
        long extreme = 0;
        for (long pattern = 0; pattern < patterns; pattern++) {
            List<Cluster> weighted = new ArrayList<>();
            long rest = pattern;
            for (Cluster c : clusters) {
                double weight = points[(int) (rest % points.length)];
                rest /= points.length;
                weighted.add(new Cluster(c.n(), mu * c.n() + weight * (c.sum() - mu * c.n()), c.treated()));
            }
            extreme += oriented(t(weighted), alternative) >= observed - 1e-9 * Math.abs(observed) ? 1 : 0;
        }
        return extreme;
    }

    @Test
    void wildBootstrapNeedsTwoClustersThatDifferInAnArm() {
        WildClusterBootstrap test = WildClusterBootstrap.withDefaults();
        Cluster control = new Cluster(2, 3, false);
        Cluster treatment = new Cluster(2, 5, true);
        Cluster other = new Cluster(2, 6, true);
        assertThat(test.test(List.of(control, treatment, other)).code()).contains("too_few_clusters");
        assertThat(test.test(List.of(control, control, treatment)).code()).contains("too_few_clusters");
        assertThat(test.test(List.of(control, control, treatment, treatment)).code())
                .contains("zero_variance");
        assertThat(test.test(List.of(control, control, treatment, other)).value())
                .isPresent();
    }

    /** Means of .6 and of 1 are not equal to themselves in doubles when they are computed in different ways. */
    @Test
    void equalMeansInBothArmsAreNoSpread() {
        for (double n = 1; n <= 60; n++) {
            List<Cluster> clusters = List.of(
                    new Cluster(n, n, true),
                    new Cluster(5, 5, true),
                    new Cluster(n, 0.6 * n, false),
                    new Cluster(5, 3, false));
            assertThat(WildClusterBootstrap.withDefaults().test(clusters).code())
                    .contains("zero_variance");
        }
    }

    @Test
    void webbForFewClusters() {
        List<Cluster> eight = OracleClusters.totals(
                        Oracles.method("cl.cr2.closedform").get("inputs"))
                .subList(0, 8);
        RandomizationResult result =
                WildClusterBootstrap.withDefaults().test(eight).orElseThrow();
        assertThat(result.exact()).isFalse();
        assertThat(result.pValue())
                .isCloseTo(
                        ClusterRobustTest.withDefaults()
                                .withSmallestDf(0)
                                .difference(eight)
                                .orElseThrow()
                                .pValue(),
                        within(0.1));
        RandomizationResult six =
                WildClusterBootstrap.withDefaults().test(eight.subList(0, 6)).orElseThrow();
        assertThat(six.of()).isEqualTo(46656);
    }

    /** Beyond 14 clusters signs are drawn: near all 2^15 of them by definition. */
    @Test
    void sampledWildBootstrap() {
        List<Cluster> clusters = new ArrayList<>();
        for (int g = 0; g < 15; g++) {
            clusters.add(new Cluster(5 + g % 4, 10 + g * 3.7 % 9 + (g % 2 == 0 ? 2.5 : 0), g % 2 == 0));
        }
        for (Alternative alternative : Alternative.values()) {
            WildClusterBootstrap test = WildClusterBootstrap.withDefaults().with(alternative);
            RandomizationResult result = test.test(clusters).orElseThrow();
            assertThat(result.exact()).isFalse();
            assertThat(result.of()).isEqualTo(10_000);
            assertThat(result.pValue()).isCloseTo(signs(clusters, alternative), within(0.02));
            assertThat(test.test(clusters)).isEqualTo(Computable.of(result));
            assertThat(test.withSeed(2).test(clusters).orElseThrow().count()).isNotEqualTo(result.count());
        }
    }

    private static double signs(List<Cluster> clusters, Alternative alternative) {
        double mu = clusters.stream().mapToDouble(Cluster::sum).sum()
                / clusters.stream().mapToDouble(Cluster::n).sum();
        double observed = oriented(t(clusters), alternative);
        int all = 1 << clusters.size();
        int extreme = 0;
        for (int pattern = 0; pattern < all; pattern++) {
            List<Cluster> flipped = new ArrayList<>();
            for (int g = 0; g < clusters.size(); g++) {
                Cluster c = clusters.get(g);
                double sign = (pattern >> g & 1) == 1 ? 1 : -1;
                flipped.add(new Cluster(c.n(), mu * c.n() + sign * (c.sum() - mu * c.n()), c.treated()));
            }
            extreme += oriented(t(flipped), alternative) >= observed - 1e-9 * Math.abs(observed) ? 1 : 0;
        }
        return (double) extreme / all;
    }

    static double oriented(double value, Alternative alternative) {
        return switch (alternative) {
            case TWO_SIDED -> Math.abs(value);
            case GREATER -> value;
            case LESS -> -value;
        };
    }

    private static double t(List<Cluster> clusters) {
        double estimate = 0;
        double variance = 0;
        for (boolean treated : new boolean[] {false, true}) {
            ClusterArm arm = ClusterArm.of(clusters, treated);
            estimate += treated ? arm.mean() : -arm.mean();
            for (int g = 0; g < arm.size(); g++) {
                variance += Math.pow(arm.residual(g) / arm.totalN(), 2);
            }
        }
        return estimate / Math.sqrt(variance);
    }
}
