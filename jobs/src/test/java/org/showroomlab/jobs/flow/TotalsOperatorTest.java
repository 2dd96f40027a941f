package org.showroomlab.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.showroomlab.jobs.count.BucketCounts;
import org.showroomlab.jobs.count.Cell;
import org.showroomlab.jobs.count.CellKey;
import org.showroomlab.jobs.count.GeneratedEvents;
import org.showroomlab.jobs.results.Cut;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.ResultCodec;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.RolledBack;
import org.showroomlab.jobs.wire.CellKeyFormat;
import org.showroomlab.jobs.wire.WireType;

@SuppressWarnings("try") // closing a harness may be interrupted, which then fails the test like anything else
class TotalsOperatorTest {
    private static final int VISITORS = FlushedChanges.Sender.VISITORS.ordinal();
    private static final int CLUSTERS = FlushedChanges.Sender.CLUSTERS.ordinal();

    private long now;

    /** One unit is in both cells: who reads one of them alone would see half of it. */
    @Test
    void flushesAreSaidOneByOneInTheOrderOfTheirTimes() throws Exception {
        try (var harness = harness(CountingJob.Options.LIVE)) {
            harness.open();
            assertThat(told(said(harness))).containsExactly("begins", "until 0");
            harness.processElement(change(VISITORS, "a", 1), 0);
            harness.processElement(change(CLUSTERS, "a", 10), 0);
            harness.processElement(change(VISITORS, "b", 1), 0);
            assertThat(said(harness)).isEmpty();
            harness.processElement(end(VISITORS, 120, 150, false), 0);
            assertThat(said(harness)).isEmpty();
            harness.processElement(end(CLUSTERS, 100, 110, false), 0);
            assertThat(told(said(harness))).containsExactly("a 10", "until 100");
            harness.processElement(end(CLUSTERS, 111, 119, true), 0);
            assertThat(said(harness)).isEmpty();
            harness.processElement(end(CLUSTERS, 120, 200, true), 0);
            assertThat(told(said(harness))).containsExactlyInAnyOrder("a 11", "b 1", "until 120");

            // A flush of which nothing goes here.
            harness.processElement(end(VISITORS, 160, 300, false), 0);
            assertThat(told(said(harness))).containsExactly("until 160");
        }
    }

    /** By the clocks of those who flush to it: when the last flush of each that is added was begun. */
    @Test
    void theAccountingIsToldHowFarTheTotalsHaveGot() throws Exception {
        try (var harness = harness(CountingJob.Options.LIVE)) {
            harness.open();
            harness.processElement(change(VISITORS, "a", 1), 0);
            harness.processElement(end(VISITORS, 120, 150, false), 0);
            said(harness);
            assertThat(reached(harness)).isNull();
            harness.processElement(end(CLUSTERS, 100, 110, true), 0);
            said(harness);
            assertThat(reached(harness)).isNull();
            harness.processElement(end(CLUSTERS, 111, 200, true), 0);
            said(harness);
            assertThat(reached(harness)).isEqualTo(new AccountChange.Reached(0, 91));
            harness.processElement(end(VISITORS, 151, 300, false), 0);
            harness.processElement(end(CLUSTERS, 230, 300, false), 0);
            harness.processElement(end(CLUSTERS, 301, 400, false), 0);
            said(harness);
            assertThat(reached(harness)).isEqualTo(new AccountChange.Reached(0, 131));
            harness.prepareSnapshotPreBarrier(1);
            assertThat(reached(harness)).isEqualTo(new AccountChange.Reached(0, 131));
            harness.processElement(end(VISITORS, 301, 500, true), 0);
            said(harness);
            assertThat(reached(harness)).isEqualTo(new AccountChange.Reached(0, 281));
        }
    }

    private static AccountChange.@Nullable Reached reached(
            KeyedOneInputStreamOperatorTestHarness<CellKey, CellChange, Tuple2<String, byte[]>> harness) {
        var told = harness.getSideOutput(FlushingOperator.ACCOUNTING);
        AccountChange.Reached last = null;
        if (told != null) {
            for (var each : told) {
                last = each.getValue().reached();
            }
        }
        return last;
    }

    /** A barrier comes behind the end of a flush; should it not, the state has it all the same. */
    @Test
    void whatCameBeforeABarrierIsInTheCheckpoint() throws Exception {
        OperatorSubtaskState state;
        try (var harness = harness(CountingJob.Options.LIVE)) {
            harness.open();
            said(harness);
            harness.processElement(change(VISITORS, "a", 1), 0);
            harness.processElement(end(VISITORS, 500, 600, false), 0);
            harness.processElement(change(CLUSTERS, "b", 1), 0);
            harness.prepareSnapshotPreBarrier(1);
            state = harness.snapshot(1, 0);
            assertThat(told(said(harness, 0))).containsExactlyInAnyOrder("a 1", "b 1", "until 500");

            // One that was begun before, and ended behind the barrier, has another time.
            harness.processElement(change(CLUSTERS, "b", 1), 0);
            harness.processElement(end(CLUSTERS, 450, 700, false), 0);
            harness.processElement(end(VISITORS, 601, 700, true), 0);
            assertThat(told(said(harness))).containsExactly("b 2", "until 501");
        }
        now = 0;
        try (var harness = harness(CountingJob.Options.LIVE)) {
            harness.initializeState(state);
            harness.open();
            assertThat(told(said(harness))).containsExactlyInAnyOrder("begins", "a 1", "b 1", "until 0");
        }
    }

    /** Over files nobody looks before the end. */
    @Test
    void aBoundedRunSaysNoCuts() throws Exception {
        try (var harness = harness(CountingJob.Options.BOUNDED)) {
            harness.open();
            harness.processElement(change(VISITORS, "a", 1), 0);
            harness.endInput();
            assertThat(harness.extractOutputValues())
                    .singleElement()
                    .matches(row -> ResultCodec.decode(row.f1) instanceof LifeTableCount);
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<CellKey, CellChange, Tuple2<String, byte[]>> harness(
            CountingJob.Options options) throws Exception {
        LoadedPlan plan = LoadedPlan.of(GeneratedEvents.experiments(), List.of("a"));
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new TotalsOperator(plan, options), CellChange::key, WireType.writtenBy(CellKeyFormat.class));
    }

    private static CellChange change(int sender, String variant, long n) {
        return new CellChange(sender, key(variant), Cell.of(new long[] {n}, new long[0], new BucketCounts()), null);
    }

    private static CellChange end(int sender, long millis, long throughMillis, boolean isEmpty) {
        return new CellChange(
                sender,
                key(""),
                null,
                new CellChange.End(new FlushTimes.Flush(millis, millis - 20, throughMillis), isEmpty));
    }

    private static CellKey key(String variant) {
        return new CellKey(CellKey.Table.LIFE_TABLES, "e", "exposure", variant, "entered", "", "", 0, 0, 20_000);
    }

    /** What the next flush says. */
    private List<ResultRow> said(
            KeyedOneInputStreamOperatorTestHarness<CellKey, CellChange, Tuple2<String, byte[]>> harness)
            throws Exception {
        return said(harness, 1_000);
    }

    /** What has been said since it was last asked, and within this time from now on. */
    private List<ResultRow> said(
            KeyedOneInputStreamOperatorTestHarness<CellKey, CellChange, Tuple2<String, byte[]>> harness, long millis)
            throws Exception {
        now += millis;
        harness.setProcessingTime(now);
        List<ResultRow> said = new ArrayList<>();
        harness.extractOutputValues().forEach(row -> said.add(ResultCodec.decode(row.f1)));
        harness.getOutput().clear();
        return said;
    }

    private static List<String> told(List<ResultRow> said) {
        return said.stream().map(TotalsOperatorTest::told).toList();
    }

    private static String told(ResultRow row) {
        if (row instanceof RolledBack) {
            return "begins";
        }
        return row instanceof Cut cut
                ? "until " + cut.throughMillis()
                : ((LifeTableCount) row).variant() + " " + ((LifeTableCount) row).n();
    }
}
