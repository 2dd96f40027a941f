package org.showroomlab.jobs.flow;

import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.count.UnitChanges;
import org.showroomlab.jobs.count.UnitContribution;
import org.showroomlab.jobs.count.UnitTable;
import org.showroomlab.jobs.packed.Batch;
import org.showroomlab.jobs.packed.PackedReader;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.wire.UnitTableFormat;
import org.showroomlab.jobs.wire.WireType;

/**
 * Keyed by bucket of visitors: keeps their histories and emits the difference that changes make, once per flush and
 * visitor however many events there were.
 */
final class VisitorOperator extends FlushingOperator<Batch, CellChange> implements UnitTable.Totals {
    private static final long serialVersionUID = 1L;
    private static final int MAX_OPEN_BUCKETS = 1 << 14;

    private final Buckets buckets;
    private transient @Nullable BucketState<UnitTable> tables;
    private transient @Nullable UnitChanges changes;
    private transient @Nullable UnitContribution contribution;
    private transient int touched;

    VisitorOperator(LoadedPlan loaded, CountingJob.Options options) {
        super(loaded, options);
        this.buckets = options.buckets();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        ValueState<UnitTable> state = context.getKeyedStateStore().getState(descriptor());
        tables = new BucketState<>(state, buckets.count(), this::setCurrentKey, UnitTable::new);
    }

    private static ValueStateDescriptor<UnitTable> descriptor() {
        return new ValueStateDescriptor<>("histories", WireType.writtenBy(UnitTableFormat.class));
    }

    @Override
    public void open() throws Exception {
        super.open();
        changes = new UnitChanges(plan().experiments());
        contribution = new UnitContribution(plan(), changes, accounts());
        closeAgain();
    }

    @Override
    public void processElement(StreamRecord<Batch> element) throws Exception {
        BucketState<UnitTable> open = Objects.requireNonNull(tables);
        Batch batch = element.getValue();
        byte[] bytes = batch.bytes();
        int sum = touched;
        for (int at = 0; at < batch.length(); at += PackedReader.intAt(bytes, at)) {
            int tag = UnitMessage.unitTag(bytes, at);
            sum += open.get(buckets.ofTag(tag)).touchSlot(tag);
        }
        for (int at = 0; at < batch.length(); at += PackedReader.intAt(bytes, at)) {
            int tag = UnitMessage.unitTag(bytes, at);
            sum += open.get(buckets.ofTag(tag)).touch(tag);
        }
        touched = sum;
        for (int at = 0; at < batch.length(); at += PackedReader.intAt(bytes, at)) {
            int tag = UnitMessage.unitTag(bytes, at);
            UnitTable table = open.get(buckets.ofTag(tag));
            long time = PackedReader.longAt(bytes, at + UnitMessage.TIME_AND_SOURCE);
            long entryId = PackedReader.longAt(bytes, at + UnitMessage.ENTRY_ID);
            if (UnitMessage.isTakeBack(bytes, at)) {
                table.takeBack(tag, time, entryId, this);
            } else {
                int part = at + UnitMessage.PART;
                table.put(bytes, part, PackedReader.intAt(bytes, at) - UnitMessage.PART, time, entryId, this);
            }
        }
        if (open.openCount() > MAX_OPEN_BUCKETS) {
            flushAll();
            writeBack();
        }
    }

    @Override
    public void takeOut(byte[] unit, int from, int until) {
        Objects.requireNonNull(contribution).takeOut(unit, from, until);
    }

    @Override
    public void addRepeat(int source, boolean isAccounted) {
        Objects.requireNonNull(contribution).addRepeat(source, isAccounted);
    }

    @Override
    void flush() {
        UnitContribution function = Objects.requireNonNull(contribution);
        Objects.requireNonNull(tables).forEach(table -> table.flush(function::addSince));
        Objects.requireNonNull(changes).drain((key, cell) -> emit(new CellChange(key, cell)));
    }

    @Override
    void writeBack() throws Exception {
        Objects.requireNonNull(tables).writeBack(table -> table.size() == 0);
    }

    @Override
    void release(List<ExperimentPlan> closed) throws Exception {
        closed.forEach(e -> Objects.requireNonNull(contribution).close(e.number()));
        KeyedStates.<Integer, UnitTable>updateAll(getKeyedStateBackend(), descriptor(), table -> {
            table.retain(this::isNeeded);
            return table.size() == 0 ? null : table;
        });
    }
}
