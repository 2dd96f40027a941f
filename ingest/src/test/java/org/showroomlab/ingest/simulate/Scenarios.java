package org.showroomlab.ingest.simulate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small worlds for tests. */
final class Scenarios {
    private Scenarios() {}

    static Simulation world(int days, int visitors, long seed) {
        return Simulation.of(SimulationOptions.withDefaults()
                .withDays(days)
                .withVisitors(visitors)
                .withSeed(seed));
    }

    static Simulation world(Path folder, int days, int visitors, long seed, String scenario) {
        try {
            Path file = Files.writeString(folder.resolve("scenario.yaml"), scenario);
            return Simulation.of(new SimulationOptions(days, visitors, seed, java.util.Optional.of(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
