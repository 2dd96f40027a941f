package org.showroomlab.jobs.flow;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.count.BucketTable;
import org.showroomlab.jobs.packed.Batch;
import org.showroomlab.jobs.packed.PackedReader;
import org.showroomlab.jobs.plan.ExperimentPlan;

/**
 * Keyed by bucket: takes the packed records of batches into the tables of their buckets. Where tables are objects, records
 * wait for others of the same bucket ({@link WaitingRecords} says why) until the next flush at the latest; where every
 * access reads and writes a whole table, they do not, since few would meet.
 *
 * @param <T> the table of one bucket
 */
abstract class BucketOperator<T extends BucketTable, O> extends FlushingOperator<Batch, O> {
    private static final long serialVersionUID = 1L;
    private static final int MAX_OPEN_BUCKETS = 1 << 14;

    private final Buckets buckets;
    private transient @Nullable BucketState<T> tables;
    private transient @Nullable WaitingRecords waiting;

    BucketOperator(LoadedPlan loaded, CountingJob.Options options) {
        super(loaded, options);
        this.buckets = options.buckets();
    }

    /** Where the tables are kept. */
    abstract ValueStateDescriptor<T> descriptor();

    abstract Supplier<T> emptyTable();

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        tables = new BucketState<>(
                context.getKeyedStateStore().getState(descriptor()),
                buckets.count(),
                this::setCurrentKey,
                emptyTable());
    }

    @Override
    public void open() throws Exception {
        super.open();
        waiting = buckets.areObjects() ? new WaitingRecords(buckets.count(), this::take) : null;
    }

    @Override
    public void processElement(StreamRecord<Batch> element) throws Exception {
        Batch batch = element.getValue();
        byte[] bytes = batch.bytes();
        WaitingRecords waitingRecords = waiting;
        for (int at = 0; at < batch.length(); ) {
            int size = PackedReader.intAt(bytes, at);
            int bucket = bucketOf(bytes, at);
            if (waitingRecords != null) {
                waitingRecords.add(bucket, bytes, at, size);
            } else {
                take(bucket, bytes, at, at + size);
            }
            at += size;
        }
        if (tables().openCount() > MAX_OPEN_BUCKETS) {
            flushAll();
            writeBack();
        }
    }

    private void take(int bucket, byte[] records, int from, int until) throws Exception {
        takeIn(tables().get(bucket), records, from, until);
    }

    /** The bucket of the record that starts there. */
    abstract int bucketOf(byte[] bytes, int at);

    /** Takes records, each of which starts with its size, into the table of their bucket. */
    abstract void takeIn(T table, byte[] records, int from, int until);

    @Override
    final void takeInWaiting() throws Exception {
        if (waiting != null) {
            waiting.takeAll();
        }
    }

    @Override
    final void flush() throws Exception {
        flushTables(tables()::forEach);
    }

    /** Emits what the records that have been taken in lead to; the argument calls with every table that is being worked on. */
    abstract void flushTables(Consumer<Consumer<T>> tables);

    @Override
    final void writeBack() throws Exception {
        tables().writeBack(table -> table.size() == 0);
    }

    @Override
    void release(List<ExperimentPlan> closed) throws Exception {
        KeyedStates.<Integer, T>updateAll(getKeyedStateBackend(), descriptor(), table -> {
            retain(table);
            return table.size() == 0 ? null : table;
        });
    }

    /** Forgets what belongs to {@linkplain #isNeeded times} that nobody needs any more. */
    abstract void retain(T table);

    final Buckets buckets() {
        return buckets;
    }

    private BucketState<T> tables() {
        return Objects.requireNonNull(tables);
    }
}
