package org.showroomlab.jobs.flow;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.showroomlab.jobs.count.Accounts;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.wire.AccountingRowFormat;
import org.showroomlab.jobs.wire.WireType;

/**
 * An operator that combines before it emits: on a timer, so that a slow stream is not kept waiting; before each checkpoint
 * barrier, so that nothing combined is lost; and at the end of the input.
 */
abstract class FlushingOperator<I, O> extends AbstractStreamOperator<O>
        implements OneInputStreamOperator<I, O>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    static final OutputTag<AccountingRow> ACCOUNTING =
            new OutputTag<>("accounting", WireType.writtenBy(AccountingRowFormat.class));

    private final long flushMillis;
    private transient Accounts accounts = new Accounts();

    /** An operator that flushes this often, in milliseconds of processing time; 0: only at barriers and the end. */
    FlushingOperator(long flushMillis) {
        this.flushMillis = flushMillis;
    }

    @Override
    public void open() throws Exception {
        super.open();
        accounts = new Accounts();
        scheduleFlush();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Flink fails the task when the callback throws
    private void scheduleFlush() {
        if (flushMillis > 0) {
            long next = getProcessingTimeService().getCurrentProcessingTime() + flushMillis;
            getProcessingTimeService().registerTimer(next, timestamp -> {
                flushAll();
                scheduleFlush();
            });
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        flushAll();
    }

    @Override
    public void endInput() throws Exception {
        flushAll();
    }

    private void flushAll() throws Exception {
        flush();
        for (AccountingRow row : accounts.take()) {
            output.collect(ACCOUNTING, new StreamRecord<>(row));
        }
    }

    final Accounts accounts() {
        return accounts;
    }

    final void emit(O value) {
        output.collect(new StreamRecord<>(value));
    }

    /** Emits what has been combined since the last time. */
    abstract void flush() throws Exception;
}
