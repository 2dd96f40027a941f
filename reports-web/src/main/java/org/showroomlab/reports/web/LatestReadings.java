package org.showroomlab.reports.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.ReportAssembler;
import org.showroomlab.reports.report.Summary;
import org.showroomlab.reports.report.SummaryAssembler;
import org.showroomlab.reports.report.UnknownExperiment;
import org.showroomlab.reports.store.Store;

/**
 * Reports and the summary as the store has them now, each made once per state of the store however many ask.
 *
 * <p>Whoever asks waits for what was begun after the question, but not for longer than {@link #PATIENCE} when there is an
 * older reading: while days of backlog are worked off, a page that is seconds old and says so is worth more than none.
 */
final class LatestReadings implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Store store;
    private final Runnable newer;
    private final Reading<Summary> summary;
    private final Map<String, Reading<Report>> reports = new ConcurrentHashMap<>();
    private final ExecutorService makers = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "readings");
        thread.setDaemon(true);
        return thread;
    });

    /** @param newer is called when somebody who got an older reading should ask again */
    LatestReadings(Store store, Runnable newer) {
        this.store = store;
        this.newer = newer;
        this.summary = new Reading<>(() -> SummaryAssembler.assemble(store));
    }

    Summary summary() {
        return summary.now();
    }

    /**
     * The report of one experiment.
     *
     * @throws UnknownExperiment when there is none with that id
     */
    Report report(String experimentId) {
        Reading<Report> known = reports.get(experimentId);
        if (known != null) {
            return known.now();
        }
        Reading<Report> first = new Reading<>(() -> ReportAssembler.assemble(store, experimentId));
        Report report = first.now();
        // Kept only when it exists: whatever people type into an address must not fill the memory.
        reports.putIfAbsent(experimentId, first);
        return report;
    }

    @Override
    public void close() {
        makers.shutdown();
    }

    private static final class Made<T> {
        private final T what;

        /** Of the store before it was begun, so that nothing of then is missing in it. */
        private final long revision;

        private Made(T what, long revision) {
            this.what = what;
            this.revision = revision;
        }
    }

    private final class Reading<T> {
        private final Supplier<T> making;
        private @Nullable Made<T> newest;
        private @Nullable CompletableFuture<Made<T>> underWay;
        private boolean somebodyHasOlder;

        private Reading(Supplier<T> making) {
            this.making = making;
        }

        T now() {
            long wanted = store.revision();
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                CompletableFuture<Made<T>> next;
                Made<T> known;
                synchronized (this) {
                    known = newest;
                    if (known != null && known.revision >= wanted) {
                        return known.what;
                    }
                    next = begun();
                }
                if (known == null) {
                    known = outcome(next);
                    if (known.revision >= wanted) {
                        return known.what;
                    }
                } else if (!isDoneBy(next, until) && isToBeReplaced(known)) {
                    return known.what;
                }
            }
        }

        private synchronized CompletableFuture<Made<T>> begun() {
            CompletableFuture<Made<T>> known = underWay;
            if (known != null && !known.isDone()) {
                return known;
            }
            CompletableFuture<Made<T>> begun = CompletableFuture.supplyAsync(this::make, makers);
            underWay = begun;
            return begun;
        }

        private Made<T> make() {
            long revision = store.revision();
            Made<T> made = new Made<>(making.get(), revision);
            boolean tell;
            synchronized (this) {
                newest = made;
                tell = somebodyHasOlder;
                somebodyHasOlder = false;
            }
            if (tell) {
                newer.run();
            }
            return made;
        }

        /** Whether the one under way will tell those who have this one; there may be a newer one by now. */
        private synchronized boolean isToBeReplaced(Made<T> known) {
            somebodyHasOlder |= newest == known;
            return newest == known;
        }
    }

    private static <T> T outcome(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** @throws RuntimeException what the making failed with */
    private static boolean isDoneBy(CompletableFuture<?> future, long nanoTime) {
        try {
            future.get(Math.max(0, nanoTime - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            outcome(future);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
