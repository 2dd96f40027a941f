package org.showroomlab.stats.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.showroomlab.stats.Oracles.doubles;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Oracles;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.arms.Proportion;
import org.showroomlab.stats.arms.RelativeLift;
import org.showroomlab.stats.arms.WelchTest;

class AnytimeTest {

    /** gbstats 0.8.0, absolute and relative. */
    @Test
    void asymptoticAgreesWithGbstats() {
        for (JsonNode c : Oracles.peer("gbstats_sequential_asymp_cs")) {
            JsonNode in = c.get("input");
            ArmEstimate control = mean(in.get("control"));
            ArmEstimate treatment = mean(in.get("treatment"));
            AsymptoticSequence sequence =
                    AsymptoticSequence.tunedTo(in.get("tuning").asDouble());
            Effect effect = in.get("difference").asText().equals("absolute")
                    ? sequence.difference(control, treatment).orElseThrow()
                    : relative(sequence, control, treatment);
            JsonNode expected = c.get("expected");
            assertThat(sequence.rho()).isCloseTo(expected.get("rho").asDouble(), within(1e-12));
            assertThat(effect.ci().low()).isCloseTo(expected.get("ci").get(0).asDouble(), within(1e-9));
            assertThat(effect.ci().high()).isCloseTo(expected.get("ci").get(1).asDouble(), within(1e-9));
            assertThat(effect.pValue()).isCloseTo(expected.get("p_value").asDouble(), within(1e-9));
        }
    }

    /** gbstats test_sequential_test_runs_prop (p recomputed in log space) and PostHog golden values. */
    @Test
    void asymptoticOfProportions() {
        JsonNode expected = Oracles.method("seq.asympcs.prop").get("expected");
        Effect effect = relative(AsymptoticSequence.tunedTo(5000), share(1396, 3000), share(2422, 3461));
        assertThat(effect.estimate()).isCloseTo(expected.get("lift").asDouble(), within(1e-5));
        assertThat(effect.ci().low()).isCloseTo(expected.get("ci").get(0).asDouble(), within(1e-5));
        assertThat(effect.ci().high()).isCloseTo(expected.get("ci").get(1).asDouble(), within(1e-5));
        assertThat(effect.pValue()).isCloseTo(expected.get("p").asDouble(), Percentage.withPercentage(1));
        JsonNode golden = Oracles.method("seq.asympcs.posthog").get("expected").get("prop");
        Effect posthog = relative(AsymptoticSequence.tunedTo(5000), share(1450, 3050), share(2600, 3500));
        assertThat(posthog.ci().low()).isCloseTo(golden.get("ci").get(0).asDouble(), within(1e-5));
        assertThat(posthog.ci().high()).isCloseTo(golden.get("ci").get(1).asDouble(), within(1e-5));
        JsonNode mean = Oracles.method("seq.asympcs.posthog").get("expected").get("mean");
        Effect posthogMean = relative(
                AsymptoticSequence.tunedTo(1000),
                WelchTest.withDefaults()
                        .arm(ArmMoments.ofSums(3000, 1400, 52000))
                        .orElseThrow(),
                WelchTest.withDefaults()
                        .arm(ArmMoments.ofSums(3500, 2500, 135000))
                        .orElseThrow());
        assertThat(posthogMean.ci().low()).isCloseTo(mean.get("ci").get(0).asDouble(), within(1e-5));
        assertThat(posthogMean.ci().high()).isCloseTo(mean.get("ci").get(1).asDouble(), within(1e-5));
    }

    /** Python. */
    @Test
    void asymptoticDifference() {
        JsonNode o = Oracles.method("seq.asympcs.abs");
        Effect effect = AsymptoticSequence.tunedTo(6868)
                .difference(mean(3407, 1396.87, 52377.9767), mean(3461, 2422.7, 134698.29))
                .orElseThrow();
        JsonNode expected = o.get("expected");
        assertThat(effect.ci().low()).isCloseTo(expected.get("ci").get(0).asDouble(), within(1e-8));
        assertThat(effect.ci().high()).isCloseTo(expected.get("ci").get(1).asDouble(), within(1e-8));
        assertThat(effect.pValue()).isCloseTo(expected.get("p").asDouble(), within(1e-8));
    }

    /** The level of the interval and the p-value are two sides of one coin. */
    @Test
    void theIntervalExcludesZeroExactlyWhenPIsBelowAlpha() {
        for (double z = 1; z < 6; z += 0.05) {
            Effect effect = AsymptoticSequence.tunedTo(5000).band(z, 1, 3000).orElseThrow();
            assertThat(effect.ci().low() > 0).isEqualTo(effect.pValue() < 0.05);
            Effect greater = AsymptoticSequence.tunedTo(5000)
                    .with(org.showroomlab.stats.Alternative.GREATER)
                    .band(z, 1, 3000)
                    .orElseThrow();
            assertThat(greater.ci().low() > 0).isEqualTo(greater.pValue() < 0.05);
        }
    }

    @Test
    void noBandOverFewClusters() {
        AsymptoticSequence sequence = AsymptoticSequence.tunedTo(100);
        assertThat(sequence.clusterBand(1, 1, 29).code()).contains("too_few_clusters");
        assertThat(sequence.clusterBand(1, 1, 30).value()).isPresent();
        assertThat(sequence.band(1, 0, 30).code()).contains("zero_variance");
    }

    /** A mixture with τ = ρσ̂ is the asymptotic sequence: the two formulas must agree. */
    @Test
    void mixtureSprtIsTheSameMixture() {
        AsymptoticSequence sequence = AsymptoticSequence.tunedTo(5000);
        double se = 0.02;
        double tau = sequence.rho() * se * Math.sqrt(3000);
        for (double estimate : new double[] {0, 0.03, -0.08, 0.5}) {
            Effect band = sequence.band(estimate, se, 3000).orElseThrow();
            MixtureSprt.Look look =
                    new MixtureSprt(0.05, tau).look(estimate, se).orElseThrow();
            assertThat(look.ci().low()).isCloseTo(band.ci().low(), within(1e-12));
            assertThat(look.pValue()).isCloseTo(band.pValue(), within(1e-12));
        }
        assertThat(new MixtureSprt(0.05, 1).look(1, 0).code()).contains("zero_variance");
    }

    /** confseq unit tests. */
    @Test
    void betaBinomial() {
        JsonNode o = Oracles.method("seq.bernoulli.cs");
        JsonNode cases = o.get("inputs").get("cases");
        for (int i = 0; i < cases.size(); i++) {
            Interval ci = new BetaBinomialSequence(0.05, cases.get(i).get(2).asDouble())
                    .interval(cases.get(i).get(0).asLong(), cases.get(i).get(1).asLong());
            JsonNode expected = o.get("expected").get("ci").get(i);
            assertThat(ci.low()).isCloseTo(expected.get(0).asDouble(), within(1e-5));
            assertThat(ci.high()).isCloseTo(expected.get(1).asDouble(), within(1e-5));
        }
    }

    /** confseq predmix. */
    @Test
    void predictableMixtures() {
        for (JsonNode c : Oracles.peer("confseq_predmix_bounded")) {
            JsonNode in = c.get("input");
            PredictableMixture.Type type = in.get("method").asText().equals("empbern")
                    ? PredictableMixture.Type.SYMMETRIC_BERNSTEIN
                    : PredictableMixture.Type.HOEFFDING;
            List<Interval> ci = new PredictableMixture(
                            in.get("alpha").asDouble(),
                            type,
                            in.get("running_intersection").asBoolean())
                    .intervals(doubles(in.get("x")));
            for (int i = 0; i < c.get("expected").get("at").size(); i++) {
                Interval at = ci.get(c.get("expected").get("at").get(i).asInt() - 1);
                assertThat(at.low())
                        .isCloseTo(c.get("expected").get("lower").get(i).asDouble(), within(1e-9));
                assertThat(at.high())
                        .isCloseTo(c.get("expected").get("upper").get(i).asDouble(), within(1e-9));
            }
        }
        JsonNode o = Oracles.method("seq.predmix.eb");
        double[] pattern = doubles(o.get("inputs").get("x_pattern"));
        double[] x = new double[100];
        java.util.Arrays.setAll(x, i -> pattern[i % 20]);
        for (String at : List.of("20", "50", "100")) {
            for (PredictableMixture.Type type :
                    List.of(PredictableMixture.Type.HOEFFDING, PredictableMixture.Type.EMPIRICAL_BERNSTEIN)) {
                JsonNode expected = o.get("expected")
                        .get(type == PredictableMixture.Type.HOEFFDING ? "hoeffding" : "eb")
                        .get(at);
                Interval ci =
                        new PredictableMixture(0.05, type, false).intervals(x).get(Integer.parseInt(at) - 1);
                assertThat(ci.low()).isCloseTo(expected.get(0).asDouble(), within(1e-8));
                assertThat(ci.high()).isCloseTo(expected.get(1).asDouble(), within(1e-8));
            }
        }
    }

    /** The bettor is narrower than the closed form on the same data, and never wider under running intersection. */
    @Test
    void bettingIsNarrower() {
        JsonNode in = Oracles.peer("confseq_predmix_bounded").get(0).get("input");
        double[] x = doubles(in.get("x"));
        Interval betting = BettingSequence.withDefaults().interval(x).orElseThrow();
        Interval closed = new PredictableMixture(0.05, PredictableMixture.Type.EMPIRICAL_BERNSTEIN, false)
                .intervals(x)
                .get(x.length - 1);
        assertThat(betting.high() - betting.low()).isLessThan(closed.high() - closed.low());
        assertThat(betting.low()).isBetween(0.15, 0.25);
        assertThat(betting.high()).isBetween(0.29, 0.40);
        double width = 1;
        for (Interval ci :
                BettingSequence.withDefaults().withRunningIntersection().intervals(x)) {
            assertThat(ci.high() - ci.low()).isLessThanOrEqualTo(width + 1e-12);
            width = ci.high() - ci.low();
        }
        assertThat(BettingSequence.withDefaults().interval().code()).contains("not_enough_data");
        // Between two points of the grid, which both go.
        double[] third = DoubleStream.generate(() -> 1 / 3.0).limit(8_000).toArray();
        Interval narrow = BettingSequence.withDefaults().interval(third).orElseThrow();
        assertThat(narrow.low()).isCloseTo(0.333, within(1e-12));
        assertThat(narrow.high()).isCloseTo(0.334, within(1e-12));
        assertThatThrownBy(() -> BettingSequence.withDefaults().interval(1.2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Effect relative(AsymptoticSequence sequence, ArmEstimate control, ArmEstimate treatment) {
        Effect lift = RelativeLift.withDefaults()
                .with(RelativeLift.Method.WALD)
                .lift(control, treatment, Significance.DEFAULT.normal(0, 1))
                .orElseThrow()
                .effect();
        return sequence.band(lift.estimate(), lift.stdError(), (double) control.n() + treatment.n())
                .orElseThrow();
    }

    private static ArmEstimate share(long successes, long n) {
        return new Proportion(n, successes).estimate().orElseThrow();
    }

    private static ArmEstimate mean(JsonNode json) {
        return mean(
                json.get("n").asLong(),
                json.get("sum").asDouble(),
                json.get("sum_squares").asDouble());
    }

    private static ArmEstimate mean(long n, double sum, double squares) {
        return WelchTest.withDefaults().arm(ArmMoments.ofSums(n, sum, squares)).orElseThrow();
    }
}
