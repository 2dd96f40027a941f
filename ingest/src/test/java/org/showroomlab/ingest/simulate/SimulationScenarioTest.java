package org.showroomlab.ingest.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationScenarioTest {
    @TempDir
    Path folder;

    @Test
    void exampleIsAcceptedAndChangesTheTruth() {
        Simulation world = world(Resources.text("scenario-example.yaml"));
        assertThat(world.truthJson())
                .isNotEqualTo(Scenarios.world(90, 20_000, 1).truthJson());
    }

    @Test
    void anEmptyScenarioChangesNothing() {
        assertThat(world("# nothing").truthJson()).isEqualTo(world("").truthJson());
    }

    @Test
    void onlyChosenExperimentsRun() {
        Simulation world = world("experiments: [sub-price]\nvisitors: 50\ndays: 10\n");
        assertThat(world.experimentFiles()).containsOnlyKeys("sub-price.yaml");
        assertThat(world.truthJson()).contains("sub-price").doesNotContain("ttl-speed");
        assertThat(NaiveReading.of(world).events.values())
                .allSatisfy(e -> assertThat(e.header().exposures().keySet()).isSubsetOf("sub-price", "retired-banner"));
    }

    @Test
    void whatIsNotAllowedIsRefusedWithPlaceAndRange() {
        refused(
                "days: 90\nnoise:\n  duplicates: 0.1\n",
                ":3: noise.duplicates: unknown key; allowed: ",
                "duplicate_share");
        refused("noises: {duplicate_share: 0.1}", ":1: noises.duplicate_share: unknown key; allowed: ", "sub_price");
        refused("noise: {duplicate_share: 2}", ":1: noise.duplicate_share: is 2; allowed: a number from 0 to 0.5");
        refused("noise: {duplicate_share: many}", "noise.duplicate_share: must be a number from 0 to 0.5");
        refused("noise: {duplicate_share: NaN}", "noise.duplicate_share: must be a number");
        refused("visitors: 10.5", "visitors: is 10.5; allowed: an integer from 1 to 5000000");
        refused("experiments: [ttl]", ":1: experiments: is 'ttl'; allowed: aa-checkout");
        refused("experiments: []", "experiments: must name at least one");
        refused("sub_price: {price_1: 800}", "price_1, 2 and 3 must ascend".replace("price_1", "sub_price.price_1"));
        refused("preorder_walk_in:\n  pickup_share: 0.9", ":2: ", "together must be at most 1");
        refused("a: [", "is not YAML");
        refused("[1, 2]", "scenario.yaml:1: must be a mapping");
    }

    @Test
    void aMissingFileIsRefused() {
        Path missing = folder.resolve("none.yaml");
        assertThatThrownBy(() -> Simulation.of(SimulationOptions.withDefaults().withScenarioFile(missing)))
                .isInstanceOf(InvalidScenario.class)
                .hasMessageContaining("none.yaml");
    }

    private Simulation world(String scenario) {
        return Scenarios.world(folder, 90, 20_000, 1, scenario);
    }

    private void refused(String scenario, String... parts) {
        assertThatThrownBy(() -> world(scenario))
                .isInstanceOf(InvalidScenario.class)
                .hasMessageContaining("scenario.yaml")
                .hasMessageContainingAll(parts);
    }
}
