package org.showroomlab.stats.clusters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Oracles;

class ClusterTestsTest {

    private static final ClusterRobustTest CR2 = ClusterRobustTest.withDefaults();

    /** The closed form against clubSandwich 0.5.8 (first oracle) and algebra (second). */
    @Test
    void cr2FromTotals() {
        for (String id : List.of("cl.cr2.closedform", "cl.cr2.balanced")) {
            JsonNode o = Oracles.method(id);
            Effect effect = CR2.difference(totals(o.get("inputs"))).orElseThrow();
            JsonNode expected = o.get("expected");
            assertThat(effect.estimate()).isCloseTo(expected.get("estimate").asDouble(), within(1e-9));
            assertThat(effect.stdError()).isCloseTo(expected.get("se").asDouble(), within(1e-9));
            assertThat(effect.df().orElseThrow()).isCloseTo(expected.get("df").asDouble(), within(1e-9));
        }
    }

    /** R clubSandwich on lm(y ~ treat). */
    @Test
    void cr2AgreesWithR() {
        for (JsonNode c : Oracles.peer("r_cluster_robust")) {
            JsonNode expected = c.get("expected");
            Effect effect = CR2.difference(rows(c.get("input"))).orElseThrow();
            assertThat(effect.estimate()).isCloseTo(expected.get("estimate").asDouble(), within(1e-10));
            assertThat(effect.stdError()).isCloseTo(expected.get("se_CR2").asDouble(), within(1e-10));
            assertThat(effect.df().orElseThrow())
                    .isCloseTo(expected.get("df_CR2_satterthwaite").asDouble(), within(1e-8));
            assertThat(effect.pValue()).isCloseTo(expected.get("p_CR2").asDouble(), within(1e-10));
            JsonNode ci = expected.get("estimatr_CR2").get("ci");
            assertThat(effect.ci().low()).isCloseTo(ci.get(0).asDouble(), within(1e-8));
            assertThat(effect.ci().high()).isCloseTo(ci.get(1).asDouble(), within(1e-8));
        }
    }

    /** R t.test on tapply means. */
    @Test
    void welchOnClusterMeans() {
        JsonNode o = Oracles.method("cl.welch.means");
        Effect effect = ClusterMeansTest.withDefaults()
                .difference(visits(o.get("inputs")))
                .orElseThrow();
        JsonNode expected = o.get("expected");
        assertThat(effect.estimate() / effect.stdError())
                .isCloseTo(expected.get("t").asDouble(), within(1e-6));
        assertThat(effect.df().orElseThrow()).isCloseTo(expected.get("df").asDouble(), within(1e-6));
        assertThat(effect.pValue()).isCloseTo(expected.get("p").asDouble(), within(1e-6));
    }

    /** R, full enumeration of C(12, 6) assignments. */
    @Test
    void exactRandomisation() {
        JsonNode o = Oracles.method("cl.ri.exact");
        List<Cluster> clusters = visits(o.get("inputs"));
        JsonNode expected = o.get("expected");
        RandomizationTest test = RandomizationTest.withDefaults();
        matches(test.test(clusters).orElseThrow(), expected.get("pooled_ratio"));
        matches(
                test.with(RandomizationTest.Statistic.CLUSTER_MEANS)
                        .test(clusters)
                        .orElseThrow(),
                expected.get("unweighted_means"));
    }

    private static void matches(RandomizationResult result, JsonNode expected) {
        assertThat(result.of()).isEqualTo(924);
        assertThat(result.exact()).isTrue();
        assertThat(result.count()).isEqualTo(expected.get("count").asLong());
        assertThat(result.estimate()).isCloseTo(expected.get("obs").asDouble(), within(1e-6));
        assertThat(result.pValue()).isCloseTo(expected.get("p").asDouble(), within(1e-9));
    }

    @Test
    void theFloorOfAnExactTest() {
        JsonNode o = Oracles.method("cl.ri.floor");
        for (int i = 0; i < 4; i++) {
            assertThat(RandomizationTest.smallestPValue(
                            o.get("inputs").get("G").get(i).asInt()))
                    .isCloseTo(o.get("expected").get("min_p").get(i).asDouble(), within(1e-12));
        }
    }

    @Test
    void sixClustersInParallelAreRefused() {
        List<Cluster> six = new ArrayList<>();
        for (int g = 0; g < 6; g++) {
            six.add(new Cluster(100, 100 + g, g % 2 == 0));
        }
        assertThat(RandomizationTest.withDefaults().test(six).code()).contains("too_few_clusters");
        assertThat(CR2.difference(six.subList(0, 4)).code()).contains("too_few_clusters");
        assertThat(CR2.difference(six.subList(0, 2)).code()).contains("too_few_clusters");
        assertThat(WildClusterBootstrap.withDefaults().test(six.subList(0, 2)).code())
                .contains("too_few_clusters");
    }

    /** One control against many treated, and the mirror image: the enumeration is as deep as the smaller arm. */
    @Test
    void oneAgainstManyIsEnumerated() {
        int many = 20_000;
        java.util.List<Cluster> oneControl = new java.util.ArrayList<>();
        java.util.List<Cluster> oneTreated = new java.util.ArrayList<>();
        for (int g = 0; g <= many; g++) {
            oneControl.add(new Cluster(10, g, g != many));
            oneTreated.add(new Cluster(10, g, g == many));
        }
        RandomizationResult a =
                RandomizationTest.withDefaults().test(oneControl).orElseThrow();
        RandomizationResult b =
                RandomizationTest.withDefaults().test(oneTreated).orElseThrow();
        assertThat(a.of()).isEqualTo(many + 1L);
        assertThat(a.count()).isEqualTo(2);
        assertThat(b.count()).isEqualTo(2);
        assertThat(a.estimate()).isCloseTo(-b.estimate(), within(1e-9));
    }

    /** Unequal arms, either way round, by brute force over all subsets of nine clusters. */
    @Test
    void unequalArmsByBruteForce() {
        double[] n = {5, 4, 6, 5, 5, 3, 7, 5, 4};
        double[] sum = {12, 8, 19, 11, 13, 6, 15, 12, 8};
        for (int treated : new int[] {2, 7}) {
            java.util.List<Cluster> clusters = new java.util.ArrayList<>();
            for (int g = 0; g < 9; g++) {
                clusters.add(new Cluster((long) n[g], sum[g], g < treated));
            }
            long extreme = 0;
            long all = 0;
            double observed = Math.abs(differenceOf(n, sum, (1 << treated) - 1));
            for (int mask = 0; mask < 512; mask++) {
                if (Integer.bitCount(mask) == treated) {
                    all++;
                    extreme += Math.abs(differenceOf(n, sum, mask)) >= observed - 1e-9 ? 1 : 0;
                }
            }
            RandomizationResult result =
                    RandomizationTest.withDefaults().test(clusters).orElseThrow();
            assertThat(result.of()).isEqualTo(all);
            assertThat(result.count()).isEqualTo(extreme);
        }
    }

    private static double differenceOf(double[] n, double[] sum, int mask) {
        double[] totals = new double[4];
        for (int g = 0; g < n.length; g++) {
            int arm = (mask >> g) & 1;
            totals[arm] += n[g];
            totals[2 + arm] += sum[g];
        }
        return totals[3] / totals[1] - totals[2] / totals[0];
    }

    @Test
    void aSampledTestIsNearTheExactOne() {
        List<Cluster> many = new ArrayList<>();
        for (int g = 0; g < 30; g++) {
            many.add(new Cluster(10 + g % 3, 20 + g * 1.7 % 5 + (g % 2 == 0 ? 2 : 0), g % 2 == 0));
        }
        RandomizationResult sampled =
                RandomizationTest.withDefaults().test(many).orElseThrow();
        assertThat(sampled.exact()).isFalse();
        assertThat(sampled.pValue())
                .isCloseTo(CR2.difference(many).orElseThrow().pValue(), within(0.02));
        assertThat(RandomizationTest.withDefaults().test(many))
                .isEqualTo(RandomizationTest.withDefaults().test(many));
    }

    /** The incremental sums against the definition, over all 2^12 sign patterns. */
    @Test
    void wildBootstrapByDefinition() {
        List<Cluster> clusters = totals(Oracles.method("cl.cr2.closedform").get("inputs"));
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

    @Test
    void webbForFewClusters() {
        List<Cluster> eight =
                totals(Oracles.method("cl.cr2.closedform").get("inputs")).subList(0, 8);
        RandomizationResult result =
                WildClusterBootstrap.withDefaults().test(eight).orElseThrow();
        assertThat(result.exact()).isFalse();
        assertThat(result.pValue())
                .isCloseTo(CR2.withSmallestDf(0).difference(eight).orElseThrow().pValue(), within(0.1));
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

    private static double oriented(double value, Alternative alternative) {
        return switch (alternative) {
            case TWO_SIDED -> Math.abs(value);
            case GREATER -> value;
            case LESS -> -value;
        };
    }

    /** With values 0 and 1 the sampled test is Fisher's: hypergeometric, here R phyper(19, 20, 20, 26, lower = FALSE) = P(X >= 16). */
    @Test
    void sampledRandomisationIsHypergeometric() {
        List<Cluster> clusters = new ArrayList<>();
        int treatedOnes = 16;
        for (int g = 0; g < 40; g++) {
            boolean treated = g < 26;
            boolean one = treated ? g < treatedOnes : g < 26 + 20 - treatedOnes;
            clusters.add(new Cluster(1, one ? 1 : 0, treated));
        }
        HypergeometricDistribution hits = HypergeometricDistribution.of(40, 20, 26);
        double greater = 0;
        for (int x = treatedOnes; x <= 20; x++) {
            greater += hits.probability(x);
        }
        RandomizationTest test = RandomizationTest.withDefaults();
        RandomizationResult up = test.with(Alternative.GREATER).test(clusters).orElseThrow();
        assertThat(up.exact()).isFalse();
        assertThat(up.of()).isEqualTo(100_000);
        assertThat(up.pValue()).isCloseTo(greater, within(0.003));
        assertThat(test.with(Alternative.LESS).test(clusters).orElseThrow().pValue())
                .isCloseTo(1 - greater + hits.probability(treatedOnes), within(0.003));
        assertThat(test.test(clusters).orElseThrow().pValue()).isCloseTo(2 * greater, within(0.005));
        assertThat(test.withSeed(3)
                        .with(Alternative.GREATER)
                        .test(clusters)
                        .orElseThrow()
                        .count())
                .isNotEqualTo(up.count());
    }

    /** Equal differences make the sign-flip test binomial: 21 of 30 pairs up. */
    @Test
    void sampledSignFlipIsBinomial() {
        double[] differences = new double[30];
        java.util.Arrays.setAll(differences, i -> i < 21 ? 2 : -2);
        BinomialDistribution ups = BinomialDistribution.of(30, 0.5);
        double greater = ups.survivalProbability(20);
        SwitchbackTest test = SwitchbackTest.withDefaults();
        RandomizationResult up =
                test.with(Alternative.GREATER).signFlip(differences).orElseThrow();
        assertThat(up.exact()).isFalse();
        assertThat(up.of()).isEqualTo(100_000);
        assertThat(up.pValue()).isCloseTo(greater, within(0.003));
        assertThat(test.with(Alternative.LESS)
                        .signFlip(differences)
                        .orElseThrow()
                        .pValue())
                .isCloseTo(ups.cumulativeProbability(21), within(0.003));
        assertThat(test.signFlip(differences).orElseThrow().pValue()).isCloseTo(2 * greater, within(0.004));
        assertThat(test.withSeed(9)
                        .with(Alternative.GREATER)
                        .signFlip(differences)
                        .orElseThrow()
                        .count())
                .isNotEqualTo(up.count());
        double[] few = java.util.Arrays.copyOf(differences, 22);
        assertThat(test.with(Alternative.LESS).signFlip(few).orElseThrow().exact())
                .isTrue();
        assertThat(test.signFlip(java.util.Arrays.copyOf(differences, 23))
                        .orElseThrow()
                        .exact())
                .isFalse();
    }

    /** The same of many pairs, more than a single draw of random bits is good for. */
    @Test
    void manySampledSignsAreBinomial() {
        double[] differences = new double[203];
        java.util.Arrays.setAll(differences, i -> i < 112 ? 2 : -2);
        BinomialDistribution ups = BinomialDistribution.of(203, 0.5);
        SwitchbackTest test = SwitchbackTest.withDefaults();
        assertThat(test.with(Alternative.GREATER)
                        .signFlip(differences)
                        .orElseThrow()
                        .pValue())
                .isCloseTo(ups.survivalProbability(111), within(0.004));
        assertThat(test.with(Alternative.LESS)
                        .signFlip(differences)
                        .orElseThrow()
                        .pValue())
                .isCloseTo(ups.cumulativeProbability(112), within(0.004));
    }

    /** All sign patterns, one by one. */
    @Test
    void signFlipByDefinition() {
        double[] d = {1, 2, 3, 4, -5, 2.5, 0.5};
        for (Alternative alternative : Alternative.values()) {
            double observed = oriented(java.util.Arrays.stream(d).sum(), alternative);
            long extreme = 0;
            for (int pattern = 0; pattern < 1 << d.length; pattern++) {
                double total = 0;
                for (int i = 0; i < d.length; i++) {
                    total += (pattern >> i & 1) == 1 ? d[i] : -d[i];
                }
                extreme += oriented(total, alternative) >= observed ? 1 : 0;
            }
            RandomizationResult result =
                    SwitchbackTest.withDefaults().with(alternative).signFlip(d).orElseThrow();
            assertThat(result.count()).isEqualTo(extreme);
            assertThat(result.of()).isEqualTo(128);
        }
    }

    @Test
    void switchbackEdges() {
        SwitchbackTest test = SwitchbackTest.withDefaults();
        assertThat(test.signFlip(Double.MAX_VALUE, -Double.MAX_VALUE).code()).contains("out_of_range");
        assertThat(test.difference(3, 3, 3).code()).contains("zero_variance");
        assertThat(test.difference(3, 3.001).value()).isPresent();
        // the smallest spread that is more than rounding
        assertThat(test.difference(1e6, 1e6 + 1e-3).value()).isPresent();
    }

    /** Without the refusal the six clusters have their 2 of 20; without a second arm there is nothing to permute. */
    @Test
    void permutingWithoutTheRefusal() {
        List<Cluster> six = new ArrayList<>();
        for (int g = 0; g < 6; g++) {
            six.add(new Cluster(100, 100 + g, g >= 3));
        }
        RandomizationResult result =
                RandomizationTest.withDefaults().permute(six).orElseThrow();
        assertThat(result.count()).isEqualTo(2);
        assertThat(result.pValue()).isEqualTo(0.1);
        assertThat(RandomizationTest.withDefaults().withAlpha(0.1).test(six).value())
                .contains(result);
        assertThat(RandomizationTest.withDefaults().permute(six.subList(0, 3)).code())
                .contains("not_enough_data");
        assertThat(RandomizationTest.withDefaults().test(six.subList(3, 6)).code())
                .contains("not_enough_data");
    }

    /** R anova(lm(y ~ D + factor(cl))). */
    @Test
    void intraclusterCorrelation() {
        JsonNode o = Oracles.method("cl.icc.anova");
        List<List<ArmMoments>> arms = List.of(new ArrayList<>(), new ArrayList<>());
        for (int g = 0; g < 12; g++) {
            arms.get(o.get("inputs").get("arm").get(g).asInt())
                    .add(ArmMoments.ofValues(
                            Oracles.doubles(o.get("inputs").get("clusters").get(g))));
        }
        IntraclusterCorrelation icc = IntraclusterCorrelation.of(arms).orElseThrow();
        JsonNode expected = o.get("expected");
        assertThat(icc.betweenMeanSquare()).isCloseTo(expected.get("MSB").asDouble(), within(1e-3));
        assertThat(icc.withinMeanSquare()).isCloseTo(expected.get("MSW").asDouble(), within(1e-3));
        assertThat(icc.typicalSize()).isCloseTo(expected.get("n0").asDouble(), within(1e-9));
        assertThat(icc.icc()).isCloseTo(expected.get("icc").asDouble(), within(1e-8));
    }

    @Test
    void switchbackFlipsSigns() {
        SwitchbackTest test = SwitchbackTest.withDefaults();
        RandomizationResult result = test.signFlip(1, 2, 3, 4, 5, 6).orElseThrow();
        assertThat(result.of()).isEqualTo(64);
        assertThat(result.count()).isEqualTo(2);
        assertThat(result.estimate()).isEqualTo(3.5);
        Effect t = test.difference(1, 2, 3, 4, 5, 6).orElseThrow();
        assertThat(t.stdError()).isCloseTo(Math.sqrt(3.5 / 6), within(1e-12));
        assertThat(t.df().orElseThrow()).isEqualTo(5);
        assertThat(test.difference(1).code()).contains("not_enough_data");
        assertThat(test.signFlip().code()).contains("not_enough_data");
        double[] many = new double[40];
        java.util.Arrays.setAll(many, i -> Math.sin(i) + 0.3);
        assertThat(test.signFlip(many).orElseThrow().pValue())
                .isCloseTo(test.difference(many).orElseThrow().pValue(), within(0.02));
    }

    /** Two doses 0 and 1 are two arms. */
    @Test
    void trendOverTwoDosesIsCr2() {
        List<Cluster> clusters = totals(Oracles.method("cl.cr2.closedform").get("inputs"));
        List<DosedCluster> dosed = clusters.stream()
                .map(c -> new DosedCluster(c.treated() ? 1 : 0, c.n(), c.sum()))
                .toList();
        Effect trend = ClusterTrend.withDefaults().slope(dosed).orElseThrow();
        Effect arms = CR2.difference(clusters).orElseThrow();
        assertThat(trend.estimate()).isCloseTo(arms.estimate(), within(1e-9));
        assertThat(trend.stdError()).isCloseTo(arms.stdError(), within(1e-9));
        assertThat(trend.df().orElseThrow()).isCloseTo(arms.df().orElseThrow(), within(1e-9));
        assertThat(ClusterTrend.withDefaults().slope(dosed.subList(0, 2)).code())
                .contains("too_few_clusters");
        assertThat(ClusterTrend.withDefaults().slope(List.of()).code()).contains("not_enough_data");
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

    private static List<Cluster> totals(JsonNode in) {
        List<Cluster> clusters = new ArrayList<>();
        for (int g = 0; g < in.get("n_g").size(); g++) {
            clusters.add(new Cluster(
                    in.get("n_g").get(g).asDouble(),
                    in.get("sum_g").get(g).asDouble(),
                    in.get("arm").get(g).asInt() == 1));
        }
        return clusters;
    }

    private static List<Cluster> visits(JsonNode in) {
        List<Cluster> clusters = new ArrayList<>();
        for (int g = 0; g < in.get("clusters").size(); g++) {
            double[] y = Oracles.doubles(in.get("clusters").get(g));
            clusters.add(new Cluster(
                    y.length,
                    java.util.stream.DoubleStream.of(y).sum(),
                    in.get("arm").get(g).asInt() == 1));
        }
        return clusters;
    }

    private static List<Cluster> rows(JsonNode in) {
        Map<Integer, Cluster> clusters = new TreeMap<>();
        for (int i = 0; i < in.get("y").size(); i++) {
            Cluster row = new Cluster(
                    1, in.get("y").get(i).asDouble(), in.get("treat").get(i).asInt() == 1);
            clusters.merge(
                    in.get("cluster").get(i).asInt(),
                    row,
                    (a, b) -> new Cluster(a.n() + b.n(), a.sum() + b.sum(), a.treated()));
        }
        return List.copyOf(clusters.values());
    }
}
