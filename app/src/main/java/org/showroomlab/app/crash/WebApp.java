package org.showroomlab.app.crash;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.showroomlab.app.cluster.ClusterFailed;

/** {@code ./showroom serve} as a process that can be killed. */
final class WebApp implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration STABLE = Duration.ofSeconds(8);
    private static final long LOOK_MILLIS = 200;

    private final Showroom showroom;
    private final String[] arguments;
    private final Accounting accounting;
    private @Nullable Process process;

    WebApp(Showroom showroom, Path database, String brokers, Path experiments, int port) {
        this.showroom = showroom;
        this.arguments = new String[] {
            "serve",
            "--db",
            database.toString(),
            "--brokers",
            brokers,
            "--experiments",
            experiments.toString(),
            "--listen",
            "127.0.0.1:" + port
        };
        this.accounting = new Accounting(port);
    }

    /** Starts it and returns when it answers. */
    void start() throws InterruptedException {
        process = showroom.start("serve", arguments);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (accounting.received().isEmpty()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new ClusterFailed("the web app does not answer");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** @throws ClusterFailed when there is nobody to kill */
    void kill() throws InterruptedException {
        if (process == null || !process.isAlive()) {
            throw new ClusterFailed("the web app has ended by itself");
        }
        process.destroyForcibly().waitFor();
    }

    long received() throws InterruptedException {
        return accounting.received().orElse(0);
    }

    /** Returns when this many records are counted and nothing more has come for a while. */
    void awaitReceived(long lines) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long reached = Long.MAX_VALUE;
        while (System.nanoTime() - reached < STABLE.toNanos() || received() != lines) {
            if (System.nanoTime() > end) {
                throw new ClusterFailed(received() + " records were received; sent were " + lines);
            }
            if (received() == lines && reached == Long.MAX_VALUE) {
                reached = System.nanoTime();
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
