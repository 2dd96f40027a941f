package org.showroomlab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.flow.CountingJob;
import org.showroomlab.jobs.run.BoundedRun;
import org.showroomlab.jobs.source.EventFiles;
import org.showroomlab.reports.export.Format;
import org.showroomlab.reports.export.Reports;
import org.showroomlab.reports.store.Store;

/** The Cookie Cats experiment, shuffled and with duplicates, against its published answer; only where the data lies. */
class RealDataTest {
    private static final Path DATA = Path.of("..", "..", "shared", "data", "cookie-cats");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void cookieCatsGivesThePublishedAnswer() throws IOException {
        assumeTrue(Files.isDirectory(DATA), "the shared data is not beside this checkout");
        JsonNode expected = JSON.readTree(DATA.resolve("expected.json").toFile());
        List<LoadedExperiment> experiments = ExperimentFiles.load(DATA.resolve("experiments"));
        try (Store store = Store.open(folder.resolve("cats.duckdb"))) {
            store.replace(
                    experiments,
                    new BoundedRun(experiments, CountingJob.Options.BOUNDED, 2)
                            .count(EventFiles.among(List.of(DATA.resolve("events")))));
            JsonNode report = JSON.readTree(Reports.render(store, "gate", Format.JSON));
            check(report, expected);
        }
    }

    private static void check(JsonNode report, JsonNode expected) {
        assertThat(report.at("/accounting/received")).isEqualTo(expected.get("received"));
        assertThat(report.at("/accounting/duplicates")).isEqualTo(expected.get("duplicates"));
        assertThat(report.at("/health/srm/counts")).isEqualTo(expected.get("units"));
        assertThat(report.at("/health/srm/p_value").asDouble())
                .isCloseTo(expected.get("srm_p").asDouble(), within(5e-5));
        assertThat(report.at("/verdict/decision").asText()).isNotEqualTo("blocked");
        for (JsonNode metric : report.get("metrics")) {
            JsonNode published = expected.at("/metrics/" + metric.get("id").asText());
            if (published.isMissingNode()) {
                continue;
            }
            for (JsonNode arm : metric.get("arms")) {
                assertThat(arm.get("estimate").asDouble())
                        .isCloseTo(
                                published
                                        .at("/arms/" + arm.get("variant").asText())
                                        .asDouble(),
                                within(1e-7));
            }
            assertThat(metric.at("/comparisons/0/difference/p_value").asDouble())
                    .isCloseTo(published.get("p").asDouble(), within(5e-6));
        }
        assertThat(report.at("/metrics/1/comparisons/0/difference/estimate").asDouble())
                .isCloseTo(expected.at("/metrics/retention_7/diff").asDouble(), within(1e-6));
    }
}
