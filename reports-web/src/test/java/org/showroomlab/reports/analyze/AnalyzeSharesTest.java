package org.showroomlab.reports.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.showroomlab.reports.analyze.AskedArms.close;
import static org.showroomlab.reports.analyze.AskedArms.closeInterval;
import static org.showroomlab.reports.analyze.AskedArms.ofJson;
import static org.showroomlab.reports.analyze.AskedArms.pair;
import static org.showroomlab.reports.analyze.AskedArms.share;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** proportion, bayes. */
class AnalyzeSharesTest {
    @Test
    void proportionsAsNewcombeAndR() {
        JsonNode newcombe = Asked.method("two.newcombe.1").get("expected");
        JsonNode difference =
                pair("proportion", share(80, 48), share(70, 56), "").get("difference");
        close(difference, "estimate", newcombe.get("diff"), 1e-12);
        closeInterval(difference.get("ci"), newcombe.get("ci95"), 1e-6);
        for (JsonNode c : Asked.peer("r_proportions")) {
            JsonNode in = c.get("input");
            JsonNode expected = c.get("expected");
            JsonNode result = pair(
                    "proportion",
                    share(in.at("/control/n").asLong(), in.at("/control/x").asLong()),
                    share(in.at("/treatment/n").asLong(), in.at("/treatment/x").asLong()),
                    ",'ci_method':'wald','alternative':'"
                            + in.get("alternative").asText().replace('.', '_') + "'");
            close(result.get("difference"), "std_error", expected.get("se_unpooled"), 1e-12);
            close(result.get("difference"), "p_value", expected.get("p_chisq"), 1e-9);
            close(result, "fisher_p_value", expected.get("fisher_p"), 1e-9);
            assertThat(result.get("difference").has("df")).isFalse();
        }
    }

    @Test
    void proportionEdges() {
        assertThat(pair("proportion", share(3, 4), share(3, 1), "").get("error").asText())
                .isEqualTo("control.successes must be at most n = 3: 4.");
        JsonNode empty = pair("proportion", share(0, 0), share(3, 1), "");
        assertThat(empty.get("fisher_p_value").isNull()).isTrue();
        assertThat(empty.get("reason").asText()).isNotBlank();
        assertThat(empty.at("/difference/reason_code").asText()).isEqualTo("not_enough_data");
        JsonNode none = pair("proportion", share(2, 0), share(1, 0), "");
        assertThat(none.at("/difference/p_value").asDouble()).isEqualTo(1);
        assertThat(none.at("/relative/reason_code").asText()).isEqualTo("zero_baseline");
        JsonNode wald = pair("proportion", share(10, 0), share(10, 10), ",'ci_method':'wald'");
        assertThat(wald.at("/difference/estimate").asDouble()).isEqualTo(1);
        assertThat(wald.at("/difference/ci").isNull()).isTrue();
        assertThat(wald.at("/difference/reason_code").asText()).isEqualTo("zero_variance");
        assertThat(wald.get("fisher_p_value").asDouble()).isCloseTo(2 / 184_756.0, within(1e-15));
    }

    @Test
    void bayesAsGbstats() {
        for (JsonNode c : Asked.peer("gbstats_bayesian")) {
            JsonNode in = c.get("input");
            if (in.get("inverse").asBoolean() || in.get("difference").asText().equals("absolute")) {
                continue;
            }
            JsonNode result = pair("bayes", ofJson(in.get("control")), ofJson(in.get("treatment")), "");
            JsonNode expected = c.get("expected");
            close(result, "chance_to_win", expected.get("chance_to_win"), 1e-12);
            close(result, "expected_loss", expected.get("risk_treatment"), 1e-12);
            closeInterval(result.get("ci"), expected.get("ci"), 1e-10);
        }
    }

    /** A prior as precise as the data halves the lift and the variance. */
    @Test
    void aPriorPulls() {
        String control = share(1000, 100);
        String treatment = share(1000, 120);
        JsonNode flat = pair("bayes", control, treatment, "");
        double sd = flat.get("sd").asDouble();
        JsonNode pulled = pair("bayes", control, treatment, ",'prior':{'mean':0,'sd':" + sd + "}");
        assertThat(flat.get("mean").asDouble()).isCloseTo(0.2, within(1e-12));
        assertThat(pulled.get("mean").asDouble()).isCloseTo(0.1, within(1e-12));
        assertThat(pulled.get("sd").asDouble()).isCloseTo(sd / Math.sqrt(2), within(1e-12));
        assertThat(pair("bayes", control, treatment, ",'prior':{'mean':0,'sd':0}")
                        .get("error")
                        .asText())
                .isEqualTo("prior.sd must be greater than 0: 0.0.");
        JsonNode zero = pair("bayes", share(10, 0), share(10, 2), "");
        assertThat(zero.get("chance_to_win").isNull()).isTrue();
        assertThat(zero.get("reason_code").asText()).isEqualTo("zero_baseline");
    }

    /** Beta(1, 1) against Beta(2, 1): P = 2/3, E[max(p0 - p1, 0)] = 1/12; of the latter F(x) = x². */
    @Test
    void fewUnitsAreBelievedExactly() {
        JsonNode few = pair("bayes", share(0, 0), share(1, 1), ",'alpha':0.36");
        assertThat(few.at("/beta_binomial/chance_to_win").asDouble()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(few.at("/beta_binomial/expected_loss").asDouble()).isCloseTo(1.0 / 12, within(1e-12));
        assertThat(few.at("/beta_binomial/control_ci/0").asDouble()).isCloseTo(0.18, within(1e-12));
        assertThat(few.at("/beta_binomial/treatment_ci/0").asDouble()).isCloseTo(Math.sqrt(0.18), within(1e-12));
        assertThat(pair("bayes", share(0, 0), share(1, 1), ",'prior':{'mean':0,'sd':1}")
                        .has("beta_binomial"))
                .isFalse();
    }

    @Test
    void unitsOfAnyNumberAreBelieved() {
        for (long n : new long[] {1_000, 1_000_000, 1_000_000_000}) {
            for (long successes : new long[] {0, 1, n / 2, n - 1, n}) {
                JsonNode beta = pair("bayes", share(n, successes), share(n, successes), "")
                        .get("beta_binomial");
                assertThat(beta.get("chance_to_win").asDouble())
                        .as("%d of %d", successes, n)
                        .isCloseTo(0.5, within(1e-7));
            }
        }
        JsonNode more =
                pair("bayes", share(10, 2), share(1_000_000_001, 20), "").get("beta_binomial");
        assertThat(more.get("chance_to_win").isNull()).isTrue();
        assertThat(more.get("reason_code").asText()).isEqualTo("too_many_units");
    }
}
