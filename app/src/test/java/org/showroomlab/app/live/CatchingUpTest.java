package org.showroomlab.app.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.RolledBack;
import org.showroomlab.reports.store.ResultPartition;

class CatchingUpTest {
    private static final int MANY_TIMES = CatchingUp.MOST_TIMES_NO_NEARER;

    private final CatchingUp job = begunFrom(0);

    private static CatchingUp begunFrom(long checkpoint) {
        return new CatchingUp(new RolledBack(0, 1023, checkpoint, 11, 0, "job", List.of()));
    }

    @Test
    void whereNothingWasThereNothingIsToBeCaughtUpOn() {
        job.ask(visits(0, 3));
        assertThat(job.isOver()).isTrue();
    }

    @Test
    void itIsNotOverBeforeWhatWasThereIsReceived() {
        job.ask(visits(9, 12));
        hasReceived(8);
        job.ask(visits(9, 8));
        assertThat(job.isOver()).isFalse();
        hasReceived(9);
        job.ask(visits(9, 9));
        assertThat(job.isOver()).isTrue();
    }

    /** Of one partition 400 of 500 records are read, of the other all 500 and the 100 that have come since. */
    @Test
    void whatCameSinceDoesNotStandForWhatIsOwed() {
        job.ask(visits(1_000, 1_000));
        for (int times = 0; times < 100; times++) {
            job.ask(visits(1_000, 1_001L + times));
        }
        hasReceived(1_000);
        job.ask(visits(1_000, 1_102));
        assertThat(job.isOver()).isFalse();
        for (int times = 0; times < CatchingUp.TIMES_OF_NO_MATTER; times++) {
            job.ask(visits(1_000, 1_103 + times));
            assertThat(job.isOver()).isFalse();
        }
        hasReceived(1_102);
        job.ask(visits(1_000, 1_114));
        assertThat(job.isOver()).isFalse();
        hasReceived(1_114);
        job.ask(visits(1_000, 1_115));
        assertThat(job.isOver()).isTrue();
    }

    /** Whoever begins to read has not seen how long it took. */
    @Test
    void theFirstRoundSaysNothing() {
        hasReceived(1_000);
        job.ask(visits(1_000, 2_000));
        assertThat(job.isOver()).isFalse();
    }

    @Test
    void aJobThatIsAlwaysFarBehindHasCaughtUpSomeTime() {
        long behind = 2 * CatchingUp.TIMES_OF_NO_MATTER;
        long now = 100;
        int rounds = 0;
        while (!job.isOver()) {
            job.ask(visits(100, now++));
            hasReceived(now - behind);
            rounds = (int) ((now - 100) / behind);
            assertThat(rounds).isLessThanOrEqualTo(CatchingUp.MOST_ROUNDS + 2);
        }
        assertThat(rounds).isGreaterThanOrEqualTo(CatchingUp.MOST_ROUNDS);
    }

    /** Nine come while it takes ten: it is nearer by each round, for a long time. */
    @Test
    void aJobThatIsNearlyBusyIsWaitedFor() {
        long there = 10_000;
        long received = 0;
        while (!job.isOver()) {
            job.ask(visits(10_000, there));
            received = Math.min(there, received + 10);
            hasReceived(received);
            there += 9;
        }
        assertThat(there - received).isLessThanOrEqualTo(11L * CatchingUp.TIMES_OF_NO_MATTER);
    }

    @Test
    void subtasksOfOneAttemptBeginOneLife() {
        RolledBack first = new RolledBack(0, 511, 4, 11, 2, "job", List.of());
        CatchingUp life = new CatchingUp(first);
        RolledBack second = new RolledBack(512, 1023, 4, 12, 2, "job", List.of());
        assertThat(life.isJoinedBy(second)).isTrue();
        life.join(second);
        assertThat(life.isJoinedBy(second)).isFalse();
        assertThat(life.isJoinedBy(new RolledBack(512, 1023, 4, 21, 2, "job", List.of())))
                .isFalse();
        for (RolledBack another : List.of(
                new RolledBack(512, 1023, 4, 12, 3, "job", List.of()),
                new RolledBack(512, 1023, 5, 12, 2, "job", List.of()),
                new RolledBack(512, 1023, 4, 12, 2, "another", List.of()))) {
            assertThat(new CatchingUp(first).isJoinedBy(another)).isFalse();
        }
    }

    /** Who goes on from a checkpoint has received what was deleted since. */
    @Test
    void whatWasThereIsOfTheTimeOfTheBeginning() {
        for (long checkpoint : List.of(0L, 4L)) {
            List<String> asked = new ArrayList<>();
            begunFrom(checkpoint).ask(new CatchingUp.Records() {
                @Override
                public Map<String, Long> now(boolean withDeleted) {
                    asked.add("now " + withDeleted);
                    return Map.of("visits", 9L);
                }

                @Override
                public Map<String, Long> before(long millis, boolean withDeleted) {
                    asked.add(millis + " " + withDeleted);
                    return Map.of("visits", 9L);
                }
            });
            boolean goesOn = checkpoint > 0;
            assertThat(asked).containsExactly("11 " + goesOn, "now " + goesOn);
        }
    }

    /** Marks of transactions have offsets, too, and what is deleted meanwhile is never received. */
    @Test
    void whoComesNoNearerAndIsThereHasCaughtUp() {
        job.ask(visits(50, 50));
        for (int times = 0; times < MANY_TIMES; times++) {
            job.ask(visits(50, 60 + times));
        }
        hasReceived(40);
        job.ask(visits(50, 70));
        job.hearCheckpoint();
        assertThat(job.isOver()).isFalse();
        for (int times = 0; times < MANY_TIMES; times++) {
            job.ask(visits(50, 80));
        }
        assertThat(job.isOver()).isFalse();
        job.hearCheckpoint();
        assertThat(job.isOver()).isTrue();
    }

    /** What it lacks was deleted before it was submitted, say, and events go on to come and be received. */
    @Test
    void whoReceivesOnlyWhatComesComesNoNearer() {
        for (int second = 0; second < 3 * MANY_TIMES; second++) {
            job.ask(visits(1_000, 1_003 + 3L * second));
            hasReceived(3L * second);
            assertThat(job.isOver()).isFalse();
        }
        job.hearCheckpoint();
        assertThat(job.isOver()).isTrue();
    }

    /** It may be down, or has ended and never reads the rest. */
    @Test
    void whoIsSilentHasNotCaughtUp() {
        for (int times = 0; times < 10 * MANY_TIMES; times++) {
            job.ask(visits(50, 50));
        }
        assertThat(job.isOver()).isFalse();
    }

    /** Whoever may not see the topics of events must not wait for ever. */
    @Test
    void withoutKnowingWhatThereIsItEnds() {
        for (int times = 0; times < MANY_TIMES; times++) {
            job.hearCheckpoint();
            assertThat(job.isOver()).isFalse();
            assertThatThrownBy(() -> job.ask(new Untold())).isInstanceOf(KafkaException.class);
        }
        job.hearCheckpoint();
        assertThat(job.isOver()).isTrue();
    }

    private void hasReceived(long visits) {
        AccountingRow row = new AccountingRow("visits", visits, visits, 0, 0, 0, 0, 0, 0, 1);
        job.hear(row, new WaitingRows.Waiting("job", row, new ResultPartition("results", 0), 7));
    }

    /** The topic of visits had so many records at the beginning, and has so many now. */
    static CatchingUp.Records visits(long before, long now) {
        return new CatchingUp.Records() {
            @Override
            public Map<String, Long> now(boolean withDeleted) {
                return Map.of("visits", now);
            }

            @Override
            public Map<String, Long> before(long millis, boolean withDeleted) {
                return Map.of("visits", before);
            }
        };
    }

    private static final class Untold implements CatchingUp.Records {
        @Override
        public Map<String, Long> now(boolean withDeleted) {
            throw new KafkaException("not allowed");
        }

        @Override
        public Map<String, Long> before(long millis, boolean withDeleted) {
            throw new KafkaException("not allowed");
        }
    }
}
