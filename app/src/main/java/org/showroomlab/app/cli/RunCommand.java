package org.showroomlab.app.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.codec.EventCodec;
import org.showroomlab.ingest.codec.Refusal;
import org.showroomlab.ingest.codec.Timestamps;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.flow.CountingJob;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.DeadLetterRow;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.run.BoundedRun;
import org.showroomlab.jobs.source.EventFiles;
import org.showroomlab.reports.report.LookRecorder;
import org.showroomlab.reports.store.RunTime;
import org.showroomlab.reports.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code showroom run}: files through the job into a database. */
@Command(
        name = "run",
        description = "Count all events of some files into a database. Running it again changes nothing.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets required options
final class RunCommand implements Callable<Integer> {
    @Option(
            names = "--events",
            required = true,
            arity = "1..*",
            paramLabel = "PATH",
            description = "Files (*.ndjson, *.ndjson.gz) or folders of them.")
    private List<Path> events;

    @Option(names = "--experiments", required = true, paramLabel = "DIR", description = "Folder of experiment files.")
    private Path experiments;

    @Option(names = "--db", required = true, paramLabel = "FILE", description = "DuckDB file; made when absent.")
    private Path database;

    @Option(
            names = "--as-of",
            paramLabel = "TS",
            description = "Leave out events at or after this instant (RFC 3339 with offset, or epoch milliseconds); an"
                    + " experiment whose outcomes end by then has ended.")
    private @Nullable String asOf;

    @Override
    public Integer call() {
        CountingJob.Options options =
                asOf == null ? CountingJob.Options.BOUNDED : CountingJob.Options.BOUNDED.asOf(instantMillis(asOf));
        List<LoadedExperiment> loaded = ExperimentFiles.load(experiments);
        List<Path> files = EventFiles.among(events);
        BoundedRun run = new BoundedRun(loaded, options, parallelism());
        Supplier<Collection<ResultRow>> counting = begin(() -> run.count(files));
        try (Store store = Store.open(database)) {
            Collection<ResultRow> rows = ReadingProgress.during("Counting", files, counting);
            Instant now = Instant.now();
            @Nullable Instant before = asOf == null ? null : Instant.ofEpochMilli(instantMillis(asOf));
            store.replace(loaded, rows, new RunTime(now, before));
            LookRecorder.record(store, now);
            conclude(rows);
            return 0;
        }
    }

    /**
     * Begins in a thread of its own, so that the database is opened while Flink starts. One that cannot be opened ends the
     * process, and the thread with it.
     */
    private static <T> Supplier<T> begin(Supplier<T> work) {
        CompletableFuture<T> result = CompletableFuture.supplyAsync(work, task -> {
            Thread thread = new Thread(task, "counting");
            thread.setDaemon(true);
            thread.start();
        });
        return () -> {
            try {
                return result.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        };
    }

    private void conclude(Collection<ResultRow> rows) {
        List<DeadLetterRow> letters = rows.stream()
                .filter(DeadLetterRow.class::isInstance)
                .map(DeadLetterRow.class::cast)
                .toList();
        Path letterFile = database.toAbsolutePath().resolveSibling("dead-letters.ndjson");
        DeadLetterFile.write(letterFile, letters);
        List<AccountingRow> accounting = rows.stream()
                .filter(AccountingRow.class::isInstance)
                .map(AccountingRow.class::cast)
                .toList();
        AccountingText.print(System.out, accounting);
        if (!letters.isEmpty()) {
            System.out.println("Dead letters, with their reasons: " + letterFile);
        }
        warnOfTooLarge(letters);
    }

    /** Records that nobody reads may be good ones, and whoever runs this should know; but they are dead letters like any. */
    private static void warnOfTooLarge(List<DeadLetterRow> letters) {
        String tooLarge = Refusal.Code.RECORD_TOO_LARGE.wireName();
        List<DeadLetterRow> large =
                letters.stream().filter(l -> l.code().equals(tooLarge)).toList();
        if (large.isEmpty()) {
            return;
        }
        DeadLetterRow first = large.get(0);
        System.err.printf(
                "showroom: %d record(s) longer than %d bytes were set aside, the first at %s:%s (%d bytes);"
                        + " everything else is counted and stored%n",
                large.size(), EventCodec.MAX_RECORD_BYTES, first.source(), first.position(), first.bytes().length);
    }

    static int parallelism() {
        return Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors()));
    }

    /** The instant that {@code --as-of} names. */
    static long instantMillis(String text) {
        return Timestamps.read(text)
                .orElseThrow(() -> new WrongUsage("--as-of is '" + text
                        + "'; allowed: RFC 3339 with offset such as 2026-02-01T00:00:00Z, or epoch milliseconds"));
    }
}
