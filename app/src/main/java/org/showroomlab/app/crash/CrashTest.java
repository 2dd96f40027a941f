package org.showroomlab.app.crash;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.showroomlab.app.cluster.Cluster;
import org.showroomlab.app.cluster.ClusterFailed;
import org.showroomlab.app.cluster.ClusterSettings;
import org.showroomlab.app.cluster.ClusterSettings.StateBackend;
import org.showroomlab.app.cluster.JobSubmission;
import org.showroomlab.ingest.simulate.Simulation;
import org.showroomlab.ingest.simulate.SimulationOptions;
import org.showroomlab.jobs.flow.CountingJob;
import org.showroomlab.jobs.run.NamedJob;
import org.showroomlab.jobs.source.EventFiles;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Kills every kind of process while a quarter flows, and compares what comes out with an undisturbed run. */
@Command(
        name = "crash.sh",
        description = "Kill (-9) task managers, the job manager, the broker and the web app while a simulated quarter"
                + " flows; exit 1 unless every table equals that of an undisturbed run.",
        mixinStandardHelpOptions = true)
public final class CrashTest implements Callable<Integer> {
    private static final int CHECKPOINT_SECONDS = 2;
    private static final int PARALLELISM = 2;

    @Option(names = "--seed", paramLabel = "S", description = "Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--visitors", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private int visitors = 3000;

    @Option(names = "--rounds", paramLabel = "N", description = "Each kills four processes; default: ${DEFAULT-VALUE}.")
    private int rounds = 2;

    @Option(
            names = "--replay-seconds",
            paramLabel = "N",
            description = "How long the quarter flows; default: 35 per kill.")
    private @Nullable Integer replaySeconds;

    @Option(names = "--state", paramLabel = "heap|rocksdb", description = "Default: ${DEFAULT-VALUE}.")
    private StateBackend state = StateBackend.ROCKSDB;

    @Option(names = "--dir", paramLabel = "DIR", description = "Work here and leave all of it; default: temporary.")
    private @Nullable Path folder;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CrashTest())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    System.err.println("crash: " + e);
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        Path work = folder == null ? Files.createTempDirectory("showroom-crash-") : Files.createDirectories(folder);
        Path logs = Files.createDirectories(work.resolve("logs"));
        System.out.println("working in " + work);
        Showroom showroom = new Showroom(logs);
        Simulation simulation = Simulation.of(
                SimulationOptions.withDefaults().withVisitors(visitors).withSeed(seed));
        Path quarter = work.resolve("quarter");
        long lines = simulation.writeTo(quarter, written -> {});
        Path undisturbed = work.resolve("undisturbed.duckdb");
        showroom.run(
                "run",
                "run",
                "--events",
                quarter.resolve("events").toString(),
                "--experiments",
                quarter.resolve("experiments").toString(),
                "--db",
                undisturbed.toString());
        System.out.printf("%,d lines of a simulated quarter, counted undisturbed%n", lines);
        Path disturbed = work.resolve("disturbed.duckdb");
        List<Path> files = EventFiles.among(List.of(quarter.resolve("events")));
        List<Portion> portions = Portion.cut(files, lines, Killing.VICTIMS * rounds, work.resolve("portions"));
        List<Kill> kills =
                disturb(showroom, portions, quarter.resolve("experiments"), work.resolve("cluster"), disturbed);
        List<DatabaseComparison.Difference> differences = DatabaseComparison.of(undisturbed, disturbed);
        print(kills, differences);
        boolean equal = differences.stream().allMatch(DatabaseComparison.Difference::isNone);
        System.out.println(equal ? "EQUAL to the bit" : "DIFFERENT; everything is in " + work);
        if (equal && folder == null) {
            delete(work);
        }
        return equal ? 0 : 1;
    }

    private List<Kill> disturb(
            Showroom showroom, List<Portion> portions, Path experiments, Path clusterFolder, Path database)
            throws InterruptedException {
        int[] ports = freePorts();
        // As many slots as the job takes: whichever task manager is killed, it had a part of the work.
        int slots = PARALLELISM / ClusterSettings.TASK_MANAGERS;
        ClusterSettings settings = new ClusterSettings(ports[0], ports[1], ports[2], state, slots);
        Cluster cluster = new Cluster(clusterFolder);
        try (WebApp web = new WebApp(showroom, database, settings.brokers(), experiments, ports[3])) {
            cluster.up(settings);
            NamedJob counting = NamedJob.of("counting").orElseThrow();
            String job = new JobSubmission(
                            counting,
                            settings.rest(),
                            settings.brokers(),
                            experiments,
                            PARALLELISM,
                            Duration.ofSeconds(CHECKPOINT_SECONDS),
                            null,
                            null,
                            CountingJob.Options.DEFAULT_LATENESS,
                            CountingJob.Options.DEFAULT_CLOCK_AHEAD)
                    .send();
            System.out.println("broker, Flink and the job are up");
            web.start();
            int seconds = replaySeconds == null ? 35 * portions.size() : replaySeconds;
            double speed = Duration.ofDays(SimulationOptions.DEFAULT_DAYS).toSeconds() / (double) seconds;
            Replay replay = new Replay(showroom, settings.brokers(), speed);
            List<Kill> kills = new Killing(cluster, settings.rest(), job, web).during(replay, portions);
            web.awaitReceived(portions.get(portions.size() - 1).linesUpToIts());
            return kills;
        } finally {
            cluster.down();
        }
    }

    private static void print(List<Kill> kills, List<DatabaseComparison.Difference> differences) {
        System.out.printf("%n%-16s %10s %12s %12s %12s%n", "killed (-9)", "at", "checkpoint", "received", "recovered");
        for (Kill kill : kills) {
            System.out.printf(
                    "%-16s %8.1f s %12d %,12d %10.1f s%n",
                    kill.victim(),
                    kill.at().toMillis() / 1000.0,
                    kill.checkpoint(),
                    kill.received(),
                    kill.recovery().toMillis() / 1000.0);
        }
        System.out.printf("%n%-24s %12s %12s %12s%n", "compared", "rows", "missing", "wrong");
        for (DatabaseComparison.Difference difference : differences) {
            System.out.printf(
                    "%-24s %,12d %,12d %,12d%n",
                    difference.what(), difference.rows(), difference.missing(), difference.wrong());
        }
    }

    private static int[] freePorts() {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            int[] ports = new int[4];
            for (int i = 0; i < ports.length; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
                ports[i] = sockets.get(i).getLocalPort();
            }
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new ClusterFailed("no free port on loopback", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (var all = Files.walk(folder)) {
            deepestFirst = all.sorted(java.util.Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.deleteIfExists(each);
        }
    }
}
