package org.showroomlab.app.cli;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.reports.verify.Verification;
import org.showroomlab.reports.verify.Verify;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code showroom verify}: a second opinion on a database. */
@Command(
        name = "verify",
        description = "Recompute every statistic of a database from the raw events by plain SQL, and compare exactly.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets required options
final class VerifyCommand implements Callable<Integer> {
    @Option(names = "--db", required = true, paramLabel = "FILE", description = "The database; it is only read.")
    private Path database;

    @Option(
            names = "--events",
            required = true,
            arity = "1..*",
            paramLabel = "PATH",
            description = "The files or folders that were counted.")
    private List<Path> events;

    @Option(
            names = "--experiments",
            required = true,
            paramLabel = "DIR",
            description = "The experiment files that they were counted with.")
    private Path experiments;

    @Option(names = "--as-of", paramLabel = "TS", description = "As given to run; by default what each run was given.")
    private @Nullable String asOf;

    @Override
    public Integer call() {
        long asOfMillis = asOf == null ? Long.MAX_VALUE : RunCommand.instantMillis(asOf);
        if (!Files.isRegularFile(database)) {
            throw new CommandProblem("there is no database " + database + "; ./showroom run makes one");
        }
        List<Experiment> loaded = ExperimentFiles.load(experiments).stream()
                .map(LoadedExperiment::experiment)
                .toList();
        Verify verify = new Verify(loaded, asOfMillis, step -> System.err.println("  " + step));
        Verification found = verify.compare(database, events, System.out::println);
        print(System.out, found);
        if (!found.leftOut().isEmpty()) {
            System.out.println(
                    "not compared, being in no file of " + experiments + ": " + String.join(", ", found.leftOut()));
        }
        return found.differenceCount() == 0 ? 0 : 1;
    }

    private static void print(PrintStream out, Verification found) {
        for (Verification.TableAgreement table : found.tables()) {
            out.printf("%-22s%,14d rows agree", table.table(), table.agreeing());
            out.println(differing(table.differences()));
        }
        long all = found.differenceCount();
        if (all > 0) {
            System.err.printf(
                    "showroom: the database differs from a recomputation in %s named above%n",
                    all == 1 ? "1 place, which is" : String.format("%,d places, all of them", all));
        }
    }

    private static String differing(long rows) {
        if (rows == 0) {
            return "";
        }
        return rows == 1 ? ", 1 difference" : String.format(", %,d differences", rows);
    }
}
