package org.showroomlab.ingest.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every parameter works at both ends of the range that the defaults file allows. */
class SimulationRangesTest {
    @TempDir
    Path folder;

    @Test
    void bothEndsOfEveryRangeGiveAWorldAndATruth() {
        int worlds = 0;
        for (ScenarioFile.Entry entry : ScenarioFile.parse("defaults.yaml", Resources.text("defaults.yaml"))) {
            String[] sectionAndName = entry.key().split("\\.", 2);
            for (String end : List.of(entry.values().get(1), entry.values().get(2))) {
                String scenario = sectionAndName[0] + ": {" + sectionAndName[1] + ": " + end + "}";
                worlds += isAWorld(scenario) ? 1 : 0;
            }
        }
        assertThat(worlds).isGreaterThan(80);
    }

    private boolean isAWorld(String scenario) {
        Simulation world;
        try {
            world = Scenarios.world(folder, 5, 6, 1, scenario);
        } catch (InvalidScenario e) {
            // Prices and TTLs must ascend, and shares add up to at most 1.
            assertThat(e).hasMessageMatching("(?s).*(ascend|together).*");
            return false;
        }
        assertThat(world.truthJson()).as(scenario).doesNotContain("NaN", "Infinity");
        assertThat(NaiveReading.of(world).events).as(scenario).isNotEmpty();
        return true;
    }
}
