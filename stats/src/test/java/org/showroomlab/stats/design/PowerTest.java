package org.showroomlab.stats.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.Oracles;

class PowerTest {

    private static final MeanPower MEAN = new MeanPower(1, PlannedLevel.DEFAULT);

    /** R help page of power.t.test. */
    @Test
    void meanAgreesWithTheHelpPage() {
        JsonNode expected = Oracles.method("pw.ttest").get("expected");
        assertThat(MEAN.power(20, 1)).isCloseTo(expected.get("power").asDouble(), within(1e-8));
        assertThat(MEAN.sizeFor(1, 0.9).orElseThrow())
                .isCloseTo(expected.get("n_b").asDouble(), within(1e-4));
        assertThat(MEAN.sizeFor(0.1, 0.8).orElseThrow())
                .isCloseTo(expected.get("n_c").asDouble(), within(1e-4));
    }

    @Test
    void anEffectIsAsAccurateInAnyUnit() {
        double effect = MEAN.effectFor(20, 0.8).orElseThrow();
        for (double sd = 1e-15; sd < 1e15; sd *= 1e3) {
            double scaled =
                    new MeanPower(sd, PlannedLevel.DEFAULT).effectFor(20, 0.8).orElseThrow();
            assertThat(scaled / sd).isCloseTo(effect, within(1e-9));
        }
    }

    /** Without an effect the test rejects with half its level on the side that counts. */
    @Test
    void noEffectHasAPowerBelowTheLevel() {
        assertThat(MEAN.effectFor(10, 0.01).code()).contains("power_not_reachable");
        assertThat(new ProportionPower(0.1, PlannedLevel.DEFAULT)
                        .effectFor(10, 0.01)
                        .code())
                .contains("power_not_reachable");
        assertThat(MEAN.effectFor(10, 0.03).orElseThrow()).isPositive();
    }

    /** R power.t.test, all three directions. */
    @Test
    void meanAgreesWithR() {
        for (JsonNode c : Oracles.peer("r_power")) {
            JsonNode in = c.get("input");
            if (!in.get("fn").asText().equals("power.t.test")) {
                continue;
            }
            int sides = in.get("alternative").asText().equals("two.sided") ? 2 : 1;
            MeanPower curve = new MeanPower(
                    in.get("sd").asDouble(), new PlannedLevel(in.get("alpha").asDouble(), sides));
            JsonNode expected = c.get("expected");
            double power = in.get("target_power").asDouble();
            assertThat(curve.power(100, in.get("delta").asDouble()))
                    .isCloseTo(expected.get("power_at_100").asDouble(), within(1e-9));
            assertThat(curve.sizeFor(in.get("delta").asDouble(), power).orElseThrow())
                    .isCloseTo(expected.get("n_per_group").asDouble(), within(1e-3));
            assertThat(curve.effectFor(100, power).orElseThrow())
                    .isCloseTo(expected.get("mde_at_100").asDouble(), within(1e-5));
        }
    }

    /** R help page of power.prop.test. */
    @Test
    void proportion() {
        JsonNode expected = Oracles.method("pw.prop").get("expected");
        ProportionPower half = new ProportionPower(0.5, PlannedLevel.DEFAULT);
        assertThat(half.power(50, 0.75)).isCloseTo(expected.get("power").asDouble(), within(1e-8));
        assertThat(half.sizeFor(0.75, 0.9).orElseThrow())
                .isCloseTo(expected.get("n_b").asDouble(), within(1e-4));
        assertThat(new ProportionPower(0.05, PlannedLevel.DEFAULT)
                        .sizeFor(0.055, 0.8)
                        .orElseThrow())
                .isCloseTo(expected.get("n_c").asDouble(), within(1e-3));
        assertThat(half.effectFor(50, half.power(50, 0.75)).orElseThrow()).isCloseTo(0.75, within(1e-9));
        assertThat(half.effectFor(2, 0.999).code()).contains("power_not_reachable");
    }

    /** R, noncentral t. */
    @Test
    void clusters() {
        JsonNode expected = Oracles.method("cl.power").get("expected");
        ClusterPower curve = new ClusterPower(1, 50, 0.05, 0, PlannedLevel.DEFAULT);
        int k = curve.clustersFor(0.25, 0.8).orElseThrow();
        assertThat(k).isEqualTo(expected.get("k_t").asInt());
        assertThat(curve.power(k, 0.25)).isCloseTo(expected.get("power_at_k_t").asDouble(), within(1e-6));
        JsonNode few = Oracles.method("cl.power.fewshowrooms");
        ClusterPower showrooms = new ClusterPower(1, 2000, 0.01, 0, PlannedLevel.DEFAULT);
        for (int i = 0; i < 3; i++) {
            assertThat(showrooms.power(few.get("inputs").get("k_per_arm").get(i).asDouble(), 0.1))
                    .isCloseTo(few.get("expected").get("power").get(i).asDouble(), within(1e-6));
        }
        // the recorded effects were solved to about 4 digits (their own power is .79988); ours to 13
        double mde = showrooms.effectFor(6, 0.8).orElseThrow();
        assertThat(mde).isCloseTo(few.get("expected").get("mde80_k6").asDouble(), within(5e-5));
        assertThat(new ClusterPower(1, 20000, 0.01, 0, PlannedLevel.DEFAULT)
                        .effectFor(6, 0.8)
                        .orElseThrow())
                .isCloseTo(few.get("expected").get("mde80_k6_m20000").asDouble(), within(5e-5));
        assertThat(showrooms.powerWithUnlimitedTraffic(6, 0.1)).isBetween(0.334, 0.36);
    }

    /** Kish 1965; Eldridge, Ashby and Kerry 2006. */
    @Test
    void designEffect() {
        JsonNode o = Oracles.method("cl.deff");
        for (int i = 0; i < 2; i++) {
            double cv = o.get("inputs").get("cv").get(i).asDouble();
            assertThat(new ClusterPower(1, 50, 0.05, cv, PlannedLevel.DEFAULT).designEffect())
                    .isCloseTo(o.get("expected").get("deff").get(i).asDouble(), within(1e-9));
        }
    }

    /** R qnorm. */
    @Test
    void nonInferiority() {
        JsonNode o = Oracles.method("pw.ni");
        for (int i = 0; i < 2; i++) {
            JsonNode c = o.get("inputs").get("cases").get(i);
            assertThat(new NonInferiorityPower(1, c.get(0).asDouble())
                            .sizeFor(0.1, c.get(1).asDouble())
                            .orElseThrow())
                    .isCloseTo(o.get("expected").get("n").get(i).asDouble(), within(1e-5));
        }
    }

    /** Of one look the bound is z standard errors away; of a band farther. */
    @Test
    void aBoundFartherAwayShowsLess() {
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability(0.05);
        double ofOneLook = new NonInferiorityPower(2, 0.05).power(200, 0.5);
        assertThat(NonInferiorityPower.boundedAt(z, 2).power(200, 0.5)).isCloseTo(ofOneLook, within(1e-12));
        assertThat(NonInferiorityPower.boundedAt(2.5, 2).power(200, 0.5)).isCloseTo(0.5, within(1e-12));
        assertThat(NonInferiorityPower.boundedAt(100, 2).power(200, 0.5)).isLessThan(1e-9);
    }
}
