package org.showroomlab.reports.web;

import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.showroomlab.reports.report.LookRecorder;
import org.showroomlab.reports.report.LookSchedule;
import org.showroomlab.reports.report.RestingReports;
import org.showroomlab.reports.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the ledger of looks while results stream in: what the pages said goes there, when it may have changed. */
final class LookKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LookKeeper.class);
    private static final long GAP_SECONDS = 30;

    private final Store store;
    private final LookSchedule schedule;
    private final RestingReports resting = new RestingReports();
    /** Also before anything has come: the process before may have ended with a look still to be kept. */
    private final AtomicBoolean changed = new AtomicBoolean(true);

    private final ScheduledExecutorService keeper =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("look-keeper"));

    LookKeeper(Store store, LookSchedule schedule) {
        this.store = store;
        this.schedule = schedule;
        var unused = keeper.scheduleWithFixedDelay(this::keep, GAP_SECONDS, GAP_SECONDS, TimeUnit.SECONDS);
    }

    void changed() {
        changed.set(true);
    }

    private void keep() {
        if (!changed.getAndSet(false)) {
            return;
        }
        try {
            if (!LookRecorder.record(store, Instant.now(), schedule, resting)) {
                changed.set(true);
            }
        } catch (RuntimeException e) {
            changed.set(true);
            LOG.warn("this look was not recorded; it is tried again in " + GAP_SECONDS + " s", e);
        }
    }

    /** Waits for a look that is being written, because the store may be closed next. */
    @Override
    public void close() {
        keeper.shutdown();
        try {
            if (!keeper.awaitTermination(GAP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a look was still being recorded while closing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
