package org.showroomlab.jobs.flow;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.count.UnitChanges;
import org.showroomlab.jobs.count.UnitContribution;
import org.showroomlab.jobs.count.UnitTable;
import org.showroomlab.jobs.observe.ObservationLayout;
import org.showroomlab.jobs.packed.PackedReader;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.wire.UnitTableFormat;
import org.showroomlab.jobs.wire.WireType;

/**
 * Keyed by bucket of visitors: keeps their histories and emits the difference that changes make, once per flush and
 * visitor however many events there were.
 */
final class VisitorOperator extends BucketOperator<UnitTable, CellChange> implements UnitTable.Totals {
    private static final long serialVersionUID = 1L;

    private transient @Nullable UnitChanges changes;
    private transient @Nullable UnitContribution contribution;
    private transient @Nullable FlushedChanges flushed;
    private transient int touched;
    /** While they are released, the experiments that close. */
    private transient List<ExperimentPlan> closing = List.of();

    VisitorOperator(LoadedPlan loaded, CountingJob.Options options) {
        super(loaded, options);
    }

    @Override
    ValueStateDescriptor<UnitTable> descriptor() {
        return new ValueStateDescriptor<>("histories", WireType.writtenBy(UnitTableFormat.class));
    }

    @Override
    Supplier<UnitTable> emptyTable() {
        return UnitTable::new;
    }

    @Override
    public void open() throws Exception {
        super.open();
        changes = new UnitChanges(plan().experiments());
        contribution = new UnitContribution(plan(), changes, accounts());
        flushed = new FlushedChanges(
                FlushedChanges.Sender.VISITORS,
                getRuntimeContext().getTaskInfo(),
                options().isLive(),
                this::emit);
        closeAgain();
    }

    @Override
    int bucketOf(byte[] bytes, int at) {
        return buckets().ofTag(UnitMessage.unitTag(bytes, at));
    }

    @Override
    void takeIn(UnitTable table, byte[] messages, int from, int until) {
        int sum = touched;
        for (int at = from; at < until; at += PackedReader.intAt(messages, at)) {
            sum += table.touchSlot(UnitMessage.unitTag(messages, at));
        }
        for (int at = from; at < until; at += PackedReader.intAt(messages, at)) {
            sum += table.touch(UnitMessage.unitTag(messages, at));
        }
        touched = sum;
        for (int at = from; at < until; at += PackedReader.intAt(messages, at)) {
            long time = PackedReader.longAt(messages, at + UnitMessage.TIME_AND_SOURCE);
            long entryId = PackedReader.longAt(messages, at + UnitMessage.ENTRY_ID);
            if (UnitMessage.isTakeBack(messages, at)) {
                // It may have been counted before an experiment closed, so it says nothing of what came after that.
                table.takeBack(UnitMessage.unitTag(messages, at), time, entryId, this);
            } else {
                if (anyClosed()) {
                    Objects.requireNonNull(contribution).addLate(ObservationLayout.millis(time));
                }
                int part = at + UnitMessage.PART;
                table.put(messages, part, PackedReader.intAt(messages, at) - UnitMessage.PART, time, entryId, this);
            }
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
    void flushTables(Consumer<Consumer<UnitTable>> tables) {
        UnitContribution function = Objects.requireNonNull(contribution);
        tables.accept(table -> table.flush(function::addSince));
        Objects.requireNonNull(changes).drain(Objects.requireNonNull(flushed)::add);
    }

    @Override
    void flushEnds(FlushTimes.Flush flush) {
        Objects.requireNonNull(flushed).end(flush);
    }

    @Override
    void release(List<ExperimentPlan> closed) throws Exception {
        closing = closed;
        super.release(closed);
        closing = List.of();
        closed.forEach(e -> Objects.requireNonNull(contribution).close(e.number()));
    }

    @Override
    void retain(UnitTable table) {
        UnitContribution function = Objects.requireNonNull(contribution);
        table.retain(this::isNeeded, unit -> function.countedIn(closing, unit));
    }
}
