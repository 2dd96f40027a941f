package org.showroomlab.reports.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** clusters, switchback, quantile. */
class AnalyzeClustersTest {

    private static final String TWELVE = "'n':[5,4,6,5,5,3,7,5,4,6,5,5],"
            + "'sum':[12538,8598,12697,11330,11230,6968,15882,12192,8559,13244,13079,10334],"
            + "'arm':[1,0,1,0,0,1,1,0,1,0,0,1]";

    @Test
    void everyMethodByDefault() {
        JsonNode methods = Asked.one("{'type':'clusters'," + TWELVE + "}").get("methods");
        assertThat(methods.fieldNames())
                .toIterable()
                .containsExactly("cr2", "welch_means", "randomization", "wild_bootstrap");
        JsonNode cr2 = Asked.method("cl.cr2.closedform").get("expected");
        close(methods.at("/cr2/estimate"), cr2.get("estimate"), 1e-9);
        close(methods.at("/cr2/std_error"), cr2.get("se"), 1e-9);
        close(methods.at("/cr2/df"), cr2.get("df"), 1e-9);
        JsonNode welch = Asked.method("cl.welch.means").get("expected");
        close(methods.at("/welch_means/df"), welch.get("df"), 1e-6);
        close(methods.at("/welch_means/p_value"), welch.get("p"), 1e-6);
        close(methods.at("/welch_means/ci/0"), welch.at("/ci95/0"), 1e-6);
        JsonNode exact = Asked.method("cl.ri.exact").get("expected").get("pooled_ratio");
        assertThat(methods.at("/randomization/count").asLong())
                .isEqualTo(exact.get("count").asLong());
        assertThat(methods.at("/randomization/of").asLong()).isEqualTo(924);
        close(methods.at("/randomization/p_value"), exact.get("p"), 1e-9);
        assertThat(methods.at("/randomization").has("std_error")).isFalse();
        assertThat(methods.at("/wild_bootstrap/p_value").asDouble()).isBetween(0.2, 0.6);
    }

    @Test
    void onlyTheMethodsAskedFor() {
        JsonNode methods = Asked.one("{'type':'clusters','methods':['cr2']," + TWELVE + "}")
                .get("methods");
        assertThat(methods.fieldNames()).toIterable().containsExactly("cr2");
        assertThat(Asked.one("{'type':'clusters','methods':['ols']," + TWELVE + "}")
                        .get("error")
                        .asText())
                .isEqualTo("methods must be one of cr2, welch_means, randomization, wild_bootstrap: \"ols\".");
    }

    /** Asked by name the numbers are there, and beside them why a report would not act on them. */
    @Test
    void sixClustersAreTooFew() {
        JsonNode methods = Asked.one("{'type':'clusters','methods':['randomization','cr2'],"
                        + "'n':[1,2,1,1,1,1],'sum':[1,4,3,7,8,9],'arm':[0,0,0,1,1,1]}")
                .get("methods");
        assertThat(methods.at("/randomization/reason_code").asText()).isEqualTo("too_few_clusters");
        assertThat(methods.at("/randomization/p_value").asDouble()).isEqualTo(0.1);
        assertThat(methods.at("/randomization/count").asLong()).isEqualTo(2);
        assertThat(methods.at("/randomization/of").asLong()).isEqualTo(20);
        // n = (1, 2, 1) and (1, 1, 1): V = (1/12 + 0 + 1/12) + 2/6, df = 49/13
        assertThat(methods.at("/cr2/reason_code").asText()).isEqualTo("too_few_clusters");
        assertThat(methods.at("/cr2/estimate").asDouble()).isEqualTo(6);
        assertThat(methods.at("/cr2/std_error").asDouble()).isCloseTo(Math.sqrt(0.5), within(1e-12));
        assertThat(methods.at("/cr2/df").asDouble()).isCloseTo(49.0 / 13, within(1e-12));
        assertThat(methods.at("/cr2/p_value").asDouble()).isBetween(0.0, 0.01);
        assertThat(methods.at("/cr2/ci")).hasSize(2);
        JsonNode loose = Asked.one("{'type':'clusters','methods':['randomization'],'alpha':0.1,"
                        + "'n':[1,1,1,1,1,1],'sum':[1,2,3,7,8,9],'arm':[0,0,0,1,1,1]}")
                .get("methods");
        assertThat(loose.at("/randomization/p_value").asDouble()).isEqualTo(0.1);
        assertThat(loose.at("/randomization").has("reason")).isFalse();
    }

    /** One control cluster of mean 2 and two treated of mean 1 and 4 with 1 and 2 visits. */
    @Test
    void aRefusedMethodStillShowsTheEstimate() {
        JsonNode methods = Asked.one("{'type':'clusters','n':[3,1,2,0],'sum':[6,1,8,0],'arm':[0,1,1,0]}")
                .get("methods");
        methods.properties().stream()
                .filter(m -> !m.getKey().equals("randomization"))
                .forEach(m -> assertThat(m.getValue().get("p_value").isNull()).isTrue());
        methods.forEach(m -> assertThat(m.get("reason").asText()).isNotBlank());
        assertThat(methods.at("/cr2/estimate").asDouble()).isEqualTo(1);
        assertThat(methods.at("/randomization/estimate").asDouble()).isEqualTo(1);
        assertThat(methods.at("/wild_bootstrap/estimate").asDouble()).isEqualTo(1);
        assertThat(methods.at("/welch_means/estimate").asDouble()).isEqualTo(0.5);
    }

    @Test
    void oneClusterAgainstVeryManyStaysInItsItem() {
        String ones = "1,".repeat(20_000) + "1";
        JsonNode result = Asked.one("{'type':'clusters','methods':['randomization'],'n':[" + ones + "],'sum':[" + ones
                + "],'arm':[" + ones.replaceFirst("1", "0") + "]}");
        assertThat(result.has("error") || result.has("methods")).isTrue();
    }

    @Test
    void emptyAndBadClusters() {
        JsonNode none =
                Asked.one("{'type':'clusters','n':[],'sum':[],'arm':[]}").get("methods");
        none.forEach(m -> assertThat(m.get("reason").asText()).isNotBlank());
        JsonNode oneArm = Asked.one("{'type':'clusters','n':[2,3],'sum':[2,3],'arm':[0,0]}")
                .get("methods");
        oneArm.forEach(m -> assertThat(m.get("estimate").isNull()).isTrue());
        assertThat(error("{'type':'clusters','n':[2,3],'sum':[2],'arm':[0,1]}"))
                .isEqualTo("sum must have 2 entries, as the list beside it: 1.");
        assertThat(error("{'type':'clusters','n':[2,3],'sum':[2,3],'arm':[0,2]}"))
                .isEqualTo("arm[1] must be 0 or 1: 2.");
        assertThat(error("{'type':'clusters','n':[2,0],'sum':[2,3],'arm':[0,1]}"))
                .isEqualTo("sum[1] must be 0 where n is 0: 3.");
    }

    /** Mean 2 of 1, 2, 3: se = 1/√3; only all-plus and all-minus reach it, 2 of 8. */
    @Test
    void switchbackByHand() {
        JsonNode result = Asked.one("{'type':'switchback','differences':[1,2,3]}");
        assertThat(result.get("mean").asDouble()).isEqualTo(2);
        assertThat(result.at("/sign_flip/count").asLong()).isEqualTo(2);
        assertThat(result.at("/sign_flip/of").asLong()).isEqualTo(8);
        assertThat(result.at("/sign_flip/p_value").asDouble()).isEqualTo(0.25);
        assertThat(result.at("/t/std_error").asDouble()).isCloseTo(1 / Math.sqrt(3), within(1e-12));
        assertThat(result.at("/t/df").asDouble()).isEqualTo(2);
        JsonNode greater = Asked.one("{'type':'switchback','differences':[1,2,3],'alternative':'greater'}");
        assertThat(greater.at("/sign_flip/p_value").asDouble()).isEqualTo(0.125);
        assertThat(greater.at("/t/ci/1").isNull()).isTrue();
    }

    @Test
    void switchbackEdges() {
        JsonNode none = Asked.one("{'type':'switchback','differences':[]}");
        assertThat(none.get("mean").isNull()).isTrue();
        assertThat(none.get("reason").asText()).isNotBlank();
        assertThat(Asked.one("{'type':'switchback','differences':[1e308,1e308]}")
                        .at("/sign_flip/reason_code")
                        .asText())
                .isEqualTo("out_of_range");
        JsonNode one = Asked.one("{'type':'switchback','differences':[4]}");
        assertThat(one.at("/sign_flip/p_value").asDouble()).isEqualTo(1);
        assertThat(one.at("/t/estimate").asDouble()).isEqualTo(4);
        assertThat(one.at("/t/p_value").isNull()).isTrue();
        assertThat(Asked.one("{'type':'switchback','differences':[2,2]}")
                        .at("/t/reason_code")
                        .asText())
                .isEqualTo("zero_variance");
    }

    private static final String BUCKETS =
            "'edges':[0,500,1000,1500,2000,2500,3000,4000,6000],'counts':[40,160,300,250,130,70,35,15]";

    @Test
    void quantilesOfBuckets() {
        JsonNode expected = Asked.method("q.bucket").get("expected");
        for (String q : new String[] {"50", "75", "95"}) {
            JsonNode arm = Asked.one("{'type':'quantile','quantile':0." + q + ",'arms':[{" + BUCKETS + "}]}")
                    .at("/arms/0");
            close(arm.get("estimate"), expected.get("p" + q).get(0), 1e-6);
            close(arm.at("/ci/0"), expected.get("p" + q).get(1), 1e-6);
            close(arm.at("/ci/1"), expected.get("p" + q).get(2), 1e-6);
        }
    }

    @Test
    void twoArmsHaveADifference() {
        String arm = "{" + BUCKETS + "}";
        JsonNode same = Asked.one("{'type':'quantile','quantile':0.75,'arms':[" + arm + "," + arm + "]}");
        assertThat(same.at("/difference/estimate").asDouble()).isZero();
        assertThat(same.at("/difference/p_value").asDouble()).isEqualTo(1);
        String clusters = "{'clusters':[" + arm + "," + arm + ",{'edges':[0,500,1000,1500,2000,2500,3000,4000,6000],"
                + "'counts':[1,2,3,4,5,6,7,8]}]}";
        JsonNode clustered = Asked.one("{'type':'quantile','quantile':0.75,'arms':[" + clusters + "]}");
        assertThat(clustered.has("difference")).isFalse();
        assertThat(clustered.at("/arms/0/units").asLong()).isEqualTo(3);
    }

    @Test
    void quantileEdges() {
        JsonNode result = Asked.one("{'type':'quantile','quantile':0.5,'arms':[{'edges':[0,1],'counts':[0]},"
                + "{'clusters':[{'edges':[0,1],'counts':[5]}]}]}");
        assertThat(result.at("/arms/0/estimate").isNull()).isTrue();
        assertThat(result.at("/arms/1/reason_code").asText()).isEqualTo("not_enough_data");
        assertThat(result.at("/difference/p_value").isNull()).isTrue();
        assertThat(error("{'type':'quantile','quantile':1,'arms':[]}"))
                .isEqualTo("quantile must be between 0 and 1, both excluded: 1.0.");
        assertThat(error("{'type':'quantile','quantile':0.5,'arms':[{'edges':[0,1],'counts':[1,2]}]}"))
                .startsWith("arms[0].edges must have one entry more than counts");
        assertThat(error("{'type':'quantile','quantile':0.5,'arms':[{'edges':[0,2,1],'counts':[1,2]}]}"))
                .isEqualTo("arms[0].edges must ascend: 2.0, then 1.0.");
        assertThat(error("{'type':'quantile','quantile':0.5,'arms':[{'clusters':[{'edges':[0,1],'counts':[1]},"
                        + "{'edges':[0,2],'counts':[1]}]}]}"))
                .isEqualTo("arms[0].clusters[1].edges must be those of the arm's first cluster.");
        assertThat(error("{'type':'quantile','quantile':0.5,'arms':[{'edges':[0,1],'counts':[-1]}]}"))
                .startsWith("arms[0].counts[0] must be an integer");
    }

    private static String error(String item) {
        return Asked.one(item).get("error").asText();
    }

    private static void close(JsonNode actual, JsonNode expected, double tolerance) {
        assertThat(actual.asDouble()).isCloseTo(expected.asDouble(), within(tolerance));
    }
}
