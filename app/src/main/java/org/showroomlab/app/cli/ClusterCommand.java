package org.showroomlab.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.showroomlab.app.cluster.Cluster;
import org.showroomlab.app.cluster.ClusterFailed;
import org.showroomlab.app.cluster.ClusterSettings;
import org.showroomlab.app.cluster.ClusterSettings.StateBackend;
import org.showroomlab.app.cluster.FlinkRest;
import org.showroomlab.app.cluster.Installation;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code showroom cluster}: a broker and a Flink cluster on this machine, as processes of their own. */
@Command(
        name = "cluster",
        description = {
            "A Kafka broker and a Flink cluster (one job manager, two task managers) on this machine, each a process of"
                    + " its own on loopback.",
            "A supervisor process starts any of them again when it dies; jobs go on from their last checkpoint, also"
                    + " after 'down' and 'up'."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "up|down|status")
@SuppressWarnings("NullAway.Init") // picocli sets it
final class ClusterCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "up, down or status?");
    }

    /** Which folder a cluster lives in. */
    static final class Folder {
        @Option(
                names = "--dir",
                paramLabel = "DIR",
                description = "Folder of its state, logs and process records (default: cluster/ beside ./showroom).")
        private @Nullable Path folder;

        Path path() {
            return folder == null ? Installation.home().resolve("cluster") : folder;
        }

        Cluster cluster() {
            Path there = path().toAbsolutePath();
            while (!Files.exists(there) && there.getParent() != null) {
                there = there.getParent();
            }
            if (!Files.isDirectory(there)) {
                throw new WrongUsage(
                        "--dir is " + path() + ", and " + there + " is a file; allowed: a folder, or one to be made");
            }
            return new Cluster(path());
        }
    }

    @Command(
            name = "up",
            mixinStandardHelpOptions = true,
            description = "Start what is not running; return when it takes requests.")
    int up(
            @CommandLine.Mixin Folder folder,
            @Option(
                            names = "--state",
                            paramLabel = "heap|rocksdb",
                            description = "Where keyed state lives unless a job says otherwise (default: heap).")
                    @Nullable
                    StateBackend state,
            @Option(names = "--slots", paramLabel = "N", description = "Per task manager (default: 2).") @Nullable
                    Integer slots,
            @Option(names = "--broker-port", paramLabel = "PORT", description = "Default: 9092.") @Nullable
                    Integer brokerPort,
            @Option(names = "--controller-port", paramLabel = "PORT", description = "Of the broker; default: 9093.")
                    @Nullable
                    Integer controllerPort,
            @Option(names = "--rest-port", paramLabel = "PORT", description = "Of Flink; default: 8081.") @Nullable
                    Integer restPort) {
        Cluster cluster = folder.cluster();
        ClusterSettings before = cluster.settings().orElse(new ClusterSettings(9092, 9093, 8081, StateBackend.HEAP, 2));
        ClusterSettings wanted = WrongUsage.unlessAllowed(
                "cluster up",
                () -> new ClusterSettings(
                        or(brokerPort, before.brokerPort()),
                        or(controllerPort, before.controllerPort()),
                        or(restPort, before.restPort()),
                        or(state, before.state()),
                        or(slots, before.slots())));
        if (cluster.isRunning() && !wanted.equals(before)) {
            throw new CommandProblem("the cluster in " + folder.path()
                    + " is running with other settings; run ./showroom cluster down first");
        }
        cluster.up(wanted);
        return print(cluster);
    }

    @Command(
            name = "down",
            mixinStandardHelpOptions = true,
            description = "End the processes that 'up' started, and no others. State stays.")
    int down(@CommandLine.Mixin Folder folder) {
        int ended = folder.cluster().down();
        System.out.println(ended == 0 ? "nothing was running" : ended + " processes ended");
        return 0;
    }

    @Command(
            name = "status",
            mixinStandardHelpOptions = true,
            description = "Say what is running; 0 when all of it is, else 1.")
    int status(@CommandLine.Mixin Folder folder) {
        return print(folder.cluster());
    }

    private static <T> T or(@Nullable T wanted, T before) {
        return wanted == null ? before : wanted;
    }

    private static int print(Cluster cluster) {
        Optional<ClusterSettings> settings = cluster.settings();
        List<Cluster.Member> members = cluster.members();
        for (Cluster.Member member : members) {
            String state = member.pid().map(pid -> "up    pid " + pid).orElse("down");
            System.out.printf("%-15s %s%n", member.name(), state);
        }
        settings.ifPresent(ClusterCommand::printAddresses);
        return members.stream().allMatch(member -> member.pid().isPresent()) ? 0 : 1;
    }

    private static void printAddresses(ClusterSettings settings) {
        System.out.printf("%-15s %s%n", "brokers", settings.brokers());
        System.out.printf("%-15s %s   (http://%s/)%n", "flink", settings.rest(), settings.rest());
        try {
            FlinkRest flink = new FlinkRest(settings.rest());
            FlinkRest.Overview overview = flink.overview();
            System.out.printf("%-15s %d, %d of them free%n", "slots", overview.slots(), overview.freeSlots());
            List<FlinkRest.RunningJob> jobs = flink.jobs();
            System.out.printf("%-15s %d%n", "jobs", jobs.size());
            jobs.forEach(job -> System.out.printf("  %s  %s  %s%n", job.id(), job.name(), job.status()));
        } catch (ClusterFailed e) {
            System.out.printf("%-15s %s%n", "slots", "unknown: Flink does not answer");
        }
    }
}
