package org.showroomlab.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.showroomlab.app.calibrate.EndToEndCalibration;
import org.showroomlab.reports.calibration.CalibrationRow;
import org.showroomlab.reports.calibration.CalibrationTable;
import org.showroomlab.stats.calibration.Calibration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code showroom calibrate}: how often each method is wrong, by simulation. */
@Command(
        name = "calibrate",
        description = "How often is each method wrong? Simulates experiments whose truth is known.",
        mixinStandardHelpOptions = true)
final class CalibrateCommand implements Callable<Integer> {
    private static final int SIMULATIONS = 20_000;
    private static final int WORLDS = 200;

    @Option(
            names = "--simulations",
            paramLabel = "N",
            description = "Simulated experiments per method; default: " + SIMULATIONS
                    + ", about four minutes; with --end-to-end worlds of each kind, default: " + WORLDS + ".")
    private @Nullable Integer simulations;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "20260105",
            description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--end-to-end",
            description = "Whole simulated worlds instead, each through files, job, database and report.")
    private boolean endToEnd;

    @Option(names = "--out", paramLabel = "FILE", description = "Also write the table to this file, as JSON.")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        int count = simulations == null ? endToEnd ? WORLDS : SIMULATIONS : simulations;
        if (count < 1) {
            throw new WrongUsage("--simulations must be at least 1, was " + count);
        }
        CalibrationTable table = endToEnd ? endToEnd(count) : CalibrationTable.of(seed, Calibration.run(count, seed));
        Output.write(table.markdown().getBytes(StandardCharsets.UTF_8), null);
        if (out != null) {
            Output.write(table.json(), out);
        }
        return table.rows().stream().allMatch(CalibrationRow::inBand) ? 0 : 1;
    }

    private CalibrationTable endToEnd(int worlds) throws IOException {
        try (TemporaryFolder folder = new TemporaryFolder()) {
            return new EndToEndCalibration(folder.path(), RunCommand.parallelism())
                    .run(worlds, seed, done -> System.err.printf("%d of %d worlds of each kind%n", done, worlds));
        }
    }
}
