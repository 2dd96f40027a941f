package org.showroomlab.jobs.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.count.Accounts;
import org.showroomlab.jobs.plan.CountingPlan;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.wire.WireType;

/**
 * An operator that combines before it emits: on a timer, so that a slow stream is not kept waiting; before each checkpoint
 * barrier, so that nothing combined is lost; and at the end of the input. A flush that took long is followed by a longer
 * wait, so that an operator with much to catch up on spends its time on events.
 *
 * <p>When event time has passed an experiment's end of observation and the lateness that is still waited for, the
 * experiment is closed: its state is released.
 */
abstract class FlushingOperator<I, O> extends AbstractStreamOperator<O>
        implements OneInputStreamOperator<I, O>, BoundedOneInput {
    private static final long serialVersionUID = 1L;
    static final OutputTag<AccountChange> ACCOUNTING =
            new OutputTag<>("accounting", WireType.writtenBy(AccountChangeFormat.class));
    private static final int REST_PER_WORK = 2;
    private static final long LONGEST_WAIT_MILLIS = 5_000;

    private final LoadedPlan loaded;
    private final CountingJob.Options options;
    private transient CountingPlan plan = new CountingPlan(List.of());
    private transient Accounts accounts = new Accounts(List.of());
    private transient List<ExperimentPlan> openExperiments = new ArrayList<>();
    private transient boolean[] closed = {};
    private transient @Nullable ListState<Long> closedThrough;
    private transient long eventMillis = Long.MIN_VALUE;
    private transient FlushTimes times = new FlushTimes(0, System::nanoTime);

    FlushingOperator(LoadedPlan loaded, CountingJob.Options options) {
        this.loaded = loaded;
        this.options = options;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        closedThrough = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("closed-through", Types.LONG));
        // Event time is that of the subtask furthest behind: one that was ahead must not make the others' events late.
        eventMillis = Long.MAX_VALUE;
        for (long through : closedThrough.get()) {
            eventMillis = Math.min(eventMillis, through);
        }
        if (eventMillis == Long.MAX_VALUE) {
            eventMillis = Long.MIN_VALUE;
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        Objects.requireNonNull(closedThrough).update(List.of(eventMillis));
    }

    /**
     * Closes what was closed when the state was written, at the end of opening: else, before event time is known again, an
     * event could begin the state of a closed experiment anew and say rows in place of its final ones.
     */
    final void closeAgain() throws Exception {
        // There is nothing to flush yet, and while opening nothing may be emitted.
        close(overBy(eventMillis));
    }

    @Override
    public void open() throws Exception {
        super.open();
        plan = loaded.plan();
        closed = new boolean[plan.experiments().size()];
        accounts = new Accounts(loaded.sources());
        openExperiments = new ArrayList<>(plan.experiments());
        times = new FlushTimes(getProcessingTimeService().getCurrentProcessingTime(), this::nanoTime);
        scheduleFlush(leastWaitMillis());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Flink fails the task when the callback throws
    private void scheduleFlush(long waitMillis) {
        if (options.flushMillis() > 0) {
            long next = getProcessingTimeService().getCurrentProcessingTime() + waitMillis;
            getProcessingTimeService().registerTimer(next, timestamp -> {
                takeInWaiting();
                long millis = times.begin();
                long started = System.nanoTime();
                flushTaken();
                long worked = (System.nanoTime() - started) / 1_000_000;
                long wait = Math.max(leastWaitMillis(), Math.min(LONGEST_WAIT_MILLIS, REST_PER_WORK * worked));
                scheduleFlush(wait);
                flushEnds(times.end(millis, wait));
            });
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        finishWhatHasCome();
        flushAll();
        writeBack();
    }

    @Override
    public void endInput() throws Exception {
        finishWhatHasCome();
        flushAll();
        writeBack();
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        // The last watermark of a bounded run ends the run, not the experiments.
        if (mark.getTimestamp() != Long.MAX_VALUE) {
            eventMillis = Math.max(eventMillis, mark.getTimestamp());
            closeExperiments(mark.getTimestamp());
        }
        super.processWatermark(mark);
    }

    /** Closes every experiment that event time has left behind. */
    private void closeExperiments(long millis) throws Exception {
        List<ExperimentPlan> over = overBy(millis);
        if (!over.isEmpty()) {
            finishWhatHasCome();
            flushAll();
            writeBack();
            close(over);
        }
    }

    private List<ExperimentPlan> overBy(long millis) {
        return openExperiments.stream()
                .filter(e -> e.closesAtMillis(options.latenessMillis()) <= millis)
                .toList();
    }

    private void close(List<ExperimentPlan> over) throws Exception {
        if (!over.isEmpty()) {
            openExperiments.removeAll(over);
            over.forEach(experiment -> closed[experiment.number()] = true);
            release(over);
        }
    }

    final void flushAll() throws Exception {
        takeInWaiting();
        long millis = times.begin();
        flushTaken();
        flushEnds(times.end(millis, 0));
    }

    private void flushTaken() throws Exception {
        flush();
        for (AccountingRow row : accounts.take()) {
            output.collect(ACCOUNTING, new StreamRecord<>(AccountChange.of(row)));
        }
    }

    /** What the clock says that flushes have their times by. */
    final long nowMillis() {
        return times.nowMillis();
    }

    /** By what clocks run between two readings. */
    long nanoTime() {
        return System.nanoTime();
    }

    final CountingPlan plan() {
        return plan;
    }

    final LoadedPlan loaded() {
        return loaded;
    }

    final CountingJob.Options options() {
        return options;
    }

    final Accounts accounts() {
        return accounts;
    }

    final boolean isClosed(int experiment) {
        return closed[experiment];
    }

    /** Whether some experiment is closed. */
    final boolean anyClosed() {
        return openExperiments.size() < closed.length;
    }

    final boolean areAllClosed() {
        return openExperiments.isEmpty();
    }

    /** Whether an experiment that is not closed can need an event at that time. */
    final boolean isNeeded(long millis) {
        for (ExperimentPlan experiment : openExperiments) {
            if (experiment.reads(millis)) {
                return true;
            }
        }
        return false;
    }

    /** Flink's id of the job, another one each time that it is submitted. */
    final String jobId() {
        return getRuntimeContext().getJobInfo().getJobId().toHexString();
    }

    final void emit(O value) {
        output.collect(new StreamRecord<>(value));
    }

    /** The least time between two flushes. */
    long leastWaitMillis() {
        return options.flushMillis();
    }

    /** Does what every record costs once, whether flushes are many or few: no reason to wait longer for the next one. */
    void takeInWaiting() throws Exception {
        // Most operators take records in as they come.
    }

    /** Emits what has been combined since the last time; everything has been taken in. */
    abstract void flush() throws Exception;

    /** All of a flush has been emitted. */
    void flushEnds(FlushTimes.Flush flush) throws Exception {
        // Most who get it need not know.
    }

    /** What has come until now belongs to the state, and to what is said of it. */
    void finishWhatHasCome() throws Exception {
        // Most operators add whatever comes at once.
    }

    /** Stores what is being worked on, after a flush. */
    void writeBack() throws Exception {
        // Most operators work on their state directly.
    }

    /** Lets go of what only these experiments need; everything has been flushed and written back. */
    abstract void release(List<ExperimentPlan> closed) throws Exception;
}
