package org.showroomlab.reports.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** survival, elasticity, dose_response, shrink, demand. */
class AnalyzeOutcomesTest {

    private static void close(JsonNode actual, JsonNode expected, double tolerance) {
        assertThat(actual.isNumber()).isTrue();
        assertThat(actual.asDouble()).isCloseTo(expected.asDouble(), within(tolerance));
    }

    private static void closeList(JsonNode actual, JsonNode expected, double tolerance) {
        assertThat(actual).hasSize(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            close(actual.get(i), expected.get(i), tolerance);
        }
    }

    private static String error(String item) {
        return Asked.one(item).get("error").asText();
    }

    private static int indexOf(JsonNode times, double t) {
        for (int i = 0; i < times.size(); i++) {
            if (times.get(i).asDouble() == t) {
                return i;
            }
        }
        throw new AssertionError("no time " + t);
    }

    /** R survfit: every distinct time, also of censored units; no standard error at 0. */
    @Test
    void kaplanMeierAsR() {
        for (JsonNode c : Asked.peer("r_survival")) {
            JsonNode arm = Asked.one("{'type':'survival','arms':[{'time':" + c.at("/input/time") + ",'status':"
                            + c.at("/input/event") + "}]}")
                    .at("/arms/0");
            closeList(arm.get("time"), c.at("/expected/km/time"), 1e-12);
            closeList(arm.get("survival"), c.at("/expected/km/surv"), 1e-9);
            for (int i = 0; i < arm.get("time").size(); i++) {
                if (arm.get("survival").get(i).asDouble() > 0) {
                    close(
                            arm.get("std_error").get(i),
                            c.at("/expected/km/greenwood_se_surv").get(i),
                            1e-9);
                } else {
                    assertThat(arm.get("std_error").get(i).isNull()).isTrue();
                    assertThat(arm.get("reason").asText()).isNotBlank();
                }
            }
            assertThat(arm.has("rmst")).isFalse();
        }
    }

    @Test
    void competingEventsAsR() {
        JsonNode oracle = Asked.method("sv.aj");
        JsonNode arm = Asked.one("{'type':'survival','tau':20,'arms':[{'time':" + oracle.at("/inputs/time")
                        + ",'status':" + oracle.at("/inputs/event") + "}]}")
                .at("/arms/0");
        for (int k = 0; k < oracle.at("/expected/times").size(); k++) {
            int i = indexOf(arm.get("time"), oracle.at("/expected/times").get(k).asDouble());
            close(arm.get("incidence").get(i), oracle.at("/expected/cif_pickup").get(k), 1e-8);
            close(
                    arm.get("competing_incidence").get(i),
                    oracle.at("/expected/cif_cancel").get(k),
                    1e-8);
            close(
                    arm.get("survival").get(i),
                    oracle.at("/expected/still_waiting").get(k),
                    1e-8);
            close(
                    arm.get("incidence_std_error").get(i),
                    oracle.at("/expected/se_pickup_survfit").get(k),
                    1e-8);
        }
        assertThat(arm.get("rmst").asDouble()).isBetween(10.0, 15.0);
        assertThat(arm.get("rmst_std_error").asDouble()).isPositive();
    }

    @Test
    void twoCurvesAsR() {
        JsonNode aml = Asked.method("sv.logrank.aml");
        JsonNode result = Asked.one("{'type':'survival','tau':40,'arms':[{'time':" + aml.at("/inputs/non/time")
                + ",'status':" + aml.at("/inputs/non/event") + "},{'time':" + aml.at("/inputs/maintained/time")
                + ",'status':" + aml.at("/inputs/maintained/event") + "}]}");
        close(result.at("/logrank/statistic"), aml.at("/expected/chisq"), 1e-6);
        close(result.at("/logrank/p_value"), aml.at("/expected/p"), 1e-6);
        close(result.at("/arms/1/median"), aml.at("/expected/median/0"), 1e-9);
        close(result.at("/arms/0/median"), aml.at("/expected/median/1"), 1e-9);
        assertThat(result.at("/rmst_difference/estimate").asDouble())
                .isCloseTo(
                        result.at("/arms/1/rmst").asDouble()
                                - result.at("/arms/0/rmst").asDouble(),
                        within(1e-12));
        JsonNode gray = Asked.method("sv.gray");
        ObjectNode cases = JsonNodeFactory.instance.objectNode();
        cases.set("time", gray.at("/inputs/time"));
        cases.set("event", gray.at("/inputs/event"));
        cases.set("treat", gray.at("/inputs/group"));
        JsonNode tested = Asked.one("{'type':'survival','arms':[" + arm(cases, 0) + "," + arm(cases, 1) + "]}");
        close(tested.at("/gray/statistic"), gray.at("/expected/stat_pickup"), 1e-6);
        close(tested.at("/gray/p_value"), gray.at("/expected/p_pickup"), 1e-6);
        assertThat(tested.has("rmst_difference")).isFalse();
    }

    /** R survfit: restricted means and their difference. */
    @Test
    void restrictedMeansAsR() {
        for (JsonNode c : Asked.peer("r_survival")) {
            JsonNode rmst = c.at("/expected/rmst");
            JsonNode result = Asked.one("{'type':'survival','tau':" + rmst.get("tau") + ",'arms':["
                    + arm(c.get("input"), 0) + "," + arm(c.get("input"), 1) + "]}");
            close(result.at("/arms/0/rmst"), rmst.get("control"), 1e-9);
            close(result.at("/arms/1/rmst_std_error"), rmst.get("treatment_se"), 1e-9);
            close(result.at("/rmst_difference/estimate"), rmst.get("diff"), 1e-9);
            close(result.at("/rmst_difference/std_error"), rmst.get("diff_se"), 1e-9);
            close(result.at("/logrank/statistic"), c.at("/expected/logrank/chisq"), 1e-9);
        }
    }

    private static String arm(JsonNode in, int arm) {
        ArrayNode time = JsonNodeFactory.instance.arrayNode();
        ArrayNode status = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < in.get("time").size(); i++) {
            if (in.get("treat").get(i).asInt() == arm) {
                time.add(in.get("time").get(i));
                status.add(in.get("event").get(i));
            }
        }
        return "{'time':" + time + ",'status':" + status + "}";
    }

    @Test
    void survivalEdges() {
        JsonNode result = Asked.one(
                "{'type':'survival','tau':5,'arms':[{'time':[],'status':[]}," + "{'time':[1,2,3],'status':[0,0,1]}]}");
        assertThat(result.at("/arms/0/time")).isEmpty();
        assertThat(result.at("/arms/0/rmst").isNull()).isTrue();
        assertThat(result.at("/arms/0/reason_code").asText()).isEqualTo("not_enough_data");
        assertThat(result.at("/logrank/p_value").isNull()).isTrue();
        assertThat(result.at("/gray/p_value").isNull()).isTrue();
        assertThat(result.at("/rmst_difference/reason_code").asText()).isEqualTo("not_enough_data");
        JsonNode waiting = Asked.one("{'type':'survival','arms':[{'time':[1,2,3],'status':[0,0,0]}]}");
        assertThat(waiting.at("/arms/0/median").isNull()).isTrue();
        assertThat(waiting.at("/arms/0/reason").asText()).contains("no median");
        assertThat(error("{'type':'survival','arms':[{'time':[1],'status':[3]}]}"))
                .isEqualTo("arms[0].status[0] must be 0 (censored), 1 (event) or 2 (competing): 3.");
        assertThat(error("{'type':'survival','arms':[{'time':[-1],'status':[1]}]}"))
                .isEqualTo("arms[0].time[0] must be at least 0: -1.0.");
        assertThat(error("{'type':'survival','arms':[{'time':[1,2],'status':[1]}]}"))
                .isEqualTo("arms[0].status must have 2 entries, as the list beside it: 1.");
    }

    /** R survfit's restricted mean also goes on flat; the answer says so. */
    @Test
    void aCurveThatWasNotSeenUpToTauIsSaid() {
        JsonNode result = Asked.one("{'type':'survival','tau':10,'arms':[{'time':[1,2,3],'status':[1,0,0]},"
                + "{'time':[1,12],'status':[1,1]}]}");
        assertThat(result.at("/arms/0/rmst").asDouble()).isCloseTo(1 + 9 * 2 / 3.0, within(1e-12));
        assertThat(result.at("/arms/0/rmst_note").asText())
                .isEqualTo(
                        "Nobody was seen after 3.0, with some still waiting; from there to 10.0 the curve is taken to stay"
                                + " flat.");
        assertThat(result.at("/arms/1").has("rmst_note")).isFalse();
        assertThat(result.at("/rmst_difference/estimate").asDouble()).isCloseTo(5.5 - 7, within(1e-12));
        assertThat(result.at("/rmst_difference/note").asText()).contains("rmst_note");
        JsonNode ended = Asked.one("{'type':'survival','tau':10,'arms':[{'time':[1,2],'status':[1,1]},"
                + "{'time':[1,3],'status':[1,1]}]}");
        assertThat(ended.at("/arms/0").has("rmst_note")).isFalse();
        assertThat(ended.get("rmst_difference").has("note")).isFalse();
    }

    @Test
    void restrictedMeansThatCannotVary() {
        JsonNode difference = Asked.one(
                        "{'type':'survival','tau':10,'arms':[{'time':[5],'status':[1]},{'time':[6],'status':[1]}]}")
                .get("rmst_difference");
        assertThat(difference.get("estimate").asDouble()).isEqualTo(1);
        assertThat(difference.get("ci").isNull()).isTrue();
        assertThat(difference.get("reason_code").asText()).isEqualTo("zero_variance");
        assertThat(difference.get("reason").asText()).doesNotContain("Nobody left");
    }

    private static final String SIX =
            "{'type':'elasticity','price':[4,5,6,7,8,9],'n':[1000,1000,1000,1000,1000,1000],'x':[120,104,86,80,67,60]%s}";

    @Test
    void twoPrices() {
        JsonNode result = Asked.one("{'type':'elasticity','price':[5,6],'n':[5000,5000],'x':[500,420]}");
        JsonNode arc = Asked.method("pr.arc.ci").get("expected");
        close(result.at("/arc/estimate"), arc.get("e"), 1e-8);
        close(result.at("/arc/std_error"), arc.get("se"), 1e-8);
        JsonNode log = Asked.method("pr.logratio.ci").get("expected");
        close(result.at("/log_ratio/estimate"), log.get("e"), 1e-8);
        closeList(result.at("/log_ratio/ci"), log.get("ci95"), 1e-8);
        assertThat(result.has("logit")).isFalse();
        assertThat(result.get("mcb")).hasSize(2);
    }

    @Test
    void demandCurves() {
        JsonNode result = Asked.one(SIX.formatted(""));
        JsonNode log = Asked.method("pr.logbinomial").get("expected");
        close(result.at("/log_binomial/intercept"), log.get("intercept"), 1e-6);
        close(result.at("/log_binomial/elasticity"), log.get("elasticity"), 1e-6);
        close(result.at("/log_binomial/std_error"), log.get("se"), 1e-6);
        JsonNode logit = Asked.method("pr.logit.opt");
        close(result.at("/logit/a"), logit.at("/inputs/a"), 1e-6);
        close(result.at("/logit/b"), logit.at("/inputs/b"), 1e-6);
        assertThat(result.at("/logit/std_errors/0").asDouble())
                .isCloseTo(Math.sqrt(logit.at("/inputs/vcov_ab/0/0").asDouble()), within(1e-6));
        close(result.at("/logit/optimum/price"), logit.at("/expected/p_star"), 1e-5);
        close(result.at("/logit/optimum/std_error"), logit.at("/expected/se"), 1e-5);
        close(result.at("/logit/optimum/revenue"), logit.at("/expected/rev"), 1e-6);
        close(
                Asked.one(SIX.formatted(",'marginal_cost':2")).at("/logit/optimum/price"),
                logit.at("/expected/p_star_c2"),
                1e-5);
        JsonNode revenue = Asked.method("pr.rpv").get("expected");
        for (int i = 0; i < 6; i++) {
            close(
                    result.get("revenue_per_visitor").get(i).get("estimate"),
                    revenue.get("rpv").get(i),
                    1e-9);
            close(
                    result.get("revenue_per_visitor").get(i).get("std_error"),
                    revenue.get("se").get(i),
                    1e-9);
            assertThat(result.get("mcb").get(i).get("could_be_best").asBoolean())
                    .isTrue();
            assertThat(result.get("mcb").get(i).get("upper").asDouble()).isPositive();
        }
        assertThat(result.get("isotonic").toString()).isEqualTo("[0.12,0.104,0.086,0.08,0.067,0.06]");
    }

    @Test
    void noPriceBeyondTheTestedOnes() {
        JsonNode optimum = Asked.one(SIX.formatted(",'marginal_cost':8")).at("/logit/optimum");
        assertThat(optimum.get("price").isNull()).isTrue();
        assertThat(optimum.get("reason_code").asText()).isEqualTo("outside_tested_prices");
    }

    @Test
    void elasticityEdges() {
        JsonNode empty = Asked.one("{'type':'elasticity','price':[5,6],'n':[10,0],'x':[1,0]}");
        assertThat(empty.at("/arc/reason_code").asText()).isEqualTo("not_enough_data");
        assertThat(empty.at("/revenue_per_visitor/0/estimate").asDouble()).isEqualTo(0.5);
        assertThat(empty.at("/revenue_per_visitor/1/estimate").isNull()).isTrue();
        assertThat(empty.at("/mcb/0/could_be_best").isNull()).isTrue();
        JsonNode none = Asked.one("{'type':'elasticity','price':[5,6,7],'n':[10,10,10],'x':[0,0,0]}");
        assertThat(none.at("/logit/reason_code").asText()).isEqualTo("no_sales");
        assertThat(none.at("/isotonic").toString()).isEqualTo("[0.0,0.0,0.0]");
        for (String x : new String[] {"[1000,1000,0]", "[1000,1000,990]", "[1000,1000,1000]"}) {
            JsonNode all = Asked.one("{'type':'elasticity','price':[5,6,7],'n':[1000,1000,1000],'x':" + x + "}");
            assertThat(all.at("/logit/b").isNull()).isTrue();
            assertThat(all.at("/logit/optimum").isNull()).isTrue();
            assertThat(all.at("/logit/reason").asText()).contains("verybody");
            assertThat(all.at("/log_binomial/elasticity").isNull()).isTrue();
        }
        assertThat(Asked.one("{'type':'elasticity','price':[],'n':[],'x':[]}").toString())
                .isEqualTo("{\"revenue_per_visitor\":[],\"mcb\":[]}");
        assertThat(error("{'type':'elasticity','price':[0,6],'n':[10,9],'x':[1,0]}"))
                .isEqualTo("price[0] must be greater than 0: 0.0.");
        assertThat(error("{'type':'elasticity','price':[5,6],'n':[10,9],'x':[1,10]}"))
                .isEqualTo("x[1] must be at most n = 9: 10.");
    }

    @Test
    void doses() {
        JsonNode up = Asked.one("{'type':'dose_response','dose':[1,2,3,4,5,6,7,8,9],'y':[1,0,4,3,3,5,4,2,0],"
                + "'w':[1,1,1,1,1,1,1,1,1],'direction':'increasing'}");
        closeList(up.get("isotonic"), Asked.method("dr.isoreg").at("/expected/fit"), 1e-12);
        JsonNode demand = Asked.method("dr.anti.demand");
        JsonNode down = Asked.one("{'type':'dose_response','dose':[4,5,6,7,8,9],'direction':'decreasing','y':"
                + demand.at("/inputs/y") + ",'w':" + demand.at("/inputs/w") + "}");
        closeList(down.get("isotonic"), demand.at("/expected/fit"), 1e-9);
        JsonNode shuffled = Asked.one(
                "{'type':'dose_response','dose':[30,10,20],'y':[3,2,1],'w':[1,1,1]," + "'direction':'increasing'}");
        assertThat(shuffled.get("isotonic").toString()).isEqualTo("[3.0,1.5,1.5]");
        JsonNode tied = Asked.one(
                "{'type':'dose_response','dose':[10,10,20],'y':[1,4,3],'w':[1,2,1]," + "'direction':'increasing'}");
        assertThat(tied.get("isotonic").toString()).isEqualTo("[3.0,3.0,3.0]");
    }

    /** y = 1 + 2 ln(dose) + (0.1, -0.2, 0.1), orthogonal to a line: residual sum 0.06, Sxx = 2 ln²2. */
    @Test
    void logDoseByHand() {
        double step = Math.log(2);
        JsonNode line = Asked.one("{'type':'dose_response','dose':[1,2,4],'w':[1,1,1],'direction':'increasing','y':["
                        + 1.1 + "," + (0.8 + 2 * step) + "," + (1.1 + 4 * step) + "]}")
                .get("log_dose");
        assertThat(line.get("intercept").asDouble()).isCloseTo(1, within(1e-12));
        assertThat(line.get("slope").asDouble()).isCloseTo(2, within(1e-12));
        assertThat(line.get("std_error").asDouble()).isCloseTo(Math.sqrt(0.06 / 2) / step, within(1e-12));
    }

    @Test
    void anExactLineKeepsItsSlopeOnly() {
        JsonNode line = Asked.one("{'type':'dose_response','dose':[1,2,4,8],'w':[1,1,1,1],'direction':'increasing',"
                        + "'y':[0,0.6931471805599453,1.3862943611198906,2.0794415416798357]}")
                .get("log_dose");
        assertThat(line.get("slope").asDouble()).isCloseTo(1, within(1e-12));
        assertThat(line.get("std_error").isNull()).isTrue();
        assertThat(line.get("p_value").isNull()).isTrue();
        assertThat(line.get("reason_code").asText()).isEqualTo("zero_variance");
    }

    @Test
    void doseEdges() {
        JsonNode zero = Asked.one("{'type':'dose_response','dose':[0,1],'y':[1,2],'w':[1,1],'direction':'increasing'}");
        assertThat(zero.get("isotonic")).hasSize(2);
        assertThat(zero.at("/log_dose/reason_code").asText()).isEqualTo("dose_not_positive");
        assertThat(Asked.one("{'type':'dose_response','dose':[],'y':[],'w':[],'direction':'increasing'}")
                        .at("/log_dose/reason_code")
                        .asText())
                .isEqualTo("not_enough_data");
        assertThat(error("{'type':'dose_response','dose':[1],'y':[1],'w':[0],'direction':'increasing'}"))
                .isEqualTo("w[0] must be greater than 0: 0.0.");
        assertThat(error("{'type':'dose_response','dose':[1],'y':[1],'w':[1],'direction':'up'}"))
                .isEqualTo("direction must be one of increasing, decreasing: \"up\".");
    }

    @Test
    void shrinkage() {
        JsonNode expected = Asked.method("eb.8schools").get("expected");
        for (String method : new String[] {"dl", "reml", "paule_mandel"}) {
            JsonNode result = Asked.one("{'type':'shrink','method':'" + method
                    + "','estimates':[28,8,-3,7,-1,1,18,12],'std_errors':[15,10,16,11,9,11,10,18]}");
            close(result.get("tau2"), expected.get("tau2"), 1e-6);
            close(result.get("mu"), expected.get("mu"), 1e-6);
            close(result.get("mu_std_error"), expected.get("se"), 1e-6);
            close(result.get("q"), expected.get("Q"), 1e-6);
            assertThat(result.get("shrunken")).hasSize(8);
        }
        JsonNode one = Asked.one("{'type':'shrink','estimates':[1],'std_errors':[1]}");
        assertThat(one.get("mu").isNull()).isTrue();
        assertThat(one.get("reason").asText()).isNotBlank();
        assertThat(error("{'type':'shrink','estimates':[1,2],'std_errors':[1,0]}"))
                .isEqualTo("std_errors[1] must be greater than 0: 0.0.");
    }

    @Test
    void demand() {
        JsonNode expected = Asked.method("inv.censored.poisson").get("expected");
        JsonNode result = Asked.one("{'type':'demand','sales':[4,7,10,10,6,10,3,8],'stock':[10,10,10,10,10,10,10,10]}");
        close(result.get("lambda"), expected.get("lambda"), 1e-6);
        close(result.get("std_error"), expected.get("se"), 1e-6);
        close(result.get("naive"), expected.get("naive_mean"), 1e-12);
        JsonNode soldOut = Asked.one("{'type':'demand','sales':[4],'stock':[4]}");
        assertThat(soldOut.get("lambda").isNull()).isTrue();
        assertThat(soldOut.get("naive").asDouble()).isEqualTo(4);
        assertThat(soldOut.get("reason_code").asText()).isEqualTo("all_sold_out");
        assertThat(Asked.one("{'type':'demand','sales':[],'stock':[]}")
                        .get("naive")
                        .isNull())
                .isTrue();
        assertThat(error("{'type':'demand','sales':[5],'stock':[4]}"))
                .isEqualTo("sales[0] must be at most the stock of 4: 5.");
    }
}
