package org.showroomlab.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.showroomlab.jobs.count.GeneratedEvents;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.ResultCodec;
import org.showroomlab.jobs.results.ResultRow;

@SuppressWarnings("try") // closing a harness may be interrupted, which then fails the test like anything else
class AccountingOperatorTest {
    private static final long FLUSH = CountingJob.Options.LIVE.flushMillis();

    /** By which the operator's own clock runs. */
    private static long nanos;

    private static final class Clocked extends AccountingOperator {
        private static final long serialVersionUID = 1L;

        private Clocked(LoadedPlan plan, CountingJob.Options options) {
            super(plan, options);
        }

        @Override
        long nanoTime() {
            return nanos;
        }
    }

    @BeforeEach
    void beginTheClock() {
        nanos = 0;
    }

    /** Nobody may take an accounting that closes for one of which the totals are still to come. */
    @Test
    void whatIsCountedIsSaidWhenTheTotalsAre() throws Exception {
        try (var harness = harness(CountingJob.Options.LIVE)) {
            harness.open();
            harness.processElement(received(5), 0);
            goOnTo(FLUSH, harness);
            harness.processElement(received(2), 0);
            goOnTo(2 * FLUSH, harness);
            harness.processElement(reached(FLUSH + AccountingOperator.ON_THEIR_WAY_MILLIS - 1), 0);
            goOnTo(3 * FLUSH, harness);
            assertThat(said(harness)).isEmpty();
            harness.processElement(reached(FLUSH + AccountingOperator.ON_THEIR_WAY_MILLIS), 0);
            goOnTo(4 * FLUSH, harness);
            assertThat(said(harness)).containsExactly(total(5));
            harness.processElement(reached(10 * FLUSH), 0);
            goOnTo(5 * FLUSH, harness);
            assertThat(said(harness)).containsExactly(total(7));
        }
    }

    /** The clocks of those who flush run by themselves, too, whatever becomes of their machines' ones. */
    @Test
    void aClockThatIsSetMakesNothingEarlyOrLate() throws Exception {
        for (long clock : new long[] {FLUSH, 100 * FLUSH}) {
            nanos = 0;
            try (var harness = harness(CountingJob.Options.LIVE)) {
                harness.open();
                harness.processElement(received(5), 0);
                nanos = 10 * FLUSH * 1_000_000;
                harness.setProcessingTime(clock);
                harness.processElement(reached(10 * FLUSH + AccountingOperator.ON_THEIR_WAY_MILLIS - 1), 0);
                harness.setProcessingTime(clock + FLUSH);
                assertThat(said(harness)).as("clock %d", clock).isEmpty();
                harness.processElement(reached(10 * FLUSH + AccountingOperator.ON_THEIR_WAY_MILLIS), 0);
                harness.setProcessingTime(clock + 2 * FLUSH);
                assertThat(said(harness)).as("clock %d", clock).containsExactly(total(5));
            }
        }
    }

    /**
     * Where everything is in the totals; afterwards not before those have said that they begin: whoever hears it earlier
     * takes it for what the life before has said.
     */
    @Test
    void withACheckpointAllIsSaidAndAfterGoingBackAnew() throws Exception {
        OperatorSubtaskState state;
        try (var harness = harness(CountingJob.Options.LIVE)) {
            harness.open();
            harness.processElement(received(5), 0);
            harness.prepareSnapshotPreBarrier(1);
            assertThat(said(harness)).containsExactly(total(5));
            state = harness.snapshot(1, 0);
        }
        try (var harness = harness(CountingJob.Options.LIVE)) {
            harness.initializeState(state);
            harness.open();
            harness.setProcessingTime(FLUSH);
            assertThat(said(harness)).isEmpty();
            harness.processElement(reached(1), 0);
            harness.setProcessingTime(2 * FLUSH);
            assertThat(said(harness)).containsExactly(total(5));
        }
    }

    @Test
    void overFilesAllIsSaidAtTheEnd() throws Exception {
        try (var harness = harness(CountingJob.Options.BOUNDED)) {
            harness.open();
            harness.processElement(received(5), 0);
            harness.endInput();
            assertThat(said(harness)).containsExactly(total(5));
        }
    }

    private static AccountChange received(long records) {
        return AccountChange.of(total(records));
    }

    private static AccountingRow total(long received) {
        return new AccountingRow("a", received, 0, 0, 0, 0, 0, 0, 0, 1);
    }

    private static AccountChange reached(long millis) {
        return new AccountChange("any", null, new AccountChange.Reached(0, millis));
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, AccountChange, Tuple2<String, byte[]>> harness(
            CountingJob.Options options) throws Exception {
        LoadedPlan plan = LoadedPlan.of(GeneratedEvents.experiments(), List.of("a"));
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new Clocked(plan, options), AccountChange::key, Types.STRING);
    }

    private static void goOnTo(
            long millis, KeyedOneInputStreamOperatorTestHarness<String, AccountChange, Tuple2<String, byte[]>> harness)
            throws Exception {
        nanos = millis * 1_000_000;
        harness.setProcessingTime(millis);
    }

    private static List<ResultRow> said(
            KeyedOneInputStreamOperatorTestHarness<String, AccountChange, Tuple2<String, byte[]>> harness) {
        List<ResultRow> said = new ArrayList<>();
        harness.extractOutputValues().forEach(row -> said.add(ResultCodec.decode(row.f1)));
        harness.getOutput().clear();
        return said;
    }
}
