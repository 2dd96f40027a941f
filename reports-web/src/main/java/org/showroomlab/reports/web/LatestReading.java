package org.showroomlab.reports.web;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is made from the store, once per state of the store however many ask.
 *
 * <p>Whoever asks waits for what was begun after the question, but no longer than they have patience when there is an older
 * reading: while days of backlog are worked off, a page that is seconds old and says so is worth more than none. One that
 * is older than that is nobody's: without questions nothing is made, so it may be of any age.
 */
final class LatestReading<T> {
    /** Of a reading that was made while rows were being said again. */
    static final long RESTATING = -1;

    private final LongSupplier revision;
    private final LongSupplier restatements;
    private final Supplier<T> making;
    private final Executor makers;
    private final Runnable newer;
    private final Duration patience;
    private final Duration oldest;
    private @Nullable Made<T> newest;
    /** The newest that is of one state. */
    private @Nullable Made<T> whole;

    private @Nullable CompletableFuture<Made<T>> underWay;
    private boolean somebodyHasOlder;

    /**
     * Makes nothing before somebody asks.
     *
     * @param revision of the store; grows with every change
     * @param restatements how often rows have begun or ceased to be said again, or {@link #RESTATING}
     * @param newer is called when somebody who got an older reading should ask again
     * @param oldest age that an older reading may have
     */
    LatestReading(
            LongSupplier revision,
            LongSupplier restatements,
            Supplier<T> making,
            Executor makers,
            Runnable newer,
            Duration patience,
            Duration oldest) {
        this.revision = revision;
        this.restatements = restatements;
        this.making = making;
        this.makers = makers;
        this.newer = newer;
        this.patience = patience;
        this.oldest = oldest;
    }

    /** The newest one that is of one state, however old: where nobody asked there is no newer one. */
    synchronized Optional<T> lastWhole() {
        return Optional.ofNullable(whole).map(known -> known.what);
    }

    /** The same, unless it is older than that. */
    synchronized Optional<T> lastWhole(Duration notOlder) {
        Made<T> known = whole;
        return known == null || System.nanoTime() - known.begunNanos > notOlder.toNanos()
                ? Optional.empty()
                : lastWhole();
    }

    T now() {
        long wanted = revision.getAsLong();
        long until = System.nanoTime() + patience.toNanos();
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
            if (known == null || System.nanoTime() - known.begunNanos > oldest.toNanos()) {
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
        long before = revision.getAsLong();
        long restatementsBefore = restatements.getAsLong();
        long begunNanos = System.nanoTime();
        Made<T> made = new Made<>(making.get(), before, begunNanos);
        boolean tell;
        synchronized (this) {
            newest = made;
            if (restatementsBefore != RESTATING && restatements.getAsLong() == restatementsBefore) {
                whole = made;
            }
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

    /** One that was made; each is its own, whatever it says. */
    private static final class Made<T> {
        private final T what;

        /** Of the store before it was begun, so that nothing of then is missing in it. */
        private final long revision;

        private final long begunNanos;

        private Made(T what, long revision, long begunNanos) {
            this.what = what;
            this.revision = revision;
            this.begunNanos = begunNanos;
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
