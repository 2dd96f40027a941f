package org.showroomlab.recovery;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.leaderelection.LeaderElectionDriver;
import org.apache.flink.runtime.leaderelection.LeaderInformation;
import org.jspecify.annotations.Nullable;

/** Leads from the moment at which it gets the lock until the process ends. */
final class FileLeaderElectionDriver implements LeaderElectionDriver {
    private static final long TRY_MILLIS = 200;

    private final LeaderFiles leaders;
    private final Listener listener;
    private final ScheduledFuture<?> trying;
    private volatile @Nullable FileLock lock;

    FileLeaderElectionDriver(LeaderFiles leaders, Listener listener, ScheduledExecutorService polling) {
        this.leaders = leaders;
        this.listener = listener;
        this.trying = polling.scheduleWithFixedDelay(this::tryToLead, 0, TRY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tryToLead() {
        if (lock != null) {
            return;
        }
        try {
            lock = leaders.tryLock();
            if (lock != null) {
                listener.onGrantLeadership(UUID.randomUUID());
            }
        } catch (IOException | RuntimeException e) {
            listener.onError(e);
        }
    }

    @Override
    public boolean hasLeadership() {
        return lock != null;
    }

    @Override
    public void publishLeaderInformation(String component, LeaderInformation leader) {
        try {
            leaders.write(component, leader);
        } catch (IOException e) {
            listener.onError(e);
        }
    }

    @Override
    public void deleteLeaderInformation(String component) {
        try {
            leaders.delete(component);
        } catch (IOException e) {
            listener.onError(e);
        }
    }

    @Override
    public void close() throws IOException {
        trying.cancel(false);
        FileLock held = lock;
        if (held != null) {
            lock = null;
            held.acquiredBy().close();
        }
    }
}
