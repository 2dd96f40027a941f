package org.showroomlab.reports.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What R's packages say about the same data; {@code reference.R} beside {@code reference.json} is the recipe. */
class AnalyzeReferenceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode R = read();

    /** cmprsk cuminc (Gray), survival survdiff and survfit with ties and a competing event. */
    @Test
    void competingEventsWithTies() {
        JsonNode answer = survival(false);
        near(answer.at("/logrank/statistic"), R.at("/lr/0"), 1e-9);
        near(answer.at("/logrank/p_value"), R.at("/lr/1"), 1e-9);
        near(answer.at("/gray/statistic"), R.at("/gray/0/0"), 1e-9);
        near(answer.at("/gray/p_value"), R.at("/gray/0/1"), 1e-9);
        JsonNode arm = answer.at("/arms/0");
        JsonNode aj = R.get("aj0");
        for (int i = 0; i < aj.get("time").size(); i++) {
            int at = numbers(arm.get("time")).indexOf(aj.get("time").get(i).asDouble());
            near(arm.get("survival").get(at), aj.get("p").get(i).get(0), 1e-9);
            near(arm.get("incidence").get(at), aj.get("p").get(i).get(1), 1e-9);
            near(arm.get("incidence_std_error").get(at), aj.get("se").get(i).get(1), 1e-9);
        }
    }

    /** survival survfit (Greenwood, median, restricted mean) and survdiff with ties and censoring only. */
    @Test
    void censoringWithTies() {
        JsonNode answer = survival(true);
        JsonNode arm = answer.at("/arms/0");
        assertThat(numbers(arm.get("time"))).isEqualTo(numbers(R.at("/km0/time")));
        for (int i = 0; i < arm.get("time").size(); i++) {
            near(arm.get("survival").get(i), R.at("/km0/surv").get(i), 1e-12);
        }
        near(arm.get("median"), R.at("/km0/med"), 0);
        near(answer.at("/arms/1/median"), R.get("med1"), 0);
        near(arm.get("rmst"), R.at("/rm0/0"), 1e-9);
        near(arm.get("rmst_std_error"), R.at("/rm0/1"), 1e-9);
        near(answer.at("/arms/1/rmst_std_error"), R.at("/rm1/1"), 1e-9);
        near(answer.at("/logrank/p_value"), R.at("/lr2/1"), 1e-9);
        near(answer.at("/gray/p_value"), R.at("/gray2/0/1"), 1e-9);
    }

    /** metafor rma and blup. */
    @ParameterizedTest
    @CsvSource({"dl, DL", "reml, REML", "paule_mandel, PM"})
    void randomEffects(String method, String name) {
        JsonNode answer = Asked.one("{'type':'shrink','estimates':[0.12,0.31,-0.05,0.22,0.44,0.10,0.02],"
                + "'std_errors':[0.1,0.15,0.08,0.2,0.18,0.05,0.12],'method':'" + method + "'}");
        JsonNode expected = R.get("ma" + name);
        near(answer.get("mu"), expected.get("mu"), 1e-6);
        near(answer.get("mu_std_error"), expected.get("se"), 1e-6);
        near(answer.get("tau2"), expected.get("tau2"), 1e-7);
        near(answer.get("q"), expected.get("q"), 1e-9);
        near(answer.get("q_p_value"), expected.get("qp"), 1e-9);
        for (int i = 0; i < 7; i++) {
            near(answer.get("shrunken").get(i), expected.get("blup").get(i), 1e-6);
        }
    }

    /** clubSandwich coef_test. */
    @Test
    void clusterRobust() {
        ObjectNode item = JSON.createObjectNode().put("type", "clusters");
        Stream.of("n", "sum", "arm").forEach(name -> item.set(name, R.at("/cr2/" + name)));
        JsonNode cr2 = Asked.one(item.toString()).at("/methods/cr2");
        near(cr2.get("estimate"), R.at("/cr2/est"), 1e-9);
        near(cr2.get("std_error"), R.at("/cr2/se"), 1e-9);
        near(cr2.get("df"), R.at("/cr2/df"), 1e-8);
        near(cr2.get("p_value"), R.at("/cr2/p"), 1e-9);
    }

    static Stream<String> designs() {
        return R.properties().stream().map(java.util.Map.Entry::getKey).filter(name -> name.startsWith("gs"));
    }

    /** rpact getDesignGroupSequential, unequal information, 2 to 10 looks. */
    @ParameterizedTest
    @MethodSource("designs")
    void spending(String design) {
        ObjectNode item = JSON.createObjectNode()
                .put("type", "group_sequential")
                .put("alpha", 0.025)
                .put("spending", design.startsWith("gsasOF") ? "obrien_fleming" : "pocock");
        item.set("information", R.get(design).get("t"));
        JsonNode answer = Asked.one(item.toString());
        for (int i = 0; i < answer.get("z").size(); i++) {
            near(answer.get("z").get(i), R.get(design).get("z").get(i), 5e-5 * 8);
            near(answer.get("cumulative_alpha").get(i), R.get(design).get("a").get(i), 1e-8);
        }
    }

    private static JsonNode survival(boolean censoredOnly) {
        ObjectNode item = JSON.createObjectNode().put("type", "survival").put("tau", 8);
        ArrayNode arms = item.putArray("arms");
        for (int a = 0; a < 2; a++) {
            ObjectNode arm = arms.addObject();
            ArrayNode time = arm.putArray("time");
            ArrayNode status = arm.putArray("status");
            for (int i = 0; i < R.at("/surv/g").size(); i++) {
                if (R.at("/surv/g").get(i).asInt() == a) {
                    int s = R.at("/surv/status").get(i).asInt();
                    time.add(R.at("/surv/time").get(i));
                    status.add(censoredOnly && s == 2 ? 0 : s);
                }
            }
        }
        return Asked.one(item.toString());
    }

    private static List<Double> numbers(JsonNode list) {
        List<Double> values = new ArrayList<>();
        list.forEach(v -> values.add(v.asDouble()));
        return values;
    }

    private static void near(JsonNode actual, JsonNode expected, double tolerance) {
        assertThat(actual.isNumber()).as("a number: %s", actual).isTrue();
        assertThat(actual.asDouble()).isCloseTo(expected.asDouble(), within(tolerance));
    }

    private static JsonNode read() {
        try (InputStream in =
                Objects.requireNonNull(AnalyzeReferenceTest.class.getResourceAsStream("reference.json"))) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
