package org.showroomlab.ingest.simulate;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What to simulate.
 *
 * @param days length of the quarter, {@link Quarter#MIN_DAYS} to {@link Quarter#MAX_DAYS}; a scenario file that names
 *     {@code days} wins
 * @param visitors people in the world, 1 to 5,000,000; a scenario file that names {@code visitors} wins
 * @param seed same seed, same bytes
 * @param scenarioFile parameters that differ from the defaults
 */
public record SimulationOptions(int days, int visitors, long seed, Optional<Path> scenarioFile) {
    public static final int DEFAULT_DAYS = 90;
    public static final int DEFAULT_VISITORS = 20_000;
    public static final long DEFAULT_SEED = 1;
    static final int MAX_VISITORS = 5_000_000;

    public SimulationOptions {
        requireWithin("days", days, Quarter.MIN_DAYS, Quarter.MAX_DAYS);
        requireWithin("visitors", visitors, 1, MAX_VISITORS);
    }

    public static SimulationOptions withDefaults() {
        return new SimulationOptions(DEFAULT_DAYS, DEFAULT_VISITORS, DEFAULT_SEED, Optional.empty());
    }

    public SimulationOptions withDays(int newDays) {
        return new SimulationOptions(newDays, visitors, seed, scenarioFile);
    }

    public SimulationOptions withVisitors(int newVisitors) {
        return new SimulationOptions(days, newVisitors, seed, scenarioFile);
    }

    public SimulationOptions withSeed(long newSeed) {
        return new SimulationOptions(days, visitors, newSeed, scenarioFile);
    }

    public SimulationOptions withScenarioFile(Path newScenarioFile) {
        return new SimulationOptions(days, visitors, seed, Optional.of(newScenarioFile));
    }

    private static void requireWithin(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be from " + min + " to " + max + ", was " + value);
        }
    }
}
