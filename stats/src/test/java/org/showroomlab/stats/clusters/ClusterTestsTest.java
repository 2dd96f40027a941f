package org.showroomlab.stats.clusters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Oracles;

class ClusterTestsTest {
    private static final ClusterRobustTest CR2 = ClusterRobustTest.withDefaults();

    /** The closed form against clubSandwich 0.5.8 (first oracle) and algebra (second). */
    @Test
    void cr2FromTotals() {
        for (String id : List.of("cl.cr2.closedform", "cl.cr2.balanced")) {
            JsonNode o = Oracles.method(id);
            Effect effect =
                    CR2.difference(OracleClusters.totals(o.get("inputs"))).orElseThrow();
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
            Effect effect = CR2.difference(OracleClusters.rows(c.get("input"))).orElseThrow();
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
                .difference(OracleClusters.visits(o.get("inputs")))
                .orElseThrow();
        JsonNode expected = o.get("expected");
        assertThat(effect.estimate() / effect.stdError())
                .isCloseTo(expected.get("t").asDouble(), within(1e-6));
        assertThat(effect.df().orElseThrow()).isCloseTo(expected.get("df").asDouble(), within(1e-6));
        assertThat(effect.pValue()).isCloseTo(expected.get("p").asDouble(), within(1e-6));
    }

    /**
     * A showroom with sales and no visits belongs to the ratio of sums, (30 + 50 + 20)/(10 + 20 + 0), and its own deviation to
     * the variance; of the degrees of freedom it has none.
     */
    @Test
    void aClusterWithoutADenominatorCounts() {
        List<Cluster> clusters = new ArrayList<>(List.of(
                new Cluster(10, 30, false),
                new Cluster(20, 50, false),
                new Cluster(0, 20, false),
                new Cluster(10, 10, true),
                new Cluster(10, 12, true),
                new Cluster(10, 11, true)));
        ClusterRobustTest any = CR2.withSmallestDf(0);
        Effect effect = any.difference(clusters).orElseThrow();
        assertThat(effect.estimate()).isCloseTo(33.0 / 30 - 100.0 / 30, within(1e-12));
        double mean = 100.0 / 30;
        double control = Math.pow(30 - 10 * mean, 2) / (30 * 20.0)
                + Math.pow(50 - 20 * mean, 2) / (30 * 10.0)
                + 20 * 20 / (30 * 30.0);
        double treated = 2 / (30 * 20.0);
        assertThat(effect.stdError()).isCloseTo(Math.sqrt(control + treated), within(1e-12));
        assertThat(RandomizationTest.withDefaults()
                        .permute(clusters)
                        .orElseThrow()
                        .of())
                .isEqualTo(20);
        clusters.remove(1);
        assertThat(any.difference(clusters).code()).contains("too_few_clusters");
        assertThat(new Cluster(0, 0, true).isEmpty()).isTrue();
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

    /** Sums that are not exact in binary leave residuals of some 1e-17. */
    @Test
    void clustersOfOneMeanHaveNoSpread() {
        double[][] control = {{3, .3}, {7, .7}, {11, 1.1}, {5, .5}, {9, .9}, {13, 1.3}};
        double[][] treatment = {{4, .8}, {6, 1.2}, {10, 2.0}, {8, 1.6}, {12, 2.4}, {14, 2.8}};
        List<Cluster> clusters = new ArrayList<>();
        for (int g = 0; g < 6; g++) {
            clusters.add(new Cluster(control[g][0], control[g][1], false));
            clusters.add(new Cluster(treatment[g][0], treatment[g][1], true));
        }
        assertThat(CR2.difference(clusters).code()).contains("zero_variance");
        assertThat(ClusterMeansTest.withDefaults().difference(clusters).code()).contains("zero_variance");
        List<DosedCluster> dosed = clusters.stream()
                .map(c -> new DosedCluster(c.treated() ? 1 : 0, c.n(), c.sum()))
                .toList();
        assertThat(ClusterTrend.withDefaults().slope(dosed).code()).contains("zero_variance");
    }

    @Test
    void anArmWithoutVisitsCannotBePermuted() {
        List<Cluster> clusters = List.of(
                new Cluster(0, 4, true), new Cluster(0, 2, true), new Cluster(3, 4, false), new Cluster(2, 1, false));
        assertThat(RandomizationTest.withDefaults().permute(clusters).code()).contains("not_enough_data");
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
        List<List<ArmMoments>> withAnEmptyArm = new ArrayList<>(arms);
        withAnEmptyArm.add(List.of(ArmMoments.ofValues()));
        assertThat(IntraclusterCorrelation.of(withAnEmptyArm).orElseThrow()).isEqualTo(icc);
    }

    /** Two doses 0 and 1 are two arms. */
    @Test
    void trendOverTwoDosesIsCr2() {
        List<Cluster> clusters =
                OracleClusters.totals(Oracles.method("cl.cr2.closedform").get("inputs"));
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
}
