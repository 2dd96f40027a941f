package org.showroomlab.stats.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Oracles;
import org.showroomlab.stats.Significance;

class DecisionRuleTest {

    private static final MetricEvidence BETTER = success("conversion", 4);
    private static final MetricEvidence UNCLEAR = success("basket", 1);
    private static final MetricEvidence WORSE = success("revenue", -4);
    private static final MetricEvidence HELD = guardrail(0, 0.05);
    private static final MetricEvidence NOT_SHOWN = guardrail(-0.04, 0.05);
    private static final MetricEvidence HARMED = guardrail(-0.06, 0.05);

    @Test
    void shipsOnOneSuccessWithAllGuardrails() {
        assertThat(ended(BETTER, UNCLEAR, HELD).decision()).isEqualTo(Decision.SHIP);
    }

    @Test
    void aGuardrailThatIsNotShownNeedsReview() {
        assertThat(ended(BETTER, HELD, NOT_SHOWN).decision()).isEqualTo(Decision.REVIEW);
        assertThat(codes(ended(BETTER, HELD, NOT_SHOWN))).contains("guardrail_not_shown");
    }

    @Test
    void harmRollsBack() {
        assertThat(ended(BETTER, HARMED).decision()).isEqualTo(Decision.ROLL_BACK);
        assertThat(ended(BETTER, WORSE).decision()).isEqualTo(Decision.ROLL_BACK);
    }

    /** One-sided p = .03: of one guardrail that is harm; of five a chance of one in seven. */
    @Test
    void oneOfManyGuardrailsIsHarmedAtTheLevelOfAll() {
        MetricEvidence worse = guardrail(-0.047, 0.01);
        assertThat(ended(BETTER, worse).decision()).isEqualTo(Decision.ROLL_BACK);
        Verdict many = ended(BETTER, worse, HELD, HELD, HELD, HELD);
        assertThat(many.decision()).isEqualTo(Decision.REVIEW);
        assertThat(codes(many)).contains("guardrail_not_shown");
        assertThat(ended(BETTER, HARMED, HELD, HELD, HELD, HELD).decision()).isEqualTo(Decision.ROLL_BACK);
    }

    @Test
    void nothingShownIsForAPerson() {
        assertThat(codes(ended(UNCLEAR, HELD))).containsExactly("no_effect_shown");
        assertThat(ended(UNCLEAR, HELD).decision()).isEqualTo(Decision.REVIEW);
    }

    /** z = 2.1 alone is significant; among three success metrics Holm asks for more. Guardrails do not count. */
    @Test
    void holmCountsSuccessMetricsOnly() {
        MetricEvidence weak = success("weak", 2.1);
        assertThat(ended(weak, HELD, HELD, HELD).decision()).isEqualTo(Decision.SHIP);
        assertThat(ended(weak, UNCLEAR, success("other", 0)).decision()).isEqualTo(Decision.REVIEW);
    }

    /** Three of them have a third of the level each at first; a reader sees over what a p-value is corrected, and the unit. */
    @Test
    void aReasonSaysItsUnitAndWhatItsPValueIsOver() {
        MetricEvidence faster = withUnit("lcp_p75", "b", -588.2, 11.7, new DisplayUnit(1, " ms"));
        assertThat(ended(faster).reasons().get(0).text())
                .isEqualTo("lcp_p75 (b) changed by −588 ms [−611, −565] ms, p\u00a0<\u00a0.0001, the only primary"
                        + " comparison.");
        MetricEvidence more = withUnit("bought", "b", -0.06148, 0.0202, new DisplayUnit(100, " pp"));
        assertThat(ended(more, UNCLEAR, success("other", 0)).reasons().get(0).text())
                .isEqualTo("bought (b) changed by −6.15 pp [−10.1, −2.19] pp, p\u00a0=\u00a0.0070 by Holm over the 3"
                        + " primary comparisons.");
        assertThat(ended(UNCLEAR, success("other", 0)).reasons().get(0).text())
                .isEqualTo("No primary metric changed significantly (smallest: p\u00a0=\u00a0.635 by Holm over the 2"
                        + " primary comparisons).");
    }

    /** Metrics in the order of the file, because changes of different ones cannot be compared. */
    @Test
    void theLargestImprovementComesFirst() {
        Verdict verdict = ended(
                withUnit("bought", "b", -3, 0.1, DisplayUnit.PLAIN),
                withUnit("bought", "c", -5, 0.5, DisplayUnit.PLAIN),
                withUnit("bought", "d", -4, 0.1, DisplayUnit.PLAIN),
                withUnit("paid", "b", -900, 1, DisplayUnit.PLAIN));
        assertThat(verdict.reasons()).extracting(Reason::variant).containsExactly("c", "d", "b", "b");
        assertThat(verdict.reasons()).extracting(Reason::metric).containsExactly("bought", "bought", "bought", "paid");
    }

    private static MetricEvidence withUnit(
            String id, String variant, double estimate, double stdError, DisplayUnit unit) {
        return new MetricEvidence(
                id,
                variant,
                Role.SUCCESS,
                Goal.DECREASE,
                Computable.of(Significance.DEFAULT.normal(estimate, stdError)),
                0,
                0,
                unit);
    }

    @Test
    void aFixedHorizonDoesNotDecideEarly() {
        Verdict peeked = DecisionRule.decide(VerdictInput.running(List.of(BETTER, HELD)));
        assertThat(peeked.decision()).isEqualTo(Decision.KEEP_RUNNING);
        assertThat(codes(peeked)).containsExactly("peeking");
        Verdict valid =
                DecisionRule.decide(VerdictInput.running(List.of(BETTER, HELD)).decidingEarly());
        assertThat(valid.decision()).isEqualTo(Decision.SHIP);
    }

    @Test
    void withoutAResultThereIsNoVerdict() {
        MetricEvidence none = MetricEvidence.success(
                "conversion", "b", Goal.INCREASE, Computable.notComputable("not_enough_data", "one unit"));
        assertThat(codes(ended(none))).containsExactly("not_enough_data");
        assertThat(ended().decision()).isEqualTo(Decision.REVIEW);
    }

    @Test
    void aHarmedGuardrailRollsBackWhereNoSuccessMetricHasAResult() {
        MetricEvidence none = MetricEvidence.success(
                "revenue", "b", Goal.INCREASE, Computable.notComputable("zero_variance", "no revenue"));
        assertThat(ended(none, HARMED).decision()).isEqualTo(Decision.ROLL_BACK);
        assertThat(codes(ended(none, HARMED))).containsExactly("not_enough_data", "guardrail_harmed");
        assertThat(ended(HARMED).decision()).isEqualTo(Decision.ROLL_BACK);
        assertThat(codes(ended(none, HELD, NOT_SHOWN))).containsExactly("not_enough_data");
        assertThat(DecisionRule.decide(VerdictInput.running(List.of(none, HARMED)))
                        .decision())
                .isEqualTo(Decision.KEEP_RUNNING);
    }

    static List<Finding> traps() {
        return List.of(
                new Finding.SampleRatio(0.0009, "a 900, b 1100"),
                new Finding.MixedUnits(11, 989),
                new Finding.TooFewClusters(6, 8, 0.1),
                new Finding.SharedStockSoldOut(List.of("lisbon/lamp")),
                new Finding.ImmatureCohorts(40, 100, 72),
                new Finding.DifferentialLateness(0.01, 0.2, 1e-9),
                new Finding.ArmsNotSeparated(4, 6),
                new ArmsNotCompared(6, "3 sold nothing."),
                new Contaminated("inp_p75", 1e-9, 2, "TTL"),
                new ArmFinding.ExcludedByRevenue("b", false, 74.85, "a", 99.9),
                new ArmFinding.StaleBudget("b", Computable.of(0.3), 0.05),
                new ArmFinding.RecommendedTtl(List.of("a"), 60, 0.05, 0.05),
                new Finding.Provisional(1, 12),
                new Finding.WrongUnit("visitor", "cache"));
    }

    @ParameterizedTest
    @MethodSource("traps")
    void noTrapShips(Finding trap) {
        Verdict verdict =
                DecisionRule.decide(VerdictInput.ended(List.of(BETTER, HELD)).with(trap));
        assertThat(verdict.decision()).isNotIn(Decision.SHIP, Decision.ROLL_BACK);
        assertThat(verdict.reasons().get(0).code()).isEqualTo(trap.code());
        assertThat(verdict.reasons().get(0).text()).containsPattern("[0-9]|visitor");
    }

    @Test
    void unitsThatAreLeftOutPostponeNothing() {
        Verdict verdict = DecisionRule.decide(VerdictInput.running(List.of(BETTER, HELD))
                .decidingEarly()
                .with(new Finding.ImmatureCohorts(40, 100, 72, true)));
        assertThat(verdict.decision()).isEqualTo(Decision.SHIP);
        assertThat(codes(verdict)).containsExactly("success_improved", "immature_cohorts");
    }

    /** A higher price lowers conversion as a rule; that alone rolls nothing back while the prices are not separated. */
    @Test
    void whereTheQuestionIsOpenOnlyGuardrailsRollBack() {
        Finding open = new Finding.ArmsNotSeparated(3, 3);
        Verdict worse = DecisionRule.decide(VerdictInput.ended(List.of(WORSE)).with(open));
        assertThat(worse.decision()).isEqualTo(Decision.REVIEW);
        assertThat(codes(worse)).containsExactly("arms_not_separated", "success_harmed");
        assertThat(DecisionRule.decide(
                                VerdictInput.ended(List.of(WORSE, HARMED)).with(open))
                        .decision())
                .isEqualTo(Decision.ROLL_BACK);
        for (MetricEvidence early : List.of(BETTER, WORSE)) {
            assertThat(DecisionRule.decide(VerdictInput.running(List.of(early))
                                    .decidingEarly()
                                    .with(open))
                            .decision())
                    .isEqualTo(Decision.KEEP_RUNNING);
        }
        assertThat(DecisionRule.decide(VerdictInput.ended(List.of(WORSE))
                                .with(new Finding.ShiftedNotAdded("online", "walk-in", true)))
                        .decision())
                .isEqualTo(Decision.ROLL_BACK);
    }

    /** Another arm than the excluded one ships, and without the asked-for one none does. */
    @Test
    void anArmThatIsExcludedLeavesTheOthers() {
        MetricEvidence other = of("c", 5);
        VerdictInput input = VerdictInput.ended(List.of(BETTER, other));
        Finding excluded = new ArmFinding.ExcludedByRevenue("b", false, 74.85, "c", 99.9);
        Verdict verdict = DecisionRule.decide(input.with(excluded));
        assertThat(verdict.decision()).isEqualTo(Decision.SHIP);
        assertThat(codes(verdict)).containsExactly("success_improved", "revenue_excludes_arm");
        assertThat(verdict.reasons()).extracting(Reason::variant).containsExactly("c", "b");
        Finding asked = new ArmFinding.RecommendedTtl(List.of("b", "b2"), 60, 0.05, 0.05);
        assertThat(DecisionRule.decide(input.with(asked)).decision()).isEqualTo(Decision.SHIP);
        Verdict neither = DecisionRule.decide(input.with(excluded).with(asked));
        assertThat(neither.decision()).isEqualTo(Decision.REVIEW);
        assertThat(codes(neither))
                .containsExactly("revenue_excludes_arm", "recommended_ttl", "success_improved", "success_improved");
        assertThat(neither.reasons().get(1).variant()).isNull();
    }

    @Test
    void anArmThatIsSparedIsRolledBackForGuardrailsOnly() {
        for (Finding spares : List.of(
                new ArmFinding.BestByRevenue("b", true, 1, 99.9),
                new ArmFinding.RecommendedTtl(List.of("b"), 60, 0.05, 0.05))) {
            Verdict worse =
                    DecisionRule.decide(VerdictInput.ended(List.of(WORSE)).with(spares));
            assertThat(worse.decision()).isEqualTo(Decision.REVIEW);
            assertThat(codes(worse)).containsExactly(spares.code(), "success_harmed");
            assertThat(DecisionRule.decide(
                                    VerdictInput.ended(List.of(WORSE, HARMED)).with(spares))
                            .decision())
                    .isEqualTo(Decision.ROLL_BACK);
            assertThat(DecisionRule.decide(VerdictInput.ended(List.of(WORSE, of("c", -4)))
                                    .with(spares))
                            .decision())
                    .isEqualTo(Decision.REVIEW);
            assertThat(DecisionRule.decide(VerdictInput.running(List.of(WORSE))
                                    .decidingEarly()
                                    .with(spares))
                            .decision())
                    .isEqualTo(Decision.KEEP_RUNNING);
        }
    }

    /** Time does not cure it, so a look asks for a person at once; before a look nothing is decided anyway. */
    @Test
    void contaminationDecidesNothingForBetterOrWorse() {
        Finding contaminated = new Contaminated("inp_p75", 1e-9, 2, "TTL");
        for (MetricEvidence shown : List.of(BETTER, WORSE)) {
            VerdictInput running = VerdictInput.running(List.of(shown)).with(contaminated);
            assertThat(DecisionRule.decide(running).decision()).isEqualTo(Decision.KEEP_RUNNING);
            assertThat(DecisionRule.decide(running.decidingEarly()).decision()).isEqualTo(Decision.REVIEW);
            Verdict ended =
                    DecisionRule.decide(VerdictInput.ended(List.of(shown)).with(contaminated));
            assertThat(ended.decision()).isEqualTo(Decision.REVIEW);
            assertThat(codes(ended).get(0)).isEqualTo("contaminated");
        }
        assertThat(DecisionRule.decide(
                                VerdictInput.ended(List.of(WORSE, HARMED)).with(contaminated))
                        .decision())
                .isEqualTo(Decision.ROLL_BACK);
    }

    private static MetricEvidence of(String variant, double z) {
        return MetricEvidence.success(
                "conversion", variant, Goal.INCREASE, Computable.of(Significance.DEFAULT.normal(z, 1)));
    }

    @Test
    void findingsBelowTheirThresholdAreSilent() {
        VerdictInput input = VerdictInput.ended(List.of(BETTER, HELD))
                .with(new Finding.SampleRatio(0.001, "a 1, b 1"))
                .with(new Finding.MixedUnits(10, 990))
                .with(new Finding.TooFewClusters(8, 8, 0.03))
                .with(new Finding.SharedStockSoldOut(List.of()))
                .with(new Finding.ImmatureCohorts(0, 100, 72))
                .with(new Finding.DifferentialLateness(0.01, 0.011, 0.3))
                .with(new Finding.ArmsNotSeparated(1, 6))
                .with(new Contaminated("inp_p75", 0.001, 2, "TTL"))
                .with(new ArmFinding.ExcludedByRevenue("b", true, 74.85, "a", 99.9))
                .with(new ArmFinding.StaleBudget("b", Computable.of(0.05), 0.05))
                .with(new Finding.Provisional(0, 12));
        Verdict verdict = DecisionRule.decide(input);
        assertThat(verdict.decision()).isEqualTo(Decision.SHIP);
        assertThat(codes(verdict)).containsExactly("success_improved");
    }

    /** spotify-confidence 3.0.4: the margin is relative to a control level taken as known; normal reference. */
    @Test
    void nonInferiorityAgreesWithSpotify() {
        for (JsonNode c : Oracles.peer("spotify_noninferiority")) {
            JsonNode in = c.get("input");
            JsonNode expected = c.get("expected");
            Effect effect = Significance.DEFAULT.normal(
                    expected.get("difference").asDouble(),
                    expected.get("std_err").asDouble());
            double control = in.get("control").get("sum").asDouble()
                    / in.get("control").get("n").asDouble();
            Goal goal = in.get("preferred_direction").asText().equals("increase") ? Goal.INCREASE : Goal.DECREASE;
            NonInferiority test =
                    NonInferiority.of(effect, control, in.get("nim_relative").asDouble(), goal, 0.05);
            assertThat(test.pValue()).isCloseTo(expected.get("p-value").asDouble(), within(1e-12));
            double end = Oracles.number(expected.get(goal == Goal.INCREASE ? "ci_lower" : "ci_upper"));
            assertThat(-goal.sign() * test.bound()).isCloseTo(end, within(1e-10));
        }
    }

    private static Verdict ended(MetricEvidence... metrics) {
        return DecisionRule.decide(VerdictInput.ended(List.of(metrics)));
    }

    private static List<String> codes(Verdict verdict) {
        return verdict.reasons().stream().map(Reason::code).toList();
    }

    private static MetricEvidence success(String id, double z) {
        return MetricEvidence.success(id, "b", Goal.INCREASE, Computable.of(Significance.DEFAULT.normal(z, 1)));
    }

    private static MetricEvidence guardrail(double estimate, double margin) {
        return MetricEvidence.guardrail(
                "speed", "b", Goal.INCREASE, Computable.of(Significance.DEFAULT.normal(estimate, 0.025)), 1, margin);
    }
}
