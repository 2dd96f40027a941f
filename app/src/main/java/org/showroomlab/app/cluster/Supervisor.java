package org.showroomlab.app.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that starts the others of its cluster when they are not there, again and again, and does nothing else. What a
 * process that is started again goes on with is the process's own business: the broker has its log, a job manager the
 * recovery records, a task manager gets its work from the job manager. It also says everything in {@code
 * logs/showroom.log}.
 */
final class Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final long LOOK_MILLIS = 250;

    /** A process that ends this soon after its start will probably do so again: the next start waits longer. */
    private static final Duration SHORT_LIFE = Duration.ofSeconds(20);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final List<ClusterProcess> processes;
    private final Map<String, Attempts> attempts = new HashMap<>();

    /** When a process was last started, and how often in a row it did not live. */
    private record Attempts(long lastNanos, int shortLives) {
        static final Attempts NONE = new Attempts(0, -1);

        Attempts again(long now) {
            boolean shortLife = shortLives >= 0 && now - lastNanos < SHORT_LIFE.toNanos();
            return new Attempts(now, shortLife ? shortLives + 1 : 0);
        }

        boolean mayStart(long now) {
            if (shortLives <= 0) {
                return true;
            }
            long wait = Math.min(
                    LONGEST_WAIT.toNanos(),
                    Duration.ofSeconds(1L << Math.min(shortLives, 5)).toNanos());
            return now - lastNanos >= wait;
        }
    }

    private Supervisor(List<ClusterProcess> processes) {
        this.processes = processes;
    }

    public static void main(String[] arguments) throws InterruptedException {
        ClusterFolder folder = new ClusterFolder(Path.of(arguments[0]));
        new Supervisor(ClusterProcesses.workers(folder)).watch();
    }

    private void watch() throws InterruptedException {
        while (true) {
            for (ClusterProcess process : processes) {
                try {
                    startIfMissing(process);
                } catch (RuntimeException e) {
                    LOG.error("{} could not be started", process.name(), e);
                }
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private void startIfMissing(ClusterProcess process) {
        long now = System.nanoTime();
        Attempts before = attempts.getOrDefault(process.name(), Attempts.NONE);
        if (process.running().isPresent() || !before.mayStart(now)) {
            return;
        }
        attempts.put(process.name(), before.again(now));
        LOG.info(
                "{} is not running; started as process {}",
                process.name(),
                process.start().pid());
    }
}
