package org.showroomlab.bench;

import java.nio.file.Path;
import java.util.List;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.flow.CountingJob;
import org.showroomlab.jobs.run.BoundedRun;
import org.showroomlab.jobs.source.EventFiles;
import org.showroomlab.jobs.source.ReadProgress;

/** {@code EVENTS EXPERIMENTS RUNS}: the job over files, timed without the start of this process. */
final class BackfillJob {
    private BackfillJob() {}

    public static void main(String[] arguments) throws InterruptedException {
        List<Path> files = EventFiles.among(List.of(Path.of(arguments[0])));
        List<LoadedExperiment> experiments = ExperimentFiles.load(Path.of(arguments[1]));
        int runs = Integer.parseInt(arguments[2]);
        for (int i = 0; i < runs; i++) {
            Stopwatch whole = Stopwatch.start();
            Stopwatch[] reading = {whole};
            long before = ReadProgress.records();
            Thread watcher = new Thread(() -> reading[0] = whenReading(before), "watcher");
            watcher.setDaemon(true);
            watcher.start();
            new BoundedRun(experiments, CountingJob.Options.BOUNDED, Backfill.THREADS).count(files);
            watcher.join();
            String suffix = i == 0 ? "" : "-again";
            whole.print("job" + suffix);
            reading[0].print("reading" + suffix);
        }
    }

    private static Stopwatch whenReading(long before) {
        while (ReadProgress.records() == before) {
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
        return Stopwatch.start();
    }
}
