package org.showroomlab.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import org.showroomlab.app.embedded.EmbeddedJob;
import org.showroomlab.ingest.experiment.ExperimentFiles;

/**
 * {@code BROKERS EXPERIMENTS EVENTS [ALL VISITORS EXPERIMENTS SEED]}: the product's job over the topics until so many
 * events are answered. With the numbers of {@link BenchEvents} it then asks for the last {@value #MORE_DAYS} days, one by
 * one.
 */
final class LiveJob {
    static final int MORE_DAYS = 60;

    /** As many of them as it takes until what a small change runs is compiled, too: at day 90 a job is not new. */
    static final int WARM_UP_DAYS = 40;

    /** Begins a line that asks for the events of a day. */
    static final String NEXT_DAY = "next day: ";

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
                addDays(
                        new BenchEvents(
                                Long.parseLong(arguments[6]),
                                Long.parseLong(arguments[3]),
                                Integer.parseInt(arguments[4]),
                                Integer.parseInt(arguments[5])),
                        results);
            }
            job.close();
        }
        BrokerProcess.delete(checkpoints);
        System.exit(0);
    }

    /** One after the other; who reads what this process prints sends them. */
    private static void addDays(BenchEvents events, ResultsWatch results) throws InterruptedException {
        for (int day = BenchEvents.DAYS - MORE_DAYS; day < BenchEvents.DAYS; day++) {
            Thread.sleep(1_000);
            System.out.println(NEXT_DAY + day);
            Stopwatch watch = Consumed.whenMoreThan(events.firstOf(day));
            results.awaitReceived(events.firstOf(day + 1));
            watch.print("day-" + day);
        }
    }
}
