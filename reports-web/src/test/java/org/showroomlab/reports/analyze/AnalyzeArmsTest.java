package org.showroomlab.reports.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.showroomlab.reports.analyze.AskedArms.close;
import static org.showroomlab.reports.analyze.AskedArms.closeInterval;
import static org.showroomlab.reports.analyze.AskedArms.mean;
import static org.showroomlab.reports.analyze.AskedArms.ofJson;
import static org.showroomlab.reports.analyze.AskedArms.pair;
import static org.showroomlab.reports.analyze.AskedArms.share;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** mean, ratio, relative lift, covariates, anytime. */
class AnalyzeArmsTest {
    /** gbstats 0.8.0, with both one-sided directions: an open end is null. */
    @Test
    void welchAsGbstats() {
        for (JsonNode c : Asked.peer("gbstats_welch_mean")) {
            JsonNode in = c.get("input");
            String alternative = in.get("alternative").asText().replace("one_sided_", "");
            JsonNode result = pair(
                    "mean",
                    ofJson(in.get("control")),
                    ofJson(in.get("treatment")),
                    ",'alternative':'" + alternative + "','alpha':" + in.get("alpha"));
            JsonNode expected = c.get("expected");
            close(result.get("difference"), "estimate", expected.get("estimate"), 1e-12);
            close(result.get("difference"), "std_error", expected.get("se"), 1e-12);
            close(result.get("difference"), "df", expected.get("df"), 1e-6);
            close(result.get("difference"), "p_value", expected.get("p_value"), 1e-12);
            closeInterval(result.at("/difference/ci"), expected.get("ci"), 1e-9);
            assertThat(result.has("adjusted")).isFalse();
        }
    }

    /** The absolute p-value is .020; Wald's own on the ratio scale is .062 (growthbook). */
    @Test
    void relativeLiftTakesThePValueOfTheDifference() {
        String control = mean(3407, "1396.87", "52377.9767");
        String treatment = mean(3461, "2422.7", "134698.29");
        JsonNode usual = pair("mean", control, treatment, "");
        assertThat(usual.at("/relative/p_value").asDouble()).isCloseTo(0.02016, within(1e-5));
        assertThat(usual.at("/relative/method").asText()).isEqualTo("log_ratio");
        JsonNode expected = Asked.method("two.rel.delta.suffstat").get("expected");
        JsonNode wald =
                pair("mean", control, treatment, ",'relative_method':'wald'").get("relative");
        close(wald, "estimate", expected.get("lift"), 1e-5);
        close(wald, "std_error", expected.get("se"), 1e-5);
        close(wald, "p_value", expected.get("p"), 1e-5);
        closeInterval(wald.get("ci"), expected.get("ci95"), 1e-5);
    }

    /** R: delta on the log and Fieller, from the exact sums of the values. */
    @Test
    void relativeIntervalsAsR() {
        for (JsonNode c : Asked.peer("r_relative_lift_methods")) {
            String control = sums(c.at("/input/control"));
            String treatment = sums(c.at("/input/treatment"));
            JsonNode log = pair("mean", control, treatment, "").get("relative");
            close(log, "estimate", c.at("/expected/lift"), 1e-10);
            close(log, "std_error", c.at("/expected/delta_se"), 1e-10);
            closeInterval(log.get("ci"), c.at("/expected/log_delta_ci"), 1e-9);
            JsonNode fieller = pair("mean", control, treatment, ",'relative_method':'fieller'");
            closeInterval(fieller.at("/relative/ci"), c.at("/expected/fieller_ci"), 1e-9);
        }
    }

    private static String sums(JsonNode values) {
        return mean(values.size(), product(values, null), product(values, values));
    }

    private static String product(JsonNode a, @Nullable JsonNode b) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < a.size(); i++) {
            BigDecimal value = new BigDecimal(a.get(i).asText());
            sum = sum.add(
                    b == null ? value : value.multiply(new BigDecimal(b.get(i).asText())));
        }
        return sum.toString();
    }

    /** A control mean that is not separated from zero leaves Fieller's set unbounded. */
    @Test
    void fiellerNearZeroIsUnbounded() {
        JsonNode lift = pair("mean", mean(4, "1", "40"), mean(4, "8", "20"), "").get("relative");
        assertThat(lift.get("method").asText()).isEqualTo("fieller");
        assertThat(lift.get("ci").toString()).isEqualTo("[null,null]");
        assertThat(lift.get("note").asText())
                .startsWith("The interval is unbounded")
                .contains("two rays");
        JsonNode line = pair("mean", mean(4, "1", "40"), mean(4, "1", "20"), "").get("relative");
        assertThat(line.get("note").asText())
                .startsWith("The interval is unbounded")
                .contains("the whole line");
    }

    /** R lm: Lin's estimate exactly, his HC2 as closely as second moments allow. */
    @Test
    void linAsR() {
        for (JsonNode c : Asked.peer("r_regression_adjustment")) {
            JsonNode in = c.get("input");
            JsonNode result = pair("mean", covariates(in, 0), covariates(in, 1), ",'adjust':'lin'");
            close(result.get("difference"), "estimate", c.at("/expected/diff_in_means/est"), 1e-9);
            close(result.get("adjusted"), "estimate", c.at("/expected/lin_interacted/est"), 1e-9);
            double hc2 = c.at("/expected/lin_interacted/se_HC2").asDouble();
            assertThat(result.at("/adjusted/std_error").asDouble() / hc2).isBetween(0.9, 1.1);
        }
    }

    private static String covariates(JsonNode in, int arm) {
        ArrayNode y = JsonNodeFactory.instance.arrayNode();
        ArrayNode x = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < in.get("y").size(); i++) {
            if (in.get("treat").get(i).asInt() == arm) {
                y.add(in.get("y").get(i));
                x.add(in.get("x").get(i));
            }
        }
        return "{'n':%d,'sum':%s,'sum_squares':%s,'x_sum':%s,'x_sum_squares':%s,'xy_sum':%s}"
                .formatted(y.size(), product(y, null), product(y, y), product(x, null), product(x, x), product(x, y));
    }

    /** gbstats' pooled slope. */
    @Test
    void pooledCupedAsGbstats() {
        JsonNode c = Asked.peer("gbstats_cuped_mean").get(0);
        JsonNode result =
                pair("mean", cuped(c.at("/input/control")), cuped(c.at("/input/treatment")), ",'adjust':'pooled'");
        JsonNode expected = c.get("expected");
        close(result.get("adjusted"), "estimate", expected.get("estimate"), 1e-9);
        close(result.get("adjusted"), "std_error", expected.get("se"), 1e-9);
        close(result.get("adjusted"), "df", expected.get("df"), 1e-6);
        close(result.get("adjusted"), "p_value", expected.get("p_value"), 1e-9);
        assertThat(result.get("difference").get("std_error").asDouble())
                .isGreaterThan(result.at("/adjusted/std_error").asDouble());
    }

    private static String cuped(JsonNode arm) {
        return "{'n':%s,'sum':%s,'sum_squares':%s,'x_sum':%s,'x_sum_squares':%s,'xy_sum':%s}"
                .formatted(
                        arm.get("n"),
                        arm.get("post_sum"),
                        arm.get("post_sum_squares"),
                        arm.get("pre_sum"),
                        arm.get("pre_sum_squares"),
                        arm.get("post_pre_sum_of_products"));
    }

    /** Cauchy and Schwarz: with sums 10 and squares 20 over 10 units, the products add up to 0 to 20. */
    @Test
    void sumsOfProductsThatNoUnitsCanHave() {
        String arm = "{'n':10,'sum':10,'sum_squares':20,'x_sum':10,'x_sum_squares':20,'xy_sum':%s}";
        String ratio = "{'n':10,'num_sum':10,'num_sum_squares':20,'den_sum':10,'den_sum_squares':20,'cross_sum':%s}";
        for (String possible : new String[] {"0", "20", "20.00000001", "13.7"}) {
            assertThat(pair("mean", arm.formatted(possible), arm.formatted("15"), "")
                            .has("error"))
                    .isFalse();
            assertThat(pair("ratio", ratio.formatted("15"), ratio.formatted(possible), "")
                            .has("error"))
                    .isFalse();
        }
        for (String impossible : new String[] {"90", "-0.001", "20.001"}) {
            assertThat(pair("mean", arm.formatted("15"), arm.formatted(impossible), "")
                            .get("error")
                            .asText())
                    .isEqualTo(
                            "The sums of treatment contradict each other: xy_sum must be between 0.0 and 20.0, by the other"
                                    + " sums: " + Double.parseDouble(impossible) + ".");
            assertThat(pair("ratio", ratio.formatted(impossible), ratio.formatted("15"), "")
                            .get("error")
                            .asText())
                    .startsWith("The sums of control contradict each other: cross_sum must be between");
        }
        String none = "{'n':0,'sum':0,'sum_squares':0,'x_sum':0,'x_sum_squares':0,'xy_sum':1}";
        assertThat(pair("mean", none, arm.formatted("15"), "").get("error").asText())
                .isEqualTo("control.xy_sum must be 0 when n is 0.");
    }

    @Test
    void adjustmentIsLinByDefaultAndNeedsAllSums() {
        String arm0 = "{'n':6,'sum':88,'sum_squares':1370,'x_sum':77,'x_sum_squares':1043,'xy_sum':1189}";
        String arm1 = "{'n':6,'sum':98,'sum_squares':1680,'x_sum':80,'x_sum_squares':1118,'xy_sum':1368}";
        JsonNode lin = pair("mean", arm0, arm1, "").get("adjusted");
        assertThat(lin).isEqualTo(pair("mean", arm0, arm1, ",'adjust':'lin'").get("adjusted"));
        assertThat(lin.get("df").asDouble()).isEqualTo(8);
        assertThat(lin.get("estimate").asDouble()).isCloseTo(1.1, within(0.1));
        assertThat(pair("mean", arm0, mean(6, "98", "1680"), "").get("error").asText())
                .isEqualTo("treatment.x_sum is missing: it must be a number.");
    }

    /** Values 1, 1 against 3, 3: every number by hand. */
    @Test
    void zeroVarianceShowsTheEstimateAndTheReason() {
        JsonNode result = pair("mean", mean(2, "2", "2"), mean(2, "6", "18"), "");
        assertThat(result.at("/control/std_error").asDouble()).isZero();
        JsonNode difference = result.get("difference");
        assertThat(difference.get("estimate").asDouble()).isEqualTo(2);
        assertThat(difference.get("std_error").isNull()).isTrue();
        assertThat(difference.get("ci").isNull()).isTrue();
        assertThat(difference.get("p_value").isNull()).isTrue();
        assertThat(difference.get("reason").asText()).isNotBlank();
        assertThat(difference.get("reason_code").asText()).isEqualTo("zero_variance");
        assertThat(result.at("/relative/estimate").asDouble()).isEqualTo(2);
    }

    @Test
    void tinyArms() {
        for (String type : new String[] {"mean", "anytime"}) {
            String options = type.equals("anytime") ? ",'tuning_n':1000" : "";
            JsonNode empty = pair(type, mean(0, "0", "0"), mean(3, "6", "14"), options);
            assertThat(empty.at("/difference/estimate").isNull()).isTrue();
            assertThat(empty.at("/difference/reason_code").asText()).isEqualTo("not_enough_data");
            JsonNode one = pair(type, mean(1, "2", "4"), mean(3, "9", "29"), options);
            assertThat(one.at("/difference/estimate").asDouble()).isEqualTo(1);
            assertThat(one.at("/relative/estimate").asDouble()).isEqualTo(0.5);
            assertThat(one.at("/difference/p_value").isNull()).isTrue();
        }
        JsonNode arm = pair("mean", mean(0, "0", "0"), mean(1, "2", "4"), "");
        assertThat(arm.at("/control").toString())
                .startsWith("{\"n\":0,\"estimate\":null,\"std_error\":null,\"reason\":\"");
        assertThat(arm.at("/treatment").toString())
                .startsWith("{\"n\":1,\"estimate\":2.0,\"std_error\":null,\"reason\":\"");
    }

    @Test
    void ratioAsGbstats() {
        for (JsonNode c : Asked.peer("gbstats_ratio_delta")) {
            JsonNode in = c.get("input");
            JsonNode result =
                    pair("ratio", ratio(in.get("control")), ratio(in.get("treatment")), ",'relative_method':'wald'");
            JsonNode effect = result.get(in.get("difference").asText().equals("absolute") ? "difference" : "relative");
            JsonNode expected = c.get("expected");
            close(effect, "estimate", expected.get("estimate"), 1e-9);
            close(effect, "std_error", expected.get("se"), 1e-9);
            close(effect, "p_value", expected.get("p_value"), 1e-9);
            closeInterval(effect.get("ci"), expected.get("ci"), 1e-9);
        }
    }

    private static String ratio(JsonNode arm) {
        return "{'n':%s,'num_sum':%s,'num_sum_squares':%s,'den_sum':%s,'den_sum_squares':%s,'cross_sum':%s}"
                .formatted(
                        arm.get("n"),
                        arm.get("m_sum"),
                        arm.get("m_sum_squares"),
                        arm.get("d_sum"),
                        arm.get("d_sum_squares"),
                        arm.get("m_d_sum_of_products"));
    }

    @Test
    void aRatioWithoutDenominatorHasNoEstimate() {
        String none = "{'n':3,'num_sum':3,'num_sum_squares':3,'den_sum':0,'den_sum_squares':0,'cross_sum':0}";
        JsonNode result = pair("ratio", none, none, "");
        assertThat(result.at("/control/estimate").isNull()).isTrue();
        assertThat(result.at("/difference/reason_code").asText()).isEqualTo("zero_denominator");
    }

    @Test
    void anytimeAsGbstats() {
        for (JsonNode c : Asked.peer("gbstats_sequential_asymp_cs")) {
            JsonNode in = c.get("input");
            JsonNode result = pair(
                    "anytime",
                    ofJson(in.get("control")),
                    ofJson(in.get("treatment")),
                    ",'tuning_n':" + in.get("tuning"));
            JsonNode effect = result.get(in.get("difference").asText().equals("absolute") ? "difference" : "relative");
            close(effect, "p_value", c.at("/expected/p_value"), 1e-9);
            closeInterval(effect.get("ci"), c.at("/expected/ci"), 1e-9);
        }
        JsonNode expected = Asked.method("seq.asympcs.prop").get("expected");
        JsonNode lift = pair("anytime", share(3000, 1396), share(3461, 2422), ",'tuning_n':5000")
                .get("relative");
        close(lift, "std_error", expected.get("se"), 1e-5);
        closeInterval(lift.get("ci"), expected.get("ci"), 1e-5);
        assertThat(lift.get("p_value").asDouble()).isCloseTo(5.17e-44, Percentage.withPercentage(1));
    }

    @Test
    void anEffectHasNoOtherKeys() {
        ObjectNode effect = (ObjectNode)
                pair("mean", mean(4, "8", "20"), mean(4, "12", "40"), "").get("difference");
        assertThat(effect.fieldNames()).toIterable().containsExactly("estimate", "std_error", "df", "ci", "p_value");
    }
}
