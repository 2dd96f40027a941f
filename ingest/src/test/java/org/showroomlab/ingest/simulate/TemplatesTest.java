package org.showroomlab.ingest.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;

/** The folder {@code templates}: valid experiment files that are the simulator's own. */
class TemplatesTest {
    private static final Path FOLDER = Path.of("../templates");

    @Test
    void everyTemplateLoadsAndExplainsItself() throws IOException {
        assertThat(ExperimentFiles.load(FOLDER))
                .extracting(loaded -> loaded.experiment().id())
                .containsExactlyInAnyOrderElementsOf(ExperimentIds.ALL);
        for (String id : ExperimentIds.ALL) {
            assertThat(Files.readString(FOLDER.resolve(id + ".yaml"))).startsWith("# ");
        }
    }

    @Test
    void theWorldOfTheDefaultsHasTheTemplatesThemselves() throws IOException {
        Map<String, String> files =
                Simulation.of(SimulationOptions.withDefaults()).experimentFiles();
        for (Map.Entry<String, String> file : files.entrySet()) {
            assertThat(file.getValue()).isEqualTo(Files.readString(FOLDER.resolve(file.getKey())));
        }
    }

    @Test
    void anotherWorldSaysItsOwnDatesAndArms() {
        Map<String, String> files = Simulation.of(
                        SimulationOptions.withDefaults().withDays(30).withVisitors(3000))
                .experimentFiles();
        Quarter quarter = new Quarter(30);
        Experiment page = parsed(files, "creator-page");
        assertThat(page.start()).isEqualTo(quarter.enrolFrom());
        assertThat(page.end()).isEqualTo(quarter.end());
        assertThat(page.covariateDays()).isEqualTo(quarter.leadDays());
        assertThat(page.metrics().get(0).windowHours()).hasValue(quarter.shopWindowHours());
        assertThat(parsed(files, "sub-price").metrics().get(0).windowHours()).hasValue(quarter.windowDays() * 24);
        assertThat(parsed(files, "preorder-walk-in").variants())
                .extracting(variant -> variant.allotment().orElse(0))
                .containsExactly(6L, 12L);
    }

    private static Experiment parsed(Map<String, String> files, String id) {
        LoadedExperiment loaded = ExperimentFiles.parse(id, files.getOrDefault(id + ".yaml", ""));
        return loaded.experiment();
    }
}
