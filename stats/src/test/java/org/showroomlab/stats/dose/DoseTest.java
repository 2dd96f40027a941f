package org.showroomlab.stats.dose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.showroomlab.stats.Oracles.doubles;
import static org.showroomlab.stats.Oracles.longs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Oracles;

class DoseTest {

    /** R isoreg help. */
    @Test
    void isoreg() {
        JsonNode o = Oracles.method("dr.isoreg");
        double[] ones = new double[9];
        java.util.Arrays.fill(ones, 1);
        closeTo(Isotonic.increasing(doubles(o.get("inputs").get("y")), ones), o, 1e-12);
    }

    /** R, weighted. */
    @Test
    void antitonicDemand() {
        JsonNode o = Oracles.method("dr.anti.demand");
        closeTo(
                Isotonic.decreasing(
                        doubles(o.get("inputs").get("y")),
                        doubles(o.get("inputs").get("w"))),
                o,
                1e-9);
    }

    private static void closeTo(List<Double> fit, JsonNode o, double tolerance) {
        double[] expected = doubles(o.get("expected").get("fit"));
        for (int i = 0; i < expected.length; i++) {
            assertThat(fit.get(i)).isCloseTo(expected[i], within(tolerance));
        }
    }

    /** R help prop.trend.test (Fleiss 1981). */
    @Test
    void cochranArmitage() {
        JsonNode o = Oracles.method("dr.trend.ca");
        TrendTest test = TrendTest.of(
                        longs(o.get("inputs").get("x")),
                        longs(o.get("inputs").get("n")),
                        doubles(o.get("inputs").get("scores")))
                .orElseThrow();
        assertThat(test.statistic()).isCloseTo(o.get("expected").get("chisq").asDouble(), within(1e-5));
        assertThat(test.pValue()).isCloseTo(o.get("expected").get("p").asDouble(), within(1e-7));
    }

    /** Renewal argument, Python. */
    @Test
    void ttlTheory() {
        JsonNode o = Oracles.method("dr.ttl.hitratio");
        JsonNode in = o.get("inputs");
        for (int i = 0; i < 3; i++) {
            double ttl = in.get("ttl_s").get(i).asDouble();
            assertThat(TtlCache.hitShare(in.get("lam_per_s").get(i).asDouble(), ttl))
                    .isCloseTo(o.get("expected").get("hit").get(i).asDouble(), within(1e-8));
            assertThat(TtlCache.staleShare(in.get("mu_update_per_s").asDouble(), ttl))
                    .isCloseTo(o.get("expected").get("stale_share").get(i).asDouble(), within(1e-8));
        }
        assertThat(TtlCache.staleShare(0, 300)).isZero();
    }

    /** R lm on log(price), unweighted: the same line serves as log-log regression. */
    @Test
    void logDoseIsALine() {
        JsonNode o = Oracles.method("pr.loglog.ols");
        JsonNode in = o.get("inputs");
        double[] y = IntStream.range(0, 6)
                .mapToDouble(i -> Math.log(
                        in.get("x").get(i).asDouble() / in.get("n").get(i).asDouble()))
                .toArray();
        double[] ones = {1, 1, 1, 1, 1, 1};
        LogDose fit = LogDose.fit(doubles(in.get("price")), y, ones).orElseThrow();
        assertThat(fit.intercept()).isCloseTo(o.get("expected").get("intercept").asDouble(), within(1e-8));
        assertThat(fit.slope()).isCloseTo(o.get("expected").get("elasticity").asDouble(), within(1e-8));
        assertThat(fit.test().orElseThrow().stdError())
                .isCloseTo(o.get("expected").get("se").asDouble(), within(1e-8));
        LogDose two = LogDose.fit(new double[] {1, Math.E}, new double[] {1, 3}, new double[] {1, 5})
                .orElseThrow();
        assertThat(two.slope()).isCloseTo(2, within(1e-15));
        assertThat(two.test().code()).contains("not_enough_data");
        assertThat(LogDose.fit(new double[] {1}, new double[] {1}, new double[] {1})
                        .code())
                .contains("not_enough_data");
    }

    /** y = 1 + 2 ln(dose) up to the last bits, a constant, and one that is off by far more than them. */
    @Test
    void pointsOnOneLineHaveNoTest() {
        double[] dose = {1, 2, 4, 8};
        double[] w = {1, 3, 2, 1};
        double[] y = java.util.Arrays.stream(dose).map(d -> 1 + 2 * Math.log(d)).toArray();
        LogDose line = LogDose.fit(dose, y, w).orElseThrow();
        assertThat(line.slope()).isCloseTo(2, within(1e-12));
        assertThat(line.test().code()).contains("zero_variance");
        LogDose flat = LogDose.fit(dose, new double[] {0.1, 0.1, 0.1, 0.1}, w).orElseThrow();
        assertThat(flat.intercept()).isCloseTo(0.1, within(1e-15));
        assertThat(flat.test().code()).contains("zero_variance");
        assertThat(LogDose.fit(dose, new double[] {1e200, 2e200, -1e200, 0}, w)
                        .orElseThrow()
                        .test()
                        .code())
                .contains("out_of_range");
        y[2] += 1e-12;
        assertThat(LogDose.fit(dose, y, w).orElseThrow().test().value()).isPresent();
    }

    @Test
    void theSmallestTtlThatIsFastAndFreshEnough() {
        List<TtlRecommendation.Arm> arms =
                List.of(arm(60, 2400, 0.01), arm(300, 2010, 0.03), arm(900, 2000, 0.04), arm(3600, 1990, 0.3));
        TtlRecommendation r = TtlRecommendation.of(arms, 0.05, 0.05, 0.05).orElseThrow();
        assertThat(r.ttlSeconds()).hasValue(300);
        assertThat(r.notExcluded()).containsExactly(300L, 900L, 3600L);
        assertThat(TtlRecommendation.of(arms, 0.05, 0.001, 0.05).orElseThrow().ttlSeconds())
                .isEmpty();
    }

    /** 900 s is within by its estimates (2060 ms, 4 %), and by neither of its bounds; two arms may have one TTL. */
    @Test
    void whatIsWithinByItsEstimatesAloneIsNotRecommended() {
        List<TtlRecommendation.Arm> arms = List.of(
                arm(60, 2400, 0.01),
                new TtlRecommendation.Arm(900, new ArmEstimate(10, 2060, 90), 9, new Interval(1900, 2200), 0.04, 0.06),
                new TtlRecommendation.Arm(900, new ArmEstimate(10, 2070, 90), 9, new Interval(1900, 2200), 0.04, 0.06));
        TtlRecommendation r = TtlRecommendation.of(arms, 0.05, 0.05, 0.05).orElseThrow();
        assertThat(r.ttlSeconds()).isEmpty();
        assertThat(r.withinByEstimates()).containsExactly(900L);
        assertThat(r.notExcluded()).containsExactly(900L);
    }

    private static TtlRecommendation.Arm arm(long ttl, double p75, double stale) {
        return new TtlRecommendation.Arm(
                ttl, new ArmEstimate(10, p75, 20), 9, new Interval(p75 - 40, p75 + 40), stale, stale);
    }
}
