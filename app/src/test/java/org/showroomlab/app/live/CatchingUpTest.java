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
    void itIsOverWithWhatWasThereWhateverHasComeSince() {
        job.ask(visits(9, 12));
        hasReceived(8);
        job.ask(visits(9, 15));
        assertThat(job.isOver()).isFalse();
        hasReceived(9);
        assertThat(job.isOver()).isTrue();
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
