package org.showroomlab.app.crash;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.showroomlab.app.cluster.Cluster;
import org.showroomlab.app.cluster.ClusterFailed;
import org.showroomlab.app.cluster.ClusterSettings;
import org.showroomlab.app.cluster.FlinkRest;

/**
 * Kills one process after the other: each while a portion of the events flows, of which some have reached the web app, and
 * after a checkpoint since then.
 */
final class Killing {
    /** Kinds of process in a round. */
    static final int VICTIMS = 4;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_MILLIS = 200;
    private static final String WEB_APP = "web-app";

    private final Cluster cluster;
    private final FlinkRest flink;
    private final String job;
    private final WebApp web;
    private final Instant started = Instant.now();

    Killing(Cluster cluster, String rest, String job, WebApp web) {
        this.cluster = cluster;
        this.flink = new FlinkRest(rest);
        this.job = job;
        this.web = web;
    }

    /** Kills one while each portion flows. */
    List<Kill> during(Replay replay, List<Portion> portions) throws InterruptedException {
        List<Kill> kills = new ArrayList<>();
        long sent = 0;
        for (Portion portion : portions) {
            Process flowing = replay.start(portion);
            awaitReceived(sent + 1);
            FlinkRest.Checkpoint newest = awaitCheckpointSince(Instant.now());
            String victim = victim(kills.size());
            if (!flowing.isAlive()) {
                throw new ClusterFailed("all events of a portion were sent before " + victim
                        + " could be killed; a larger --replay-seconds makes them flow longer");
            }
            Kill kill = kill(victim, newest.id());
            kills.add(kill);
            System.out.printf(
                    "killed %s after checkpoint %d; recovered after %.1f s%n",
                    victim, kill.checkpoint(), kill.recovery().toMillis() / 1000.0);
            replay.awaitSuccess(flowing);
            sent = portion.linesUpToIts();
            awaitReceived(sent);
        }
        return kills;
    }

    private static String victim(int number) {
        return switch (number % VICTIMS) {
            case 0 -> "task-manager-" + (1 + number / VICTIMS % ClusterSettings.TASK_MANAGERS);
            case 1 -> "job-manager";
            case 2 -> "broker";
            default -> WEB_APP;
        };
    }

    private Kill kill(String victim, long checkpoint) throws InterruptedException {
        long received = web.received();
        if (victim.equals(WEB_APP)) {
            web.kill();
            Instant at = Instant.now();
            web.start();
            return new Kill(victim, Duration.between(started, at), checkpoint, received, since(at));
        }
        long pid = killWhenUp(victim);
        Instant at = Instant.now();
        awaitOther(victim, pid);
        awaitCheckpointSince(at);
        return new Kill(victim, Duration.between(started, at), checkpoint, received, since(at));
    }

    private static Duration since(Instant moment) {
        return Duration.between(moment, Instant.now());
    }

    /** The number of the process that was killed; a victim that is down at the moment is waited for, or nobody would be. */
    private long killWhenUp(String victim) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<ProcessHandle> process = pid(victim).flatMap(ProcessHandle::of);
            if (process.isPresent() && process.get().destroyForcibly()) {
                return process.get().pid();
            }
            requireBefore(end, victim + " was not up, so that it could not be killed");
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** Returns when so many events have flowed all the way to the web app. */
    private void awaitReceived(long events) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (web.received() < events) {
            requireBefore(
                    end,
                    web.received() + " events reached the web app within " + PATIENCE.toSeconds() + " seconds, but "
                            + events + " should have");
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private Optional<Long> pid(String victim) {
        return cluster.members().stream()
                .filter(member -> member.name().equals(victim))
                .findFirst()
                .flatMap(Cluster.Member::pid);
    }

    private void awaitOther(String victim, long pid) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (pid(victim).filter(other -> other != pid).isEmpty()) {
            requireBefore(end, "nobody started " + victim + " again");
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** The newest complete checkpoint, when it began after this moment. */
    private FlinkRest.Checkpoint awaitCheckpointSince(Instant moment) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                FlinkRest.Checkpoint newest = flink.newestCheckpoint(job);
                if (newest.began().isAfter(moment)) {
                    return newest;
                }
            } catch (ClusterFailed e) {
                // Flink does not answer while its job manager is away.
                requireBefore(end, String.valueOf(e.getMessage()));
            }
            requireBefore(end, "no checkpoint was completed within " + PATIENCE.toSeconds() + " seconds");
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static void requireBefore(long end, String otherwise) {
        if (System.nanoTime() > end) {
            throw new ClusterFailed(otherwise);
        }
    }
}
