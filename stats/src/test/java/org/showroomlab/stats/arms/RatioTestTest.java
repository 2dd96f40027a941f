package org.showroomlab.stats.arms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.DecimalSums;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Oracles;

class RatioTestTest {

    /** PostHog test_two_sided_ttest_with_ratio_statistic. */
    @Test
    void deltaMethod() {
        JsonNode o = Oracles.method("two.ratio.delta");
        ArmMoments control = arm(o.get("inputs").get("control"), "sum_m", "sumsq_m", "sum_d", "sumsq_d", "sum_md");
        ArmMoments treatment = arm(o.get("inputs").get("treatment"), "sum_m", "sumsq_m", "sum_d", "sumsq_d", "sum_md");
        JsonNode expected = o.get("expected");
        RatioTest test = RatioTest.withDefaults();
        ArmEstimate c = test.arm(control).orElseThrow();
        ArmEstimate t = test.arm(treatment).orElseThrow();
        assertThat(c.estimate()).isCloseTo(expected.get("ratio_c").asDouble(), within(1e-6));
        assertThat(c.stdError() * c.stdError())
                .isCloseTo(expected.get("var_ratio_c").asDouble(), within(1e-6));
        assertThat(t.stdError() * t.stdError())
                .isCloseTo(expected.get("var_ratio_t").asDouble(), within(1e-6));
        Effect lift = RelativeLift.withDefaults()
                .with(RelativeLift.Method.WALD)
                .lift(control, treatment)
                .orElseThrow()
                .effect();
        assertThat(lift.estimate()).isCloseTo(expected.get("lift").asDouble(), within(1e-6));
        assertThat(lift.stdError()).isCloseTo(expected.get("se_lift").asDouble(), within(1e-6));
        assertThat(lift.pValue()).isCloseTo(expected.get("p").asDouble(), within(1e-4));
    }

    /** gbstats 0.8.0 ratio metrics, absolute and relative (Wald). */
    @Test
    void agreesWithGbstats() {
        for (JsonNode c : Oracles.peer("gbstats_ratio_delta")) {
            JsonNode in = c.get("input");
            ArmMoments control =
                    arm(in.get("control"), "m_sum", "m_sum_squares", "d_sum", "d_sum_squares", "m_d_sum_of_products");
            ArmMoments treatment =
                    arm(in.get("treatment"), "m_sum", "m_sum_squares", "d_sum", "d_sum_squares", "m_d_sum_of_products");
            Effect effect = in.get("difference").asText().equals("absolute")
                    ? RatioTest.withDefaults().difference(control, treatment).orElseThrow()
                    : RelativeLift.withDefaults()
                            .with(RelativeLift.Method.WALD)
                            .lift(control, treatment)
                            .orElseThrow()
                            .effect();
            WelchTestTest.matches(effect, c.get("expected"), 1e-8);
        }
    }

    /** With a denominator of 1 the ratio is the mean, to the last bit. */
    @Test
    void aMeanIsARatioOverOne() {
        ArmMoments a = ArmMoments.ofValues(1, 2, 4.5, 7);
        ArmMoments b = ArmMoments.ofValues(2, 2, 5.5, 9);
        assertThat(RatioTest.withDefaults().difference(a, b))
                .isEqualTo(WelchTest.withDefaults().difference(a, b));
    }

    @Test
    void aDenominatorOfZeroIsRefused() {
        BigDecimal zero = BigDecimal.ZERO;
        ArmMoments arm =
                ArmMoments.ofDecimal(DecimalSums.ofRatio(5, BigDecimal.TEN, BigDecimal.valueOf(40), zero, zero, zero));
        assertThat(RatioTest.withDefaults().difference(arm, arm).code()).contains("zero_denominator");
    }

    private static ArmMoments arm(JsonNode json, String y, String yy, String d, String dd, String yd) {
        return ArmMoments.ofDecimal(DecimalSums.ofRatio(
                json.get("n").asLong(),
                json.get(y).decimalValue(),
                json.get(yy).decimalValue(),
                json.get(d).decimalValue(),
                json.get(dd).decimalValue(),
                json.get(yd).decimalValue()));
    }
}
