package org.showroomlab.reports.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The store is a number here, and its reading that number in words. */
class LatestReadingTest {
    private final AtomicLong revision = new AtomicLong(1);
    private final AtomicLong restatements = new AtomicLong();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger told = new AtomicInteger();
    private final Deque<Runnable> begun = new ArrayDeque<>();

    private LatestReading<String> reading(Executor makers, Duration patience) {
        return reading(makers, patience, Duration.ofMinutes(1));
    }

    private LatestReading<String> reading(Executor makers, Duration patience, Duration oldest) {
        return new LatestReading<>(
                revision::get, restatements::get, this::make, makers, told::incrementAndGet, patience, oldest);
    }

    private String make() {
        made.incrementAndGet();
        return "as of " + revision.get();
    }

    private void onlyTheFirstAtOnce(Runnable task) {
        if (made.get() == 0) {
            task.run();
        } else {
            begun.add(task);
        }
    }

    @Test
    void isMadeOncePerRevision() {
        LatestReading<String> reading = reading(Runnable::run, Duration.ofMinutes(1));
        assertThat(reading.now()).isEqualTo("as of 1");
        assertThat(reading.now()).isEqualTo("as of 1");
        assertThat(made).hasValue(1);
        revision.set(2);
        assertThat(reading.now()).isEqualTo("as of 2");
        assertThat(made).hasValue(2);
        assertThat(told).hasValue(0);
    }

    @Test
    void whoHasNoPatienceGetsTheOlderOneAndIsToldOfTheNewer() {
        LatestReading<String> reading = reading(this::onlyTheFirstAtOnce, Duration.ZERO);
        assertThat(reading.now()).isEqualTo("as of 1");
        revision.set(2);
        assertThat(reading.now()).isEqualTo("as of 1");
        assertThat(reading.now()).isEqualTo("as of 1");
        assertThat(begun).hasSize(1);
        assertThat(told).hasValue(0);
        begun.remove().run();
        assertThat(told).hasValue(1);
        assertThat(reading.now()).isEqualTo("as of 2");
        assertThat(made).hasValue(2);
    }

    /** Nobody has asked for long, and the first who does is not served what was true then. */
    @Test
    void anOlderReadingIsNotOfAnyAge() {
        Executor slow = CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS);
        LatestReading<String> ofAnyAge = reading(slow, Duration.ZERO, Duration.ofMinutes(1));
        LatestReading<String> recent = reading(slow, Duration.ZERO, Duration.ZERO);
        assertThat(ofAnyAge.now()).isEqualTo("as of 1");
        assertThat(recent.now()).isEqualTo("as of 1");
        revision.set(2);
        assertThat(ofAnyAge.now()).isEqualTo("as of 1");
        assertThat(recent.now()).isEqualTo("as of 2");
    }

    /** What was begun before the change does not have it, and is followed by another one. */
    @Test
    void whatWasBegunBeforeTheChangeIsNotEnough() {
        LatestReading<String> reading = reading(this::onlyTheFirstAtOnce, Duration.ZERO);
        reading.now();
        revision.set(2);
        reading.now();
        begun.remove().run();
        revision.set(3);
        assertThat(reading.now()).isEqualTo("as of 2");
        begun.remove().run();
        assertThat(reading.now()).isEqualTo("as of 3");
        assertThat(told).hasValue(2);
    }

    @Test
    void aFailureIsToldAndTriedAgain() {
        AtomicInteger tries = new AtomicInteger();
        LatestReading<String> reading = new LatestReading<>(
                revision::get,
                restatements::get,
                () -> {
                    if (tries.incrementAndGet() == 1) {
                        throw new IllegalStateException("the disk is full");
                    }
                    return "well";
                },
                Runnable::run,
                told::incrementAndGet,
                Duration.ZERO,
                Duration.ofMinutes(1));
        assertThatThrownBy(reading::now)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the disk is full");
        assertThat(reading.now()).isEqualTo("well");
    }

    /** Between two states of the tables a reading says neither. */
    @Test
    void aReadingThatWasMadeWhileRowsAreSaidAgainIsNotWhole() {
        LatestReading<String> reading = reading(Runnable::run, Duration.ofMinutes(1));
        assertThat(reading.lastWhole(Duration.ofMinutes(1))).isEmpty();
        reading.now();
        revision.set(2);
        restatements.set(LatestReading.RESTATING);
        assertThat(reading.now()).isEqualTo("as of 2");
        assertThat(reading.lastWhole(Duration.ofMinutes(1))).contains("as of 1");
        assertThat(reading.lastWhole(Duration.ZERO)).isEmpty();
        assertThat(reading.lastWhole()).contains("as of 1");
        revision.set(3);
        restatements.set(2);
        reading.now();
        assertThat(reading.lastWhole(Duration.ofMinutes(1))).contains("as of 3");
    }
}
