package org.showroomlab.reports.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.store.Store;

/**
 * A published experiment end to end. Reference values: R 4, {@code prop.test(c(8279, 8502), c(45489, 44700), correct =
 * FALSE)} and {@code chisq.test(c(44700, 45489))}.
 */
class GateReportJsonTest {
    private final JsonNode json = report();

    private static JsonNode report() {
        try (Store store = Store.inMemory()) {
            store.replace(List.of(Samples.gate()), Samples.gateRows());
            return new ObjectMapper().readTree(Reports.render(store, "gate", Format.JSON));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theDifferenceIsThePublishedOne() {
        JsonNode difference = json.at("/metrics/0/comparisons/0/difference");
        assertThat(difference.get("estimate").asDouble()).isCloseTo(-0.008201, within(1e-6));
        assertThat(difference.get("p_value").asDouble()).isCloseTo(0.0015542, within(1e-7));
        assertThat(difference.get("p_value_adjusted").asDouble()).isCloseTo(0.0015542, within(1e-7));
        assertThat(difference.get("ci").get(0).asDouble()).isLessThan(-0.008201);
        assertThat(difference.get("ci").get(1).asDouble()).isBetween(-0.008201, 0.0);
        assertThat(json.at("/metrics/0/comparisons/0/method").asText()).isEqualTo("score_newcombe");
        assertThat(json.at("/metrics/0/arms/0/estimate").asDouble()).isCloseTo(0.1902013, within(1e-7));
        assertThat(json.at("/metrics/0/arms/1/estimate").asDouble()).isCloseTo(0.1820000, within(1e-7));
    }

    @Test
    void anUnevenSplitOfThatSizeDoesNotBlock() {
        assertThat(json.at("/health/srm/p_value").asDouble()).isCloseTo(0.0086, within(5e-5));
        assertThat(json.at("/health/srm/counts/a").asLong()).isEqualTo(44_700);
        assertThat(json.at("/verdict/decision").asText()).isEqualTo("roll_back");
        assertThat(json.at("/verdict/reasons/0/code").asText()).isEqualTo("success_harmed");
    }

    @Test
    void everyContractedKeyIsThere() {
        assertThat(names(json))
                .contains(
                        "experiment",
                        "name",
                        "as_of",
                        "status",
                        "method_version",
                        "verdict",
                        "accounting",
                        "health",
                        "variants",
                        "metrics",
                        "analysis");
        assertThat(names(json.get("accounting")))
                .contains(
                        "received",
                        "counted",
                        "in_no_experiment",
                        "duplicates",
                        "conflicting_duplicates",
                        "dead_lettered",
                        "late",
                        "unknown_exposures");
        assertThat(names(json.at("/metrics/0/arms/0"))).contains("variant", "units", "events", "estimate", "std_error");
        assertThat(names(json.at("/metrics/0/comparisons/0")))
                .contains("variant", "control", "method", "estimand", "difference", "relative", "anytime")
                .doesNotContain("adjusted");
        assertThat(json.get("as_of").asText()).isEqualTo("2026-04-06T00:00:00Z");
        assertThat(json.get("status").asText()).isEqualTo("ended");
        assertThat(json.at("/accounting/closes").asBoolean()).isTrue();
    }

    @Test
    void theLastDayIsTheReport() {
        JsonNode daily = json.at("/metrics/0/daily");
        JsonNode last = daily.get(daily.size() - 1);
        JsonNode difference = json.at("/metrics/0/comparisons/0/difference");
        assertThat(last.get("variant").asText()).isEqualTo("b");
        assertThat(last.get("estimate")).isEqualTo(difference.get("estimate"));
        assertThat(last.get("ci")).isEqualTo(difference.get("ci"));
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
