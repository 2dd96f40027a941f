package org.showroomlab.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.showroomlab.app.broker.ShowroomTopics;
import org.showroomlab.app.embedded.EmbeddedBroker;
import org.showroomlab.app.embedded.EmbeddedJob;
import org.showroomlab.app.live.DeliveryReplay;
import org.showroomlab.app.live.ResultsFeed;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.ingest.simulate.Delivery;
import org.showroomlab.ingest.simulate.Simulation;
import org.showroomlab.ingest.simulate.SimulationOptions;
import org.showroomlab.reports.store.Store;
import org.showroomlab.reports.web.ListenAddress;
import org.showroomlab.reports.web.WebApp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code showroom demo}: everything on this machine, on real components. */
@Command(
        name = "demo",
        description = "A broker, Flink, the database, the web app and 90 simulated days, all on this machine.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    /** How long the replayed quarter takes unless it is told not to pause. */
    private static final long REPLAY_SECONDS = 150;

    private static final Logger LOG = LoggerFactory.getLogger(DemoCommand.class);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    @Option(names = "--port", paramLabel = "PORT", description = "Of the web app (default: ${DEFAULT-VALUE}).")
    private int port = 7070;

    @Option(names = "--fast", description = "Replay the quarter without pauses.")
    private boolean fast;

    @Option(names = "--visitors", paramLabel = "N", description = "People in the world (default: ${DEFAULT-VALUE}).")
    private int visitors = SimulationOptions.DEFAULT_VISITORS;

    @Option(names = "--seed", paramLabel = "S", description = "Default: ${DEFAULT-VALUE}.")
    private long seed = SimulationOptions.DEFAULT_SEED;

    @Option(names = "--db", paramLabel = "FILE", description = "Keep the database here; default: gone at the end.")
    private @Nullable Path database;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ListenAddress address = WrongUsage.unlessAllowed("--port", () -> new ListenAddress("127.0.0.1", port));
        Simulation simulation = Simulation.of(WrongUsage.unlessAllowed(
                "demo",
                () -> SimulationOptions.withDefaults().withVisitors(visitors).withSeed(seed)));
        List<LoadedExperiment> experiments = experiments(simulation);
        try (Resources running = new Resources()) {
            Path folder = running.add(new TemporaryFolder()).path();
            Store store = running.add(Store.open(database == null ? folder.resolve("showroom.duckdb") : database));
            store.registerExperiments(experiments);
            WebApp reports = running.add(WebApp.start(store, address));
            step("web app and database are up");
            EmbeddedBroker broker = running.add(EmbeddedBroker.start(Files.createDirectory(folder.resolve("broker"))));
            ShowroomTopics.createOn(broker.brokers());
            step("Kafka broker is up at " + broker.brokers());
            running.add(EmbeddedJob.start(
                    broker.brokers(),
                    experiments,
                    Files.createDirectory(folder.resolve("checkpoints")),
                    RunCommand.parallelism()));
            running.add(ResultsFeed.start(broker.brokers(), store));
            step("Flink job is running");
            reports.prepare();
            System.out.println();
            System.out.println("  Reports are up:  http://" + reports.address() + "/   (Ctrl-C stops everything)");
            System.out.println();
            replay(simulation, broker.brokers(), running);
            running.awaitStop();
        }
        return 0;
    }

    private static List<LoadedExperiment> experiments(Simulation simulation) {
        List<LoadedExperiment> loaded = new ArrayList<>();
        for (Map.Entry<String, String> file : simulation.experimentFiles().entrySet()) {
            loaded.add(ExperimentFiles.parse(file.getKey(), file.getValue()));
        }
        return loaded;
    }

    private void replay(Simulation simulation, String brokers, Resources running) throws InterruptedException {
        double speed = fast
                ? DeliveryReplay.WITHOUT_PAUSES
                : (double) TimeUnit.DAYS.toSeconds(SimulationOptions.DEFAULT_DAYS) / REPLAY_SECONDS;
        DeliveryReplay replay = new DeliveryReplay(brokers, speed);
        Thread thread =
                new Thread(() -> sendOrSay(simulation::deliveries, replay, brokers, running::isStopping), "replay");
        running.add(() -> {
            replay.stop();
            thread.join(TimeUnit.SECONDS.toMillis(20));
        });
        thread.start();
    }

    /** A failure would end the thread in silence, and the pages would go on as if the quarter were to come. */
    static void sendOrSay(
            Supplier<Iterator<Delivery>> quarter, DeliveryReplay replay, String brokers, BooleanSupplier stopping) {
        try {
            sendAll(quarter.get(), replay, stopping);
        } catch (RuntimeException e) {
            LOG.error("the replay failed", e);
            System.err.println("showroom: the replay has ended before the quarter was over: " + e.getMessage());
        }
        if (replay.refused() > 0) {
            ReplayCommand.sayRefused(replay, brokers);
        }
    }

    private static void sendAll(Iterator<Delivery> quarter, DeliveryReplay replay, BooleanSupplier stopping) {
        long[] shown = {0};
        long sent = replay.send(quarter, (count, millis) -> {
            long now = System.nanoTime();
            if (Bars.isWatched() && now - shown[0] > TimeUnit.MILLISECONDS.toNanos(500)) {
                shown[0] = now;
                System.out.printf(
                        "\r  %,d events replayed, now %s   ", count, DAY.format(Instant.ofEpochMilli(millis)));
                System.out.flush();
            }
        });
        String ending = stopping.getAsBoolean() ? "stopping." : "the quarter is over.";
        System.out.printf(
                "%s  %,d events replayed, %s          %n",
                Bars.isWatched() ? "\r" : "", sent - replay.refused(), ending);
    }

    private static void step(String what) {
        System.out.println("  " + what);
    }
}
