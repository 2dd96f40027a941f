package org.showroomlab.app.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.calibration.CalibrationTable;
import org.showroomlab.stats.calibration.Calibration;
import org.showroomlab.stats.calibration.CalibrationResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code showroom calibrate}: how often each method is wrong, by simulation. */
@Command(
        name = "calibrate",
        description = "How often is each method wrong? Simulates experiments whose truth is known.",
        mixinStandardHelpOptions = true)
final class CalibrateCommand implements Callable<Integer> {
    @Option(
            names = "--simulations",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Simulated experiments per method; default: ${DEFAULT-VALUE}, about four minutes.")
    private int simulations;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "20260105",
            description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--out", paramLabel = "FILE", description = "Also write the table to this file, as JSON.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        if (simulations < 1) {
            throw new IllegalArgumentException("--simulations must be at least 1: " + simulations);
        }
        List<CalibrationResult> results = Calibration.run(simulations, seed);
        CalibrationTable table = CalibrationTable.of(seed, results);
        Output.write(table.markdown().getBytes(StandardCharsets.UTF_8), null);
        if (out != null) {
            Output.write(table.json(), out);
        }
        return results.stream().allMatch(CalibrationResult::inBand) ? 0 : 1;
    }
}
