package org.showroomlab.stats.clusters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.Oracles;

class RandomizationTestTest {
    /** R, full enumeration of C(12, 6) assignments. */
    @Test
    void exactRandomisation() {
        JsonNode o = Oracles.method("cl.ri.exact");
        List<Cluster> clusters = OracleClusters.visits(o.get("inputs"));
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

    /** One control against many treated, and the mirror image: the enumeration is as deep as the smaller arm. */
    @Test
    void oneAgainstManyIsEnumerated() {
        int many = 20_000;
        List<Cluster> oneControl = new ArrayList<>();
        List<Cluster> oneTreated = new ArrayList<>();
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
            List<Cluster> clusters = new ArrayList<>();
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
                .isCloseTo(
                        ClusterRobustTest.withDefaults()
                                .difference(many)
                                .orElseThrow()
                                .pValue(),
                        within(0.02));
        assertThat(RandomizationTest.withDefaults().test(many))
                .isEqualTo(RandomizationTest.withDefaults().test(many));
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
}
