package org.showroomlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.reports.export.Format;
import org.showroomlab.reports.export.Reports;
import org.showroomlab.reports.store.Store;

/** A simulated quarter through the job and the store: the readings of the special analyses hold its truth. */
class RecoveredTruthTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** An interval at 95 % misses one truth in twenty; five standard errors are never missed by chance. */
    private static final double FAR = 5;

    @TempDir
    Path folder;

    @Test
    void theReadingsHoldTheTruthOfASimulatedQuarter() throws Exception {
        Quarter quarter = Quarter.of(4000, 11);
        quarter.writeTo(folder);
        JsonNode truth = MAPPER.readTree(quarter.simulation().truthJson());
        try (Store store = Store.inMemory()) {
            Quarter.count(quarter.experiments(), folder, store);
            speed(analysis(store, "ttl-speed").get("ttl_speed"), truth.at("/ttl-speed/analysis/ttl_speed"));
            price(
                    analysis(store, "sub-price").get("price_elasticity"),
                    truth.at("/sub-price/analysis/price_elasticity"));
        }
    }

    private static JsonNode analysis(Store store, String experiment) throws Exception {
        return MAPPER.readTree(Reports.render(store, experiment, Format.JSON)).get("analysis");
    }

    private static void speed(JsonNode found, JsonNode truth) {
        int held = 0;
        int asked = 0;
        for (int arm = 0; arm < 3; arm++) {
            for (String number : List.of("p75_lcp_ms", "good_share", "hit_share", "stale_share")) {
                JsonNode estimate = found.get("arms").get(arm).get(number);
                double expected =
                        truth.get("arms").get(arm).get(number).get("estimate").asDouble();
                assertThat(Math.abs(estimate.get("estimate").asDouble() - expected))
                        .as("%s of arm %d", number, arm)
                        .isLessThan(FAR * estimate.get("std_error").asDouble());
                asked++;
                held += holds(estimate.get("ci"), expected) ? 1 : 0;
            }
        }
        assertThat(held).as("intervals of %d that hold the truth", asked).isGreaterThanOrEqualTo(asked - 2);
        double slope = truth.at("/dose_response/log_dose/slope").asDouble();
        assertThat(holds(found.at("/dose_response/p75_per_e_fold/ci"), slope)).isTrue();
        assertThat(found.get("compliance_share").asDouble())
                .isBetween(
                        truth.get("compliance_share").asDouble() - 0.005,
                        truth.get("compliance_share").asDouble() + 0.005);
        assertThat(found.at("/negative_controls/0/contaminated").asBoolean()).isFalse();
        assertThat(found.at("/negative_controls/1/contaminated").asBoolean()).isFalse();
        assertThat(truth.get("not_excluded")).hasSize(1);
        assertThat(found.get("not_excluded")).contains(truth.get("not_excluded").get(0));
    }

    private static void price(JsonNode found, JsonNode truth) {
        double elasticity = truth.at("/pooled/elasticity/estimate").asDouble();
        assertThat(holds(found.at("/pooled/elasticity/ci"), elasticity)).isTrue();
        assertThat(found.get("markets")).hasSize(truth.get("markets").size());
        for (int m = 0; m < truth.get("markets").size(); m++) {
            JsonNode market = found.get("markets").get(m);
            JsonNode expected = truth.get("markets").get(m);
            assertThat(market.get("market")).isEqualTo(expected.get("market"));
            assertThat(market.get("currency")).isEqualTo(expected.get("currency"));
            for (int arm = 0; arm < 3; arm++) {
                JsonNode revenue = market.get("revenue_per_visitor").get(arm);
                double difference = revenue.get("estimate").asDouble()
                        - expected.at("/revenue_per_visitor/" + arm + "/estimate")
                                .asDouble();
                assertThat(Math.abs(difference))
                        .isLessThan(FAR * revenue.get("std_error").asDouble());
            }
        }
    }

    private static boolean holds(JsonNode ci, double value) {
        return ci.get(0).asDouble() <= value && value <= ci.get(1).asDouble();
    }
}
