package org.showroomlab.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.simulate.Simulation;
import org.showroomlab.ingest.simulate.SimulationOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code showroom simulate}: a seeded quarter with a known truth, as files. */
@Command(
        name = "simulate",
        description = "Write a simulated quarter: events, experiments and truth.json. Same seed, same bytes.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets required options
final class SimulateCommand implements Callable<Integer> {
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write to.")
    private Path out;

    @Option(
            names = "--scenario",
            paramLabel = "FILE",
            description = "YAML of parameters that differ from the defaults.")
    private @Nullable Path scenario;

    @Option(names = "--days", paramLabel = "N", description = "Length of the quarter (default: ${DEFAULT-VALUE}).")
    private int days = SimulationOptions.DEFAULT_DAYS;

    @Option(names = "--visitors", paramLabel = "N", description = "People in the world (default: ${DEFAULT-VALUE}).")
    private int visitors = SimulationOptions.DEFAULT_VISITORS;

    @Option(names = "--seed", paramLabel = "S", description = "Default: ${DEFAULT-VALUE}.")
    private long seed = SimulationOptions.DEFAULT_SEED;

    @Override
    public Integer call() {
        SimulationOptions options = WrongUsage.unlessAllowed(
                "simulate",
                () -> SimulationOptions.withDefaults()
                        .withDays(days)
                        .withVisitors(visitors)
                        .withSeed(seed));
        if (scenario != null) {
            options = options.withScenarioFile(scenario);
        }
        Simulation simulation = Simulation.of(options);
        System.out.printf(
                "%,d records in %s, with experiments/ and truth.json beside events/%n", write(simulation), out);
        return 0;
    }

    private long write(Simulation simulation) {
        try (ProgressBar bar = Bars.builder("Simulating")
                .setInitialMax(-1)
                .setUnit(" events", 1)
                .showSpeed()
                .build()) {
            return simulation.writeTo(out, bar::stepTo);
        } catch (IOException e) {
            throw new CommandProblem("the folder " + out + " cannot be written: " + FileTrouble.reason(e), e);
        }
    }
}
