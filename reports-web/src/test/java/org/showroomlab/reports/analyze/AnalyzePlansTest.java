package org.showroomlab.reports.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** srm, adjust, power, group_sequential, betting. */
class AnalyzePlansTest {

    private static void close(JsonNode actual, JsonNode expected, double tolerance) {
        assertThat(actual.isNumber()).isTrue();
        assertThat(actual.asDouble()).isCloseTo(expected.asDouble(), within(tolerance));
    }

    private static String error(String item) {
        return Asked.one(item).get("error").asText();
    }

    @Test
    void sampleRatioAtOneLook() {
        JsonNode expected = Asked.method("srm.kohavi").get("expected");
        JsonNode result = Asked.one("{'type':'srm','counts':[821588,815482],'weights':[0.5,0.5]}");
        close(result.get("statistic"), expected.get("chisq"), 1e-6);
        assertThat(result.get("df").asInt()).isEqualTo(1);
        assertThat(result.get("p_value").asDouble())
                .isCloseTo(expected.get("p").asDouble(), Percentage.withPercentage(1e-4));
        JsonNode none = Asked.one("{'type':'srm','counts':[0,0],'weights':[1,1]}");
        assertThat(none.get("p_value").isNull()).isTrue();
        assertThat(none.get("reason").asText()).isNotBlank();
        assertThat(error("{'type':'srm','counts':[1,2],'weights':[1]}"))
                .isEqualTo("weights must have 2 entries, as the list beside it: 1.");
        assertThat(error("{'type':'srm','counts':[1,-2],'weights':[1,1]}")).startsWith("counts[1] must be an integer");
    }

    @Test
    void sampleRatioAtEveryLook() {
        JsonNode oracle = Asked.method("srm.seq");
        for (int c = 0; c < oracle.at("/inputs/cases").size(); c++) {
            JsonNode p = Asked.one("{'type':'srm','weights':[0.5,0.5],'increments':"
                            + oracle.at("/inputs/cases").get(c) + "}")
                    .get("p_values");
            JsonNode expected = oracle.at("/expected/p").get(c);
            assertThat(p).hasSize(expected.size());
            for (int i = 0; i < p.size(); i++) {
                assertThat(p.get(i).asDouble()).isCloseTo(expected.get(i).asDouble(), Percentage.withPercentage(1e-4));
            }
        }
        assertThat(Asked.one("{'type':'srm','weights':[1,1],'increments':[]}")
                        .get("p_values")
                        .isNull())
                .isTrue();
        assertThat(error("{'type':'srm','weights':[1,1],'increments':[[1,2],[3]]}"))
                .isEqualTo("increments[1] must have 2 entries, one per weight: 1.");
        assertThat(error("{'type':'srm','weights':[1,1],'increments':[1,2]}"))
                .isEqualTo("increments[0] must be a list of counts.");
        assertThat(error("{'type':'srm','weights':[1,1],'increments':[[1,0.5]]}"))
                .startsWith("increments[0][1] must be an integer");
    }

    @Test
    void adjustmentsAsR() {
        for (JsonNode c : Asked.peer("r_p_adjust")) {
            JsonNode result = Asked.one("{'type':'adjust','method':" + c.at("/input/method") + ",'p_values':"
                    + c.at("/input/p_values") + "}");
            JsonNode expected = c.at("/expected/p_adjusted");
            for (int i = 0; i < expected.size(); i++) {
                close(result.get("p_values").get(i), expected.get(i), 1e-12);
                assertThat(result.get("rejected").get(i).asBoolean())
                        .isEqualTo(result.get("p_values").get(i).asDouble() <= 0.05);
            }
        }
        assertThat(Asked.one("{'type':'adjust','method':'hommel','p_values':[]}")
                        .toString())
                .isEqualTo("{\"p_values\":[],\"rejected\":[],\"rejected_count\":0}");
        assertThat(error("{'type':'adjust','method':'fisher','p_values':[0.1]}"))
                .isEqualTo("method must be one of holm, hochberg, hommel, bonferroni, benjamini_hochberg,"
                        + " benjamini_yekutieli: \"fisher\".");
        assertThat(error("{'type':'adjust','method':'holm','p_values':[1.5]}"))
                .isEqualTo("p_values[0] must be in [0, 1]: 1.5.");
    }

    @Test
    void eValues() {
        JsonNode result = Asked.one("{'type':'adjust','method':'e_bh','e_values':[1,60,40,20,200]}");
        assertThat(result.get("rejected").toString()).isEqualTo("[false,true,true,false,true]");
        assertThat(result.get("rejected_count").asInt())
                .isEqualTo(Asked.method("seq.ebh").at("/expected/rejected").asInt());
        assertThat(result.has("p_values")).isFalse();
    }

    @Test
    void powerAsR() {
        JsonNode t = Asked.method("pw.ttest").get("expected");
        close(
                Asked.one("{'type':'power','metric':'mean','n':20,'delta':1,'sd':1}")
                        .get("power"),
                t.get("power"),
                1e-6);
        JsonNode n = Asked.one("{'type':'power','metric':'mean','power':0.9,'delta':1,'sd':1}");
        close(n.get("n"), t.get("n_b"), 1e-4);
        assertThat(n.get("n_whole").asInt()).isEqualTo(23);
        close(
                Asked.one("{'type':'power','metric':'mean','delta':0.1,'sd':1,'power':0.8,'sides':1}")
                        .get("n"),
                Asked.peer("r_power").get(1).at("/expected/n_per_group"),
                1e-3);
        close(
                Asked.one("{'type':'power','metric':'mean','delta':0.1,'sd':1,'power':0.8,'alternative':'greater'}")
                        .get("n"),
                Asked.peer("r_power").get(1).at("/expected/n_per_group"),
                1e-3);
        close(
                Asked.one("{'type':'power','metric':'mean','n':100,'sd':1,'power':0.8}")
                        .get("delta"),
                Asked.peer("r_power").get(0).at("/expected/mde_at_100"),
                1e-6);
        JsonNode p = Asked.method("pw.prop").get("expected");
        close(
                Asked.one("{'type':'power','metric':'proportion','n':50,'p0':0.5,'p1':0.75}")
                        .get("power"),
                p.get("power"),
                1e-6);
        close(
                Asked.one("{'type':'power','metric':'proportion','p0':0.5,'p1':0.75,'power':0.9}")
                        .get("n"),
                p.get("n_b"),
                1e-4);
        double p1 = Asked.one("{'type':'power','metric':'proportion','n':50,'p0':0.5,'power':0.740165901}")
                .get("p1")
                .asDouble();
        assertThat(p1).isCloseTo(0.75, within(1e-6));
        JsonNode ni = Asked.method("pw.ni").get("expected");
        close(
                Asked.one("{'type':'power','metric':'non_inferiority','margin':0.1,'sd':1,'power':0.8}")
                        .get("n"),
                ni.at("/n/0"),
                1e-5);
    }

    @Test
    void clusterPowerAsR() {
        JsonNode expected = Asked.method("cl.power").get("expected");
        String design = "{'type':'power','metric':'clusters','delta':0.25,'sd':1,'m':50,'icc':0.05,";
        assertThat(Asked.one(design + "'power':0.8}").get("n").asDouble())
                .isEqualTo(expected.get("k_t").asDouble());
        close(Asked.one(design + "'n':19,'cv':0}").get("power"), expected.get("power_at_k_t"), 1e-6);
        JsonNode few = Asked.method("cl.power.fewshowrooms").get("expected");
        // the recorded effect was solved to four digits
        close(
                Asked.one("{'type':'power','metric':'clusters','n':6,'sd':1,'m':2000,'icc':0.01,'power':0.8}")
                        .get("delta"),
                few.get("mde80_k6"),
                5e-5);
    }

    @Test
    void powerEdges() {
        assertThat(error("{'type':'power','metric':'mean','sd':1,'n':20}"))
                .isEqualTo("Exactly one of n, delta, power must be left out: delta, power are.");
        assertThat(error("{'type':'power','metric':'mean','sd':1,'n':20,'delta':1,'power':0.5}"))
                .isEqualTo("Exactly one of n, delta, power must be left out: none is.");
        assertThat(error("{'type':'power','metric':'mean','sd':1,'n':1,'delta':1}"))
                .isEqualTo("n must be at least 2.0: 1.0.");
        assertThat(error("{'type':'power','metric':'mean','sd':1,'n':9,'delta':1,'sides':3}"))
                .isEqualTo("sides must be 1 or 2: 3.0.");
        assertThat(error("{'type':'power','metric':'clusters','delta':1,'sd':1,'m':5,'icc':2,'n':4}"))
                .contains("icc in [0, 1]");
        JsonNode never = Asked.one("{'type':'power','metric':'mean','sd':1,'delta':0,'power':0.8}");
        assertThat(never.get("n").isNull()).isTrue();
        assertThat(never.get("reason_code").asText()).isEqualTo("power_not_reachable");
    }

    @Test
    void groupSequentialAsR() {
        JsonNode of8 = Asked.method("seq.ld.of8");
        JsonNode result = Asked.one("{'type':'group_sequential','spending':'obrien_fleming','alpha':0.025,"
                + "'information':" + of8.at("/inputs/t") + "}");
        JsonNode pocock = Asked.method("seq.ld.poc5");
        JsonNode second = Asked.one("{'type':'group_sequential','spending':'pocock','alpha':0.025,'information':"
                + pocock.at("/inputs/t") + "}");
        for (int k = 0; k < 8; k++) {
            close(result.get("z").get(k), of8.at("/expected/z").get(k), 3e-4);
            close(
                    result.get("cumulative_alpha").get(k),
                    of8.at("/expected/cum_alpha").get(k),
                    1e-6);
        }
        for (int k = 0; k < 5; k++) {
            close(second.get("z").get(k), pocock.at("/expected/z").get(k), 3e-4);
        }
        assertThat(error("{'type':'group_sequential','information':[0.5,0.5]}"))
                .isEqualTo("information must ascend within (0, 1]: 0.5 after 0.5.");
        JsonNode early = Asked.one("{'type':'group_sequential','alpha':0.025,'information':[0.001,1]}");
        assertThat(early.at("/z/0").isNull()).isTrue();
        assertThat(early.get("reason").asText()).isNotBlank();
    }

    @Test
    void betting() {
        JsonNode ci =
                Asked.one("{'type':'betting','values':[1,0,1,1,0,1,1,1,0,1]}").get("ci");
        assertThat(ci.get(0).asDouble()).isBetween(0.05, 0.5);
        assertThat(ci.get(1).asDouble()).isBetween(0.8, 1.0);
        JsonNode none = Asked.one("{'type':'betting','values':[]}");
        assertThat(none.get("ci").isNull()).isTrue();
        assertThat(none.get("reason").asText()).isNotBlank();
        assertThat(error("{'type':'betting','values':[0.5,1.01]}")).isEqualTo("values[1] must be in [0, 1]: 1.01.");
    }
}
