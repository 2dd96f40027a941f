package org.showroomlab.app.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.showroomlab.app.broker.ShowroomTopics;
import org.showroomlab.app.live.DeliveryReplay;
import org.showroomlab.app.live.FileDeliveries;
import org.showroomlab.jobs.source.EventFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code showroom replay}: event files into Kafka. */
@Command(
        name = "replay",
        description = {
            "Send the lines of event files to their topics, unchanged: each to the topic of its type, keyed by visitor,"
                    + " cache, or showroom and sku.",
            "A line without a readable type goes to the topic 'visits', so that the job sets it aside and counts it."
                    + " Missing topics are made."
        },
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets required options
final class ReplayCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Files (*.ndjson, *.ndjson.gz) or folders of them; merged by the times in them.")
    private List<Path> paths;

    @Option(names = "--brokers", required = true, paramLabel = "HOST:PORT", description = "Kafka brokers.")
    private String brokers;

    @Option(
            names = "--speed",
            paramLabel = "N",
            description = "N times as fast as it happened; default: as fast as the brokers take it.")
    private @Nullable Double speed;

    @Override
    public Integer call() {
        double pace = speed == null ? DeliveryReplay.WITHOUT_PAUSES : speed;
        if (!(pace > 0)) {
            throw new WrongUsage("--speed is " + speed + "; allowed: a number above 0");
        }
        String addresses = ServerAddress.brokers(brokers);
        List<Path> files = EventFiles.among(paths);
        ShowroomTopics.createOn(addresses);
        DeliveryReplay replay = new DeliveryReplay(addresses, pace);
        try (FileDeliveries deliveries = FileDeliveries.of(files)) {
            try {
                SilenceOfBrokers.saidDuring(replay, brokers, () -> send(replay, deliveries, files));
            } finally {
                // A damaged file ends it, too: what was sent before stands in the topics.
                sayHowMany(deliveries.withoutType(), replay);
            }
        }
        return replay.refused() == 0 ? 0 : 1;
    }

    private static void send(DeliveryReplay replay, FileDeliveries deliveries, List<Path> files) {
        ReadingProgress.during("Replaying", files, () -> replay.send(deliveries, (count, millis) -> {}));
    }

    private void sayHowMany(long withoutType, DeliveryReplay replay) {
        System.out.printf(
                "%,d records sent, %,d of them without a readable type (to the topic visits)%n",
                replay.sent() - replay.refused(), withoutType);
        if (replay.refused() > 0) {
            sayRefused(replay, brokers);
        }
    }

    /** Says how many records did not arrive, and why. */
    static void sayRefused(DeliveryReplay replay, String brokers) {
        System.err.printf(
                "showroom: %d records were not taken by %s, the first because: %s%n",
                replay.refused(),
                brokers,
                replay.firstRefusal().map(Exception::getMessage).orElse("unknown"));
    }
}
