package org.showroomlab.reports.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.store.Store;

class ReportsTest {
    private final Store store = filled();

    private static Store filled() {
        Store store = Store.inMemory();
        store.replace(List.of(Samples.gate()), Samples.gateRows());
        store.replace(List.of(Samples.experiment("empty", """
                        metrics:
                          - {id: spend, type: mean, event: purchase, value: amount_minor, role: primary}
                        """)), List.of());
        return store;
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void csvHasOneRowPerComparisonAndTheNumbersOfTheReport() {
        List<String> lines =
                text(Reports.render(store, "gate", Format.CSV)).lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("experiment,as_of,status,decision,reasons,metric");
        assertThat(lines.get(1))
                .startsWith("gate,2026-04-06T00:00:00Z,ended,roll_back,success_harmed,retention_7,proportion,primary")
                .contains(",44700,45489,0.19020134");
    }

    @Test
    void whatCannotBeComputedIsNullBesideItsReason() throws IOException {
        JsonNode json = new ObjectMapper().readTree(Reports.render(store, "empty", Format.JSON));
        assertThat(json.get("as_of").isNull()).isTrue();
        JsonNode difference = json.at("/metrics/0/comparisons/0/difference");
        assertThat(difference.get("estimate").isNull()).isTrue();
        assertThat(difference.get("p_value_adjusted").isNull()).isTrue();
        assertThat(difference.get("reason").asText()).isNotEmpty();
        assertThat(json.at("/health/srm/p_value").isNull()).isTrue();
        assertThat(json.at("/health/srm/reason").asText()).isNotEmpty();
        assertThat(json.at("/metrics/0/arms/0/reason").asText()).isNotEmpty();
        assertThat(json.at("/metrics/0/comparisons/0/relative/reason").asText()).isNotEmpty();
    }

    @Test
    void pagesAreWholeAndNeedNothingFromElsewhere() {
        for (byte[] page : List.of(
                Reports.render(store, "gate", Format.HTML),
                Reports.render(store, "empty", Format.HTML),
                Reports.renderSummary(store, Format.HTML))) {
            assertThat(text(page))
                    .startsWith("<!DOCTYPE html>")
                    .contains("<main", "</html>")
                    .doesNotContain("<script", "http://", "https://", "NaN", "null");
        }
        assertThat(text(Reports.render(store, "gate", Format.HTML)))
                .contains("Roll back", "−4.31 %", "100</b> received", "80</b> counted");
    }

    @Test
    void textOfAnExperimentFileIsNeverMarkup() {
        store.replace(
                List.of(Samples.experiment("markup", """
                        hypothesis: "<script>alert(1)</script>"
                        dimensions: [region]
                        metrics:
                          - {id: m, type: mean, event: visit, role: primary}
                        """)),
                List.of(Samples.statistic("markup", "m", "a", "region", "<b>x</b>", Samples.DAY, 1, 1, 1, 1)));
        assertThat(text(Reports.render(store, "markup", Format.HTML)))
                .contains("&lt;script&gt;")
                .doesNotContain("<script>", "<b>x</b>");
    }

    @Test
    void theSummaryHasEveryExperiment() throws IOException {
        JsonNode json = new ObjectMapper().readTree(Reports.renderSummary(store, Format.JSON));
        assertThat(json.get("experiments")).hasSize(2);
        JsonNode gate = json.get("experiments").get(1);
        assertThat(gate.get("experiment").asText()).isEqualTo("gate");
        assertThat(gate.get("quarter").asText()).isEqualTo("2026-Q1");
        assertThat(gate.get("owner").asText()).isEqualTo("growth");
        assertThat(gate.at("/primary/effects/0/difference/ci")).hasSize(2);
        assertThat(text(Reports.renderSummary(store, Format.CSV)).lines()).hasSize(3);
    }

    @Test
    void aFormatThatIsNotThereNamesThoseThatAre() {
        assertThatThrownBy(() -> Format.named("foo"))
                .isInstanceOf(UnknownFormat.class)
                .hasMessage("there is no format 'foo'; available: json, csv, html, xlsx, pdf, ipynb");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
