package org.showroomlab.stats.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.arms.Proportion;
import org.showroomlab.stats.arms.ProportionTest;
import org.showroomlab.stats.clusters.Cluster;
import org.showroomlab.stats.clusters.ClusterRobustTest;
import org.showroomlab.stats.clusters.RandomizationTest;
import org.showroomlab.stats.health.SampleRatioMismatch;
import org.showroomlab.stats.many.ComparisonWithBest;
import org.showroomlab.stats.monitoring.GroupSequential;
import org.showroomlab.stats.price.PriceArm;

/**
 * The eight traps, each from its data to its verdict: a naive analysis of every one of them claims a significant success, and
 * the platform neither ships nor rolls back.
 */
class EightTrapsTest {

    /** Visitors of whom 15 and 10 per cent buy: on its own this ships. */
    private static final Computable<Effect> SIGNIFICANT =
            ProportionTest.withDefaults().difference(new Proportion(1000, 100), new Proportion(1000, 150));

    @Test
    void withoutATrapItShips() {
        assertThat(DecisionRule.decide(evidence(SIGNIFICANT)).decision()).isEqualTo(Decision.SHIP);
    }

    @Test
    void sampleRatioMismatch() {
        double p = SampleRatioMismatch.test(new long[] {1000, 1180}, new double[] {1, 1})
                .orElseThrow()
                .pValue();
        caught(new Finding.SampleRatio(p, "a 1000, b 1180"), "srm", Decision.BLOCKED);
    }

    /** Three against three: even total separation has p = 2/20, so the exact test refuses whatever Welch over visits says. */
    @Test
    void sixClustersInParallel() {
        List<Cluster> six = new ArrayList<>();
        for (int g = 0; g < 6; g++) {
            six.add(new Cluster(1000, g < 3 ? 100 + g : 150 + g, g >= 3));
        }
        assertThat(RandomizationTest.withDefaults().test(six).code()).contains("too_few_clusters");
        double smallest = RandomizationTest.smallestPValue(6);
        caught(new Finding.TooFewClusters(6, 8, smallest), "too_few_clusters", Decision.BLOCKED);
    }

    /** Twelve caches that differ: per visitor p = .0014, per cache nothing is shown, and the wrong unit blocks. */
    @Test
    void visitorsOfACacheRandomisedTest() {
        long[] buyers = {80, 120, 95, 140, 70, 105, 90, 135, 100, 150, 85, 160};
        List<Cluster> caches = new ArrayList<>();
        long[] total = new long[2];
        for (int g = 0; g < 12; g++) {
            caches.add(new Cluster(1000, buyers[g], g >= 6));
            total[g >= 6 ? 1 : 0] += buyers[g];
        }
        Effect naive = ProportionTest.withDefaults()
                .difference(new Proportion(6000, total[0]), new Proportion(6000, total[1]))
                .orElseThrow();
        assertThat(naive.pValue()).isLessThan(0.002);
        Effect honest = ClusterRobustTest.withDefaults().difference(caches).orElseThrow();
        assertThat(honest.pValue()).isGreaterThan(0.05);
        Verdict verdict =
                DecisionRule.decide(evidence(Computable.of(naive)).with(new Finding.WrongUnit("visitor", "cache")));
        assertThat(verdict.decision()).isEqualTo(Decision.BLOCKED);
        assertThat(verdict.reasons().get(0).text()).contains("visitor", "cache");
    }

    /** Buy rates .15 and .10 on a shared stock of 100: the sales difference is only who came first. */
    @Test
    void sharedStockSoldOut() {
        caught(new Finding.SharedStockSoldOut(List.of("lisbon/lamp")), "shared_stock_sold_out", Decision.BLOCKED);
    }

    /** Five per cent of the control's outcomes are late, and a fifth of the treatment's. */
    @Test
    void differentialLateness() {
        double p = ProportionTest.withDefaults()
                .difference(new Proportion(1000, 50), new Proportion(1000, 200))
                .orElseThrow()
                .pValue();
        caught(new Finding.DifferentialLateness(0.05, 0.2, p), "differential_lateness", Decision.BLOCKED);
    }

    @Test
    void immatureCohorts() {
        caught(new Finding.ImmatureCohorts(400, 2000, 72), "immature_cohorts", Decision.KEEP_RUNNING);
    }

    /** Six prices whose revenues per visitor lie within each other's noise. */
    @Test
    void sixPricesNotSeparated() {
        List<ArmEstimate> revenue = new ArrayList<>();
        long[] buyers = {110, 101, 92, 85, 79, 74};
        for (int i = 0; i < 6; i++) {
            revenue.add(new PriceArm(4.99 + 0.5 * i, 2000, buyers[i]).revenuePerVisitor());
        }
        long could = ComparisonWithBest.of(revenue, 0.05).orElseThrow().stream()
                .filter(ComparisonWithBest::couldBeBest)
                .count();
        assertThat(could).isGreaterThan(1);
        caught(new Finding.ArmsNotSeparated((int) could, 6), "arms_not_separated", Decision.REVIEW);
    }

    /** z = 2.2 at half time: a fixed horizon does not look, and the planned look asks for 2.96. */
    @Test
    void peeking() {
        Verdict fixed = DecisionRule.decide(VerdictInput.running(metrics(SIGNIFICANT)));
        assertThat(fixed.decision()).isEqualTo(Decision.KEEP_RUNNING);
        assertThat(fixed.reasons().get(0).code()).isEqualTo("peeking");
        Effect weak = org.showroomlab.stats.Significance.DEFAULT.normal(2.2, 1);
        double nominal = GroupSequential.withDefaults().boundaries(0.5, 1).nominalTwoSidedAlpha(0);
        Verdict planned = DecisionRule.decide(VerdictInput.running(metrics(Computable.of(weak)))
                .decidingEarly()
                .withAlpha(nominal));
        assertThat(planned.decision()).isEqualTo(Decision.KEEP_RUNNING);
    }

    private static void caught(Finding trap, String code, Decision decision) {
        Verdict verdict = DecisionRule.decide(evidence(SIGNIFICANT).with(trap));
        assertThat(verdict.decision()).isEqualTo(decision);
        assertThat(verdict.reasons().get(0).code()).isEqualTo(code);
        assertThat(verdict.reasons().get(0).text()).matches("(?s).*([0-9]|lisbon).*\\.");
    }

    private static VerdictInput evidence(Computable<Effect> difference) {
        return VerdictInput.ended(metrics(difference));
    }

    private static List<MetricEvidence> metrics(Computable<Effect> difference) {
        return List.of(MetricEvidence.success("conversion", "b", Goal.INCREASE, difference));
    }
}
