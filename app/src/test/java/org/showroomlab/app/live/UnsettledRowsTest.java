package org.showroomlab.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.ResultCodec;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.RolledBack;
import org.showroomlab.jobs.results.Settled;
import org.showroomlab.jobs.results.Stamp;
import org.showroomlab.reports.store.ResultPartition;

class UnsettledRowsTest {
    private static final ResultPartition RESULTS = new ResultPartition("results", 0);

    private final UnsettledRows rows = new UnsettledRows();
    private long nextOffset = 100;

    @Test
    void whatIsNotSaidAgainAfterGoingBackIsEmptied() {
        say(row("settled", 1), new Stamp(4, 7));
        say(row("kept", 2), new Stamp(5, 7));
        say(row("stale", 3), new Stamp(5, 7));
        say(row("of another subtask", 4), new Stamp(5, 600));
        rows.drain();

        say(new RolledBack(0, 511, 4, 1));
        say(row("kept", 5), new Stamp(5, 7));

        Map<String, ResultRow> newest = rows.drain();
        assertThat(newest.values()).containsExactlyInAnyOrder(row("stale", 0), row("kept", 5));
    }

    @Test
    void readingBeginsAtTheOldestRowThatIsNotSettled() {
        say(row("a", 1), new Stamp(4, 7));
        say(row("b", 2), new Stamp(5, 7));
        assertThat(held()).isEqualTo(100);
        say(new Settled(0, 1023, 4));
        assertThat(held()).isEqualTo(101);
        say(new Settled(0, 511, 5));
        assertThat(held()).isEqualTo(nextOffset);
    }

    @Test
    void aSettledRowCannotBecomeVoid() {
        say(row("a", 1), new Stamp(4, 7));
        say(new Settled(0, 1023, 4));
        rows.drain();
        say(new RolledBack(0, 1023, 3, 1));
        assertThat(rows.drain()).isEmpty();
    }

    private long held() {
        Map<ResultPartition, Long> offsets = new HashMap<>(Map.of(RESULTS, nextOffset));
        rows.hold(offsets);
        return offsets.getOrDefault(RESULTS, -1L);
    }

    private void say(ResultRow row, Stamp stamp) {
        // Through its bytes, as it comes from the topic.
        rows.take(ResultCodec.decodeStamped(ResultCodec.encode("counting", row, stamp)), RESULTS, nextOffset++);
    }

    private void say(ResultRow row) {
        rows.take(
                new ResultCodec.Stamped("counting", ResultCodec.decode(ResultCodec.encode(row)), Optional.empty()),
                RESULTS,
                nextOffset++);
    }

    private static ResultRow row(String variant, long n) {
        return new LifeTableCount("e", variant, "exposure", 0, "entered", 0, LocalDate.EPOCH, n);
    }
}
