package org.showroomlab.stats.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Oracles;
import org.showroomlab.stats.arms.Proportion;
import org.showroomlab.stats.arms.RelativeLift;
import org.showroomlab.stats.arms.WelchTest;

class PosteriorTest {

    /** gbstats 0.8.0. */
    @Test
    void agreesWithGbstats() {
        for (JsonNode c : Oracles.peer("gbstats_bayesian")) {
            JsonNode in = c.get("input");
            Effect effect = effect(in);
            NormalPosterior posterior =
                    NormalPosterior.flat(effect.estimate(), effect.stdError()).orElseThrow();
            if (in.get("inverse").asBoolean()) {
                posterior = posterior.reversed();
            }
            JsonNode expected = c.get("expected");
            assertThat(posterior.chanceToWin())
                    .isCloseTo(expected.get("chance_to_win").asDouble(), within(1e-12));
            assertThat(posterior.expectedLoss())
                    .isCloseTo(expected.get("risk_treatment").asDouble(), within(1e-12));
            assertThat(posterior.expectedLossOfControl())
                    .isCloseTo(expected.get("risk_control").asDouble(), within(1e-12));
            if (!in.get("inverse").asBoolean()) {
                assertThat(posterior.interval(0.05).low())
                        .isCloseTo(expected.get("ci").get(0).asDouble(), within(1e-10));
            }
        }
    }

    private static Effect effect(JsonNode in) {
        WelchTest welch = WelchTest.withDefaults();
        ArmEstimate control = welch.arm(arm(in.get("control"))).orElseThrow();
        ArmEstimate treatment = welch.arm(arm(in.get("treatment"))).orElseThrow();
        Effect absolute = welch.difference(control, treatment).orElseThrow();
        return in.get("difference").asText().equals("absolute")
                ? absolute
                : RelativeLift.withDefaults()
                        .lift(control, treatment, absolute)
                        .orElseThrow()
                        .effect();
    }

    private static ArmMoments arm(JsonNode json) {
        return ArmMoments.ofSums(
                json.get("n").asLong(),
                json.get("sum").asDouble(),
                json.get("sum_squares").asDouble());
    }

    @Test
    void aPriorPullsByItsPrecision() {
        NormalPosterior p = NormalPosterior.withPrior(4, 1, 0, 1).orElseThrow();
        assertThat(p.mean()).isCloseTo(2, within(1e-12));
        assertThat(p.sd()).isCloseTo(Math.sqrt(0.5), within(1e-12));
        assertThat(NormalPosterior.flat(1, 0).code()).contains("zero_variance");
    }

    /** One of two is better, and who chooses the one loses what the means differ by and what who chooses the other loses. */
    @Test
    void betaKeepsItsLawsHoweverUnequalTheArms() {
        for (long[] c : new long[][] {
            {20, 200, 510_000, 5_000_000},
            {5, 20, 300_000, 1_000_000},
            {100_000, 10_000_000, 5_000_000, 10_000_000},
            {3, 1_000_000_000, 500_000_000, 1_000_000_000},
            {2_000_000, 100_000_000, 5_000_000, 100_000_000},
            {0, 1, 700, 900},
            {50, 100, 55, 100}
        }) {
            BetaPosterior one = BetaPosterior.of(new Proportion(c[1], c[0]));
            BetaPosterior two = BetaPosterior.of(new Proportion(c[3], c[2]));
            assertThat(two.chanceToBeat(one) + one.chanceToBeat(two))
                    .as("%d of %d", c[0], c[1])
                    .isCloseTo(1, within(1e-7));
            assertThat(one.expectedLossAgainst(two) - two.expectedLossAgainst(one))
                    .as("%d of %d", c[0], c[1])
                    .isCloseTo(mean(two) - mean(one), within(1e-8));
        }
    }

    private static double mean(BetaPosterior posterior) {
        return posterior.a() / (posterior.a() + posterior.b());
    }

    /** Beta(1, 1) against Beta(2, 1): P = 2/3, E[max(p0 - p1, 0)] = 1/12 by integration on paper. */
    @Test
    void betaByHand() {
        BetaPosterior one = BetaPosterior.of(new Proportion(1, 1));
        BetaPosterior none = BetaPosterior.of(new Proportion(0, 0));
        assertThat(one.chanceToBeat(none)).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(one.expectedLossAgainst(none)).isCloseTo(1.0 / 12, within(1e-12));
        assertThat(none.chanceToBeat(one)).isCloseTo(1.0 / 3, within(1e-12));
    }

    @Test
    void betaNearsTheNormalInLargeSamples() {
        BetaPosterior t = BetaPosterior.of(new Proportion(1_000_000, 50_300));
        BetaPosterior c = BetaPosterior.of(new Proportion(1_000_000, 50_000));
        double se = Math.sqrt(0.05 * 0.95 * 2 / 1e6);
        assertThat(t.chanceToBeat(c)).isCloseTo(new NormalPosterior(0.0003, se).chanceToWin(), within(1e-3));
    }
}
