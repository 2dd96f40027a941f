package org.showroomlab.app.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.showroomlab.app.broker.BrokerSettings;
import org.showroomlab.app.broker.BrokerUnavailable;
import org.showroomlab.app.broker.ShowroomTopics;

/** A broker, a job manager and two task managers on this machine, and a supervisor that keeps them running. */
public final class Cluster {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    private static final long LOOK_MILLIS = 300;

    private final ClusterFolder folder;

    public Cluster(Path folder) {
        this.folder = new ClusterFolder(folder);
    }

    /** A process by its name, and its number when it runs. */
    public record Member(String name, Optional<Long> pid) {}

    /** What the cluster in this folder was set up with; empty when it never was. */
    public Optional<ClusterSettings> settings() {
        return Files.exists(folder.settings())
                ? Optional.of(ClusterSettings.read(folder.settings()))
                : Optional.empty();
    }

    /** All processes, the supervisor last. */
    public List<Member> members() {
        return all().stream()
                .map(process -> new Member(process.name(), process.running().map(ProcessHandle::pid)))
                .toList();
    }

    public boolean isRunning() {
        return members().stream().anyMatch(member -> member.pid().isPresent());
    }

    /** Starts what is not running and returns when broker and Flink take requests. */
    public void up(ClusterSettings settings) {
        folder.create();
        if (!isRunning()) {
            requireFreePorts(settings);
            writeConfiguration(settings);
        }
        ClusterProcess supervisor = ClusterProcesses.supervisor(folder);
        if (supervisor.running().isEmpty()) {
            supervisor.start();
        }
        awaitReady(ClusterSettings.read(folder.settings()));
    }

    private void writeConfiguration(ClusterSettings settings) {
        settings.write(folder.settings());
        Properties broker = new Properties();
        broker.putAll(BrokerSettings.of(folder.brokerData(), settings.brokerPort(), settings.controllerPort()));
        try {
            try (OutputStream out = Files.newOutputStream(folder.brokerProperties())) {
                broker.store(out, null);
            }
            Files.writeString(folder.configuration().resolve("config.yaml"), FlinkConfiguration.yaml(folder, settings));
            Files.writeString(folder.flinkLogging(), FlinkConfiguration.logging());
        } catch (IOException e) {
            throw new ClusterFailed("the folder " + folder.root() + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static void requireFreePorts(ClusterSettings settings) {
        for (int port : List.of(settings.brokerPort(), settings.controllerPort(), settings.restPort())) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
                throw new ClusterFailed(
                        "port " + port + " on " + ClusterSettings.HOST
                                + " is taken; see --broker-port, --controller-port and --rest-port",
                        e);
            }
        }
    }

    private void awaitReady(ClusterSettings settings) {
        FlinkRest flink = new FlinkRest(settings.rest());
        await("Flink", () -> flink.overview().taskManagers() >= ClusterSettings.TASK_MANAGERS);
        await("the broker", () -> {
            ShowroomTopics.createOn(settings.brokers());
            return true;
        });
    }

    private interface Condition {
        boolean holds();
    }

    private void await(String what, Condition condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > end) {
                throw new ClusterFailed(what + " did not come up within " + PATIENCE.toSeconds()
                        + " seconds; see the logs in " + folder.logs());
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ClusterFailed("interrupted while the cluster came up", e);
            }
        }
    }

    private static boolean holds(Condition condition) {
        try {
            return condition.holds();
        } catch (ClusterFailed | BrokerUnavailable e) {
            return false;
        }
    }

    /**
     * Ends the processes that this cluster started, and only those; first the supervisor, so that nothing comes back.
     *
     * @return how many were running
     */
    public int down() {
        List<ClusterProcess> supervisorFirst = new ArrayList<>(all());
        Collections.reverse(supervisorFirst);
        int ended = 0;
        for (ClusterProcess process : supervisorFirst) {
            Optional<ProcessHandle> running = process.running();
            if (running.isPresent()) {
                end(running.get());
                ended++;
            }
            process.record().delete();
        }
        return ended;
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        if (!hasEnded(process)) {
            process.destroyForcibly();
            hasEnded(process);
        }
    }

    private static boolean hasEnded(ProcessHandle process) {
        try {
            process.onExit().get(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private List<ClusterProcess> all() {
        List<ClusterProcess> all = new ArrayList<>(ClusterProcesses.workers(folder));
        all.add(ClusterProcesses.supervisor(folder));
        return all;
    }
}
