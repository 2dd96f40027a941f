package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.ShowroomProgress;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.export.Format;
import org.showroomlab.reports.export.Reports;
import org.showroomlab.reports.store.RecordedLook;
import org.showroomlab.reports.store.RunTime;
import org.showroomlab.reports.store.Store;
import org.showroomlab.stats.verdict.Decision;

/** A drop of 48 hours, from its first look to the snapshot that its decision rests on. */
class DropDecisionTest {
    private static final LoadedExperiment DROP = ExperimentFiles.parse("drop.yaml", """
        id: drop
        name: Lamp drop
        analysis: preorder_walk_in
        start: 2026-01-05T00:00:00Z
        end: 2026-01-07T00:00:00Z
        observe_until: 2026-01-08T00:00:00Z
        monitoring: group_sequential
        variants:
          - {id: small, weight: 1, control: true}
          - {id: large, weight: 1}
        metrics:
          - {id: picked_up, type: proportion, event: purchase, where: {kind: pickup}, goal: increase, role: primary}
        """);
    private static final Instant NOW = Instant.parse("2026-02-01T12:00:00Z");

    /** Of 5,000 per arm, 500 and this many picked up. */
    private static List<ResultRow> rows(String newest, long large) {
        List<ResultRow> rows = new ArrayList<>();
        for (String variant : List.of("small", "large")) {
            long y = variant.equals("small") ? 500 : large;
            rows.add(Samples.statistic("drop", "", variant, Samples.DAY, 5_000, 0));
            rows.add(Samples.statistic("drop", "picked_up", variant, Samples.DAY, 5_000, y, y, y));
            rows.add(new LifeTableCount("drop", variant, "exposure", 0, "entered", 0, Samples.DAY, 5_000));
            rows.add(new LifeTableCount("drop", variant, "exposure", 0, "picked_up", 4, Samples.DAY, y));
        }
        rows.add(Samples.accounting("events.ndjson", newest));
        return rows;
    }

    private static ShowroomProgress synced(String showroom, String through) {
        return new ShowroomProgress(showroom, Instant.parse(through).toEpochMilli());
    }

    private static JsonNode json(Store store) throws IOException {
        return new ObjectMapper().readTree(Reports.render(store, "drop", Format.JSON));
    }

    private static String page(Store store) {
        return new String(Reports.render(store, "drop", Format.HTML), StandardCharsets.UTF_8);
    }

    @Test
    void theSnapshotIsWrittenWhenTheGraceIsOverAndNeverRewritten() throws IOException {
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(DROP));
            store.apply(rows("2026-01-21T23:59:00Z", 700), Map.of());
            LookRecorder.record(store, NOW);
            assertThat(json(store).has("decided_as_known")).isFalse();

            store.apply(rows("2026-01-22T00:00:00Z", 700), Map.of());
            LookRecorder.record(store, NOW);
            JsonNode decided = json(store).path("decided_as_known");
            assertThat(decided.path("decision").asText()).isEqualTo("ship");
            assertThat(decided.path("as_of").asText()).isEqualTo("2026-01-22T00:00:00Z");
            assertThat(decided.path("known_at").asText()).isEqualTo("2026-02-01T12:00:00Z");
            assertThat(decided.path("differs_from_restated").asBoolean()).isFalse();
            assertThat(decided.at("/comparisons/0/estimate").asDouble()).isCloseTo(0.04, within(1e-15));

            // A pop-up that had been given up on sends what it had.
            store.apply(rows("2026-01-25T00:00:00Z", 505), Map.of());
            LookRecorder.record(store, NOW.plusSeconds(3_600));
            JsonNode report = json(store);
            assertThat(report.path("decided_as_known").path("decision").asText())
                    .isEqualTo("ship");
            assertThat(report.path("decided_as_known").path("known_at").asText())
                    .isEqualTo("2026-02-01T12:00:00Z");
            assertThat(report.path("decided_as_known")
                            .path("differs_from_restated")
                            .asBoolean())
                    .isTrue();
            assertThat(report.at("/verdict/decision").asText()).isEqualTo("review");
            assertThat(page(store)).contains("What arrived since has changed it: restated, it is review.");
        }
    }

    /** A second demo into the same file, say: the first one's decision is not about its data. */
    @Test
    void lookedAtAnotherClusterIsNotThisOnesDecision() throws IOException {
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(DROP));
            store.follow("first", "results");
            store.apply(rows("2026-01-22T00:00:00Z", 700), Map.of());
            LookRecorder.record(store, NOW);
            assertThat(json(store).at("/decided_as_known/decision").asText()).isEqualTo("ship");

            store.follow("second", "results");
            store.apply(rows("2026-01-21T00:00:00Z", 505), Map.of());
            assertThat(json(store).has("decided_as_known")).isFalse();
            assertThat(store.<List<RecordedLook>>read(reader -> reader.looks("drop")))
                    .isEmpty();
            store.apply(rows("2026-01-22T00:00:00Z", 505), Map.of());
            LookRecorder.record(store, NOW.plusSeconds(60));
            assertThat(json(store).at("/decided_as_known/decision").asText()).isEqualTo("review");
            assertThat(store.<List<RecordedLook>>read(reader -> reader.looks("drop")))
                    .hasSize(1);
        }
    }

    /** The pick-ups that the file counts now were not all in it. */
    @Test
    void outcomesThatArePutOffAreDecidedAgain() throws IOException {
        try (Store store = Store.inMemory()) {
            store.replace(List.of(DROP), rows("2026-01-25T00:00:00Z", 700), counted());
            LookRecorder.record(store, NOW);
            assertThat(json(store).at("/decided_as_known/decision").asText()).isEqualTo("ship");

            LoadedExperiment longer = ExperimentFiles.parse(
                    "drop.yaml", DROP.yaml().replace("observe_until: 2026-01-08", "observe_until: 2026-01-10"));
            store.replace(List.of(longer), rows("2026-01-25T00:00:00Z", 505), counted());
            assertThat(json(store).has("decided_as_known")).isFalse();
            LookRecorder.record(store, NOW.plusSeconds(60));
            assertThat(json(store).at("/decided_as_known/decision").asText()).isEqualTo("review");

            store.replace(List.of(DROP), rows("2026-01-25T00:00:00Z", 700), counted());
            assertThat(json(store).at("/decided_as_known/decision").asText()).isEqualTo("ship");
        }
    }

    private static RunTime counted() {
        return new RunTime(NOW, null);
    }

    @Test
    void theSnapshotIsNoLook() {
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(DROP));
            store.apply(rows("2026-01-22T00:00:00Z", 700), Map.of());
            LookRecorder.record(store, NOW);
            List<RecordedLook> looks = store.read(reader -> reader.looks("drop"));
            assertThat(looks).hasSize(1);
        }
    }

    @Test
    void thePageNamesWhomItWaitsForAndUntilWhen() throws IOException {
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(DROP));
            List<ResultRow> rows = rows("2026-01-06T18:00:00Z", 520);
            rows.add(synced("porto", "2026-01-06T17:59:00Z"));
            rows.add(synced("lisboa", "2026-01-05T10:00:00Z"));
            store.apply(rows, Map.of());
            JsonNode provisional = json(store).path("provisional");
            assertThat(provisional.path("showrooms")).hasSize(1);
            assertThat(provisional.at("/showrooms/0/showroom").asText()).isEqualTo("lisboa");
            assertThat(provisional.path("waits_until").asText()).isEqualTo("2026-01-22T00:00:00Z");
            assertThat(page(store)).contains("id=\"provisional\"", "lisboa (through");

            store.apply(List.of(synced("lisboa", "2026-01-06T17:00:00Z")), Map.of());
            assertThat(json(store).has("provisional")).isFalse();
            assertThat(page(store)).doesNotContain("id=\"provisional\"");
        }
    }

    /** z is about −2.4, and the harm boundary of a first look at three eighths is about 2.0. */
    @Test
    void aPrimaryMetricThatGotWorseStopsTheDropForHarm() throws IOException {
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(DROP));
            store.apply(rows("2026-01-05T18:00:00Z", 430), Map.of());
            Report report = ReportAssembler.assemble(store, "drop");
            assertThat(report.verdict().decision()).isEqualTo(Decision.ROLL_BACK);
            assertThat(report.verdict().reasons().get(0).code()).isEqualTo("harm_stop");

            LookRecorder.record(store, NOW);
            store.apply(rows("2026-01-06T18:00:00Z", 440), Map.of());
            LookRecorder.record(store, NOW);
            JsonNode looks = json(store).at("/monitoring/looks");
            assertThat(looks.size()).isEqualTo(2);
            assertThat(looks.at("/0/comparisons/0/z").asDouble()).isBetween(-2.6, -2.3);
            assertThat(looks.at("/0/harm_z").asDouble()).isBetween(1.7, 2.3);
            assertThat(page(store)).contains("id=\"looks-t\"", "picked_up, large");
        }
    }
}
