package org.showroomlab.reports.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.showroomlab.reports.ScorecardSamples;
import org.showroomlab.reports.export.tables.ReportTables;
import org.showroomlab.reports.export.tables.Table;
import org.showroomlab.reports.report.Summary;
import org.showroomlab.reports.store.Store;

/** The scorecard as programs get it; where the numbers are from, the scorecard's own test says. */
class SummaryScorecardTest {
    private static JsonNode json() throws IOException {
        return new ObjectMapper().readTree(Reports.render(ScorecardSamples.summary(), Format.JSON));
    }

    private static JsonNode young() throws IOException {
        try (Store store = ScorecardSamples.young()) {
            return new ObjectMapper().readTree(Reports.renderSummary(store, Format.JSON));
        }
    }

    private static void close(JsonNode number, double expected) {
        assertThat(number.asDouble(Double.NaN)).isCloseTo(expected, within(1e-5));
    }

    @Test
    void theProgrammeSaysWhatItIsMadeOf() throws IOException {
        JsonNode card = json().get("scorecard");
        assertThat(card.get("finished").asInt()).isEqualTo(10);
        assertThat(card.get("shipped").asInt()).isEqualTo(5);
        assertThat(card.get("with_effect").asInt()).isEqualTo(9);
        assertThat(card.at("/win_rate/estimate").asDouble()).isEqualTo(0.5);
        assertThat(card.at("/win_rate/level").asDouble()).isEqualTo(0.95);
        assertThat(card.at("/win_rate/method").asText()).isEqualTo("wilson");
        close(card.at("/velocity/estimate"), 10 / 3.0);
        assertThat(card.at("/velocity/days").asDouble()).isEqualTo(90);
        close(card.at("/impact/estimate"), 1.2053378993);
        close(card.at("/impact/benefit"), 0.7908807395);
        close(card.at("/impact/ci/0"), 0.8489917089);
        close(card.at("/impact/ci/1"), 1.6303607672);
        close(card.at("/avoided_loss/estimate"), 0.1071613832);
        close(card.at("/prior/mu"), 0.0833333531);
        close(card.at("/prior/tau2"), 0.0121998525);
        assertThat(card.at("/prior/method").asText()).isEqualTo("normal_normal_reml");
        assertThat(card.get("left_out")).hasSize(1);
        assertThat(card.at("/left_out/0/experiment").asText()).isEqualTo("e10");
        assertThat(card.at("/left_out/0/reason_code").asText()).isEqualTo("blocked");
    }

    @Test
    void rawStandsBesideShrunken() throws IOException {
        JsonNode e9 = json().at("/experiments/8");
        assertThat(e9.get("experiment").asText()).isEqualTo("e9");
        assertThat(e9.at("/scorecard/variant").asText()).isEqualTo("b");
        close(e9.at("/scorecard/raw/benefit"), 0.1625189295);
        close(e9.at("/scorecard/raw/std_error"), 0.0444575144);
        close(e9.at("/scorecard/raw/change"), -0.15);
        close(e9.at("/scorecard/shrunken/benefit"), 0.1514788339);
        close(e9.at("/scorecard/shrunken/change"), -0.1405639270);
        JsonNode running = json().at("/experiments/10/scorecard");
        assertThat(running.at("/raw/benefit").isNull()).isTrue();
        assertThat(running.at("/raw/reason_code").asText()).isEqualTo("not_finished");
    }

    @Test
    void withoutAPriorNumbersAreNullBesideTheReason() throws IOException {
        JsonNode card = young().get("scorecard");
        for (String key : List.of("impact", "avoided_loss")) {
            assertThat(card.get(key).get("estimate").isNull()).as(key).isTrue();
            assertThat(card.get(key).get("reason_code").asText()).isEqualTo("needs_declared_prior");
            assertThat(card.get(key).get("reason").asText()).startsWith("2 finished experiments cannot");
        }
        assertThat(card.at("/prior/mu").isNull()).isTrue();
        assertThat(card.at("/win_rate/estimate").asDouble()).isEqualTo(0.5);
        close(card.at("/velocity/estimate"), 60 / 90.0);
        JsonNode first = young().at("/experiments/0/scorecard");
        close(first.at("/raw/change"), 0.2);
        assertThat(first.at("/shrunken/change").isNull()).isTrue();
        assertThat(first.at("/shrunken/reason_code").asText()).isEqualTo("needs_declared_prior");
    }

    /** The rows of one experiment's treatments by the names of their columns. */
    private static List<Map<String, String>> csv(Summary summary, String experiment) {
        List<String> lines = new String(Reports.render(summary, Format.CSV), StandardCharsets.UTF_8)
                .lines()
                .toList();
        List<String> header = List.of(lines.get(0).split(","));
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines) {
            // No quoted text before the last column has a comma in this programme.
            String[] cells = line.split(",", header.size());
            Map<String, String> row = new TreeMap<>();
            for (int i = 0; i < header.size(); i++) {
                row.put(header.get(i), cells[i]);
            }
            if (experiment.equals(row.get("experiment"))) {
                rows.add(row);
            }
        }
        return rows;
    }

    @Test
    void theRowOfTheTreatmentHasBoth() {
        List<Map<String, String>> e8 = csv(ScorecardSamples.summary(), "e8");
        assertThat(e8).extracting(row -> row.get("variant")).containsExactly("b", "c");
        assertThat(e8.get(0).get("benefit")).isEmpty();
        assertThat(e8.get(0).get("scorecard_reason"))
                .isEqualTo("The scorecard takes one treatment of each experiment: c.");
        Map<String, String> c = e8.get(1);
        assertThat(Double.parseDouble(c.get("benefit"))).isCloseTo(0.1397619424, within(1e-6));
        assertThat(Double.parseDouble(c.get("benefit_std_error"))).isCloseTo(0.0408603135, within(1e-6));
        assertThat(Double.parseDouble(c.get("benefit_shrunken"))).isCloseTo(0.1329692124, within(1e-6));
        assertThat(Double.parseDouble(c.get("relative_shrunken"))).isCloseTo(0.1422148317, within(1e-6));
        assertThat(csv(ScorecardSamples.summary(), "e11").get(0).get("scorecard_reason"))
                .contains("not finished");
    }

    @Test
    void theProgrammeSheetHasTheFiguresWithTheirMeaning() {
        Table programme = ReportTables.of(ScorecardSamples.summary()).get(0);
        assertThat(text(programme, "win rate, share", "value")).isEqualTo("0.5");
        assertThat(text(programme, "win rate, share", "text"))
                .isEqualTo("5 of 10 finished experiments shipped (Wilson’s interval).");
        assertThat(Double.parseDouble(text(programme, "relative impact", "value")))
                .isCloseTo(1.2053378993, within(1e-5));
        assertThat(text(programme, "relative impact", "text"))
                .startsWith("Improvement to expect from 5 shipped experiments");
        assertThat(Double.parseDouble(text(programme, "relative avoided loss", "value")))
                .isCloseTo(0.1071613832, within(1e-5));
    }

    private static String text(Table programme, String item, String column) {
        return programme.rows().stream()
                .filter(row -> programme.text(row, "item").equals(item))
                .map(row -> programme.text(row, column))
                .findFirst()
                .orElseThrow();
    }
}
