package org.showroomlab.jobs.flow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.count.CellKey;
import org.showroomlab.jobs.count.ClusterUnit;
import org.showroomlab.jobs.observe.RawRecords;
import org.showroomlab.jobs.observe.TopicRecords;
import org.showroomlab.jobs.packed.Batch;
import org.showroomlab.jobs.results.DeadLetterRow;
import org.showroomlab.jobs.results.ResultCodec;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.ShowroomProgress;
import org.showroomlab.jobs.wire.BatchFormat;
import org.showroomlab.jobs.wire.CellKeyFormat;
import org.showroomlab.jobs.wire.ClusterUnitFormat;
import org.showroomlab.jobs.wire.WireType;

/**
 * The operators of the job, connected by hand: what one emits the next one gets, a watermark or a checkpoint barrier
 * passes all of them in order, and everything stands still in between.
 */
@SuppressWarnings("try") // closing a harness may be interrupted, which then fails the test like anything else
final class Pipeline implements AutoCloseable {
    private static final TypeInformation<Batch> BATCH = WireType.writtenBy(BatchFormat.class);
    private static final TypeInformation<CellChange> CHANGE = WireType.writtenBy(CellChangeFormat.class);

    final Subtasks<Integer, RawRecords, Batch> decode;
    final Subtasks<Integer, Batch, Batch> identities;
    final Subtasks<Integer, Batch, CellChange> visitors;
    final Subtasks<ClusterUnit, ClusterChange, CellChange> clusters;
    final Subtasks<CellKey, CellChange, Tuple2<String, byte[]>> totals;
    final Subtasks<String, AccountChange, Tuple2<String, byte[]>> accounting;
    final Subtasks<String, ShowroomProgress, Tuple2<String, byte[]>> progress;
    private final List<ResultRow> said = new ArrayList<>();
    private final FinalRows rows;
    private long checkpoint;

    /** The state of all operators, and what they had said before. */
    record Snapshot(int parallelism, List<OperatorSubtaskState> states, FinalRows rows) {}

    private Pipeline(LoadedPlan plan, CountingJob.Options options, int parallelism, @Nullable Snapshot from)
            throws Exception {
        rows = from == null ? new FinalRows() : from.rows;
        decode = open(
                new Subtasks.Definition<>(() -> new DecodeOperator(plan, options), null, Types.INT, BATCH),
                parallelism,
                from,
                0);
        identities = open(
                new Subtasks.Definition<>(() -> new IdentityOperator(plan, options), Batch::bucket, Types.INT, BATCH),
                parallelism,
                from,
                1);
        visitors = open(
                new Subtasks.Definition<>(() -> new VisitorOperator(plan, options), Batch::bucket, Types.INT, CHANGE),
                parallelism,
                from,
                2);
        clusters = open(
                new Subtasks.Definition<>(
                        () -> new ClusterOperator(plan, options),
                        ClusterChange::unit,
                        WireType.writtenBy(ClusterUnitFormat.class),
                        CHANGE),
                parallelism,
                from,
                3);
        totals = open(
                new Subtasks.Definition<>(
                        () -> new TotalsOperator(plan, options),
                        CellChange::key,
                        WireType.writtenBy(CellKeyFormat.class),
                        CountingJob.ROW_TYPE),
                parallelism,
                from,
                4);
        accounting = open(
                new Subtasks.Definition<>(
                        () -> new AccountingOperator(plan, options),
                        AccountChange::key,
                        Types.STRING,
                        CountingJob.ROW_TYPE),
                parallelism,
                from,
                5);
        progress = open(
                new Subtasks.Definition<>(
                        () -> new ProgressOperator(plan, options),
                        ShowroomProgress::showroom,
                        Types.STRING,
                        CountingJob.ROW_TYPE),
                parallelism,
                from,
                6);
    }

    private static <K, I, O> Subtasks<K, I, O> open(
            Subtasks.Definition<K, I, O> definition, int parallelism, @Nullable Snapshot from, int operator)
            throws Exception {
        return Subtasks.open(
                definition,
                parallelism,
                from == null ? null : from.states.get(operator),
                from == null ? 1 : from.parallelism);
    }

    static Pipeline start(LoadedPlan plan, CountingJob.Options options, int parallelism) throws Exception {
        return new Pipeline(plan, options, parallelism, null);
    }

    static Pipeline restore(LoadedPlan plan, CountingJob.Options options, int parallelism, Snapshot from)
            throws Exception {
        return new Pipeline(plan, options, parallelism, from);
    }

    void deliver(Collection<byte[]> records) throws Exception {
        for (byte[] record : records) {
            decode.process(TopicRecords.of(0, 0, 0, Long.MAX_VALUE, record));
        }
    }

    /** Lets event time go on. */
    void watermark(long millis) throws Exception {
        decode.watermark(millis);
        afterDecode(millis);
    }

    /** Lets event time go on without all but the first subtask of the source, which have been idle for long. */
    void watermarkPastIdle(long millis) throws Exception {
        decode.watermarkOf(0, millis);
        afterDecode(millis);
    }

    private void afterDecode(long millis) throws Exception {
        fromDecode();
        identities.watermark(millis);
        fromIdentities();
        visitors.watermark(millis);
        clusters.watermark(millis);
        fromUnits();
        totals.watermark(millis);
        account(totals);
        accounting.watermark(millis);
        progress.watermark(millis);
        fromTotals();
    }

    /** A checkpoint: everything combined is sent on and said, then all state is taken. */
    Snapshot checkpoint() throws Exception {
        checkpoint++;
        flush();
        return new Snapshot(
                decode.parallelism(),
                List.of(
                        decode.snapshot(checkpoint),
                        identities.snapshot(checkpoint),
                        visitors.snapshot(checkpoint),
                        clusters.snapshot(checkpoint),
                        totals.snapshot(checkpoint),
                        accounting.snapshot(checkpoint),
                        progress.snapshot(checkpoint)),
                rows);
    }

    private void flush() throws Exception {
        decode.prepareSnapshot(checkpoint);
        fromDecode();
        identities.prepareSnapshot(checkpoint);
        fromIdentities();
        visitors.prepareSnapshot(checkpoint);
        clusters.prepareSnapshot(checkpoint);
        fromUnits();
        totals.prepareSnapshot(checkpoint);
        account(totals);
        accounting.prepareSnapshot(checkpoint);
        progress.prepareSnapshot(checkpoint);
        fromTotals();
    }

    Collection<ResultRow> end() throws Exception {
        return finish().all();
    }

    /** Ends the input; gives what a reader of the results has then. */
    FinalRows finish() throws Exception {
        decode.endInput();
        fromDecode();
        identities.endInput();
        fromIdentities();
        visitors.endInput();
        clusters.endInput();
        fromUnits();
        totals.endInput();
        account(totals);
        accounting.endInput();
        progress.endInput();
        fromTotals();
        return rows;
    }

    private void fromDecode() throws Exception {
        for (Batch batch : decode.take()) {
            identities.process(batch);
        }
        account(decode);
        for (ShowroomProgress each : decode.take(DecodeOperator.PROGRESS)) {
            progress.process(each);
        }
        for (DeadLetterRow letter : decode.take(DecodeOperator.DEAD_LETTERS)) {
            say(Tuple2.of(letter.rowKey(), ResultCodec.encode(letter)));
        }
    }

    private void fromIdentities() throws Exception {
        for (Batch batch : identities.take()) {
            visitors.process(batch);
        }
        for (ClusterChange change : identities.take(IdentityOperator.CLUSTERS)) {
            clusters.process(change);
        }
        account(identities);
    }

    private void fromUnits() throws Exception {
        for (CellChange change : visitors.take()) {
            totals.process(change);
        }
        for (CellChange change : clusters.take()) {
            totals.process(change);
        }
        account(visitors);
    }

    private void account(Subtasks<?, ?, ?> subtasks) throws Exception {
        for (AccountChange change : subtasks.take(FlushingOperator.ACCOUNTING)) {
            accounting.process(change);
        }
    }

    private void fromTotals() {
        totals.take().forEach(this::say);
        accounting.take().forEach(this::say);
        progress.take().forEach(this::say);
    }

    private void say(Tuple2<String, byte[]> row) {
        rows.write(row);
        said.add(ResultCodec.decode(row.f1));
    }

    /** Every row that has been said since this was last asked, older ones of the same key included. */
    List<ResultRow> said() {
        List<ResultRow> taken = List.copyOf(said);
        said.clear();
        return taken;
    }

    @Override
    public void close() throws Exception {
        decode.close();
        identities.close();
        visitors.close();
        clusters.close();
        totals.close();
        accounting.close();
        progress.close();
    }
}
