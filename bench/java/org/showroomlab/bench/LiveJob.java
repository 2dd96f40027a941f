package org.showroomlab.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.showroomlab.app.embedded.EmbeddedJob;
import org.showroomlab.ingest.experiment.ExperimentFiles;

/**
 * {@code BROKERS EXPERIMENTS EVENTS [LOADER-ARGUMENT...]}: the product's job over the topics until so many events are
 * answered. With the arguments of an {@link EventLoader} but its brokers and range, the last {@value #MORE_DAYS} days are
 * then added one by one.
 */
final class LiveJob {
    static final int MORE_DAYS = 10;
    private static final int PARALLELISM = 2;

    private LiveJob() {}

    public static void main(String[] arguments) throws Exception {
        String brokers = arguments[0];
        long events = Long.parseLong(arguments[2]);
        Path checkpoints = Files.createTempDirectory("showroom-bench-checkpoints-");
        try (ResultsWatch results = new ResultsWatch(brokers)) {
            Stopwatch start = Stopwatch.start();
            EmbeddedJob job =
                    EmbeddedJob.start(brokers, ExperimentFiles.load(Path.of(arguments[1])), checkpoints, PARALLELISM);
            Stopwatch consuming = Consumed.whenMoreThan(0);
            results.awaitAccounted(events / 2);
            Stopwatch secondHalf = Stopwatch.start();
            results.awaitReceived(events);
            secondHalf.print("second-half");
            consuming.print("consuming");
            start.print("job");
            if (arguments.length > 3) {
                addDays(arguments, results);
            }
            job.close();
        }
        BrokerProcess.delete(checkpoints);
        System.exit(0);
    }

    private static void addDays(String[] arguments, ResultsWatch results) throws Exception {
        long all = Long.parseLong(arguments[3]);
        BenchEvents events = new BenchEvents(
                Long.parseLong(arguments[6]), all, Integer.parseInt(arguments[4]), Integer.parseInt(arguments[5]));
        for (int day = BenchEvents.DAYS - MORE_DAYS; day < BenchEvents.DAYS; day++) {
            Thread.sleep(3_000);
            // In another process, so that its processor time is not ours.
            Process loader = new ProcessBuilder(Child.java(
                            List.of(),
                            EventLoader.class,
                            arguments[0],
                            arguments[3],
                            arguments[4],
                            arguments[5],
                            arguments[6],
                            Long.toString(events.firstOf(day)),
                            Long.toString(events.firstOf(day + 1))))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Stopwatch watch = Consumed.whenMoreThan(events.firstOf(day));
            results.awaitReceived(events.firstOf(day + 1));
            watch.print("day-" + day);
            loader.waitFor();
        }
    }
}
