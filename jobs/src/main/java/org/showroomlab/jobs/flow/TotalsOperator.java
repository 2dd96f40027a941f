package org.showroomlab.jobs.flow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.AbstractKeyedStateBackend;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.count.Cell;
import org.showroomlab.jobs.count.CellKey;
import org.showroomlab.jobs.count.CellRows;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.results.CountedExperiment;
import org.showroomlab.jobs.results.Restated;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.RolledBack;
import org.showroomlab.jobs.results.Settled;
import org.showroomlab.jobs.results.Stamp;
import org.showroomlab.jobs.wire.CellFormat;
import org.showroomlab.jobs.wire.WireType;

/**
 * Keyed by cell: keeps the absolute totals and says the newest of each cell that changed.
 *
 * <p>What it says reaches the outside before the next checkpoint completes. So after a failure, and when the job is
 * submitted anew, it says that it has gone back, and then everything that is in the totals: what was said in the meantime
 * and is not said again is void.
 */
final class TotalsOperator extends FlushingOperator<CellChange, Tuple2<String, byte[]>> {
    private static final long serialVersionUID = 1L;

    private static final long MOST_WAIT_MILLIS = 50;

    private transient @Nullable ValueState<Cell> totals;
    private transient Map<CellKey, Cell> changed = new HashMap<>();
    private transient boolean restored;
    /** The checkpoint that this began from; 0: none. */
    private transient long begunFrom;
    /** Another one in each life of the subtask. */
    private transient long begunAtMillis;
    /** The earliest checkpoint that will include what is said now. */
    private transient long epoch;

    private transient boolean announced;

    TotalsOperator(LoadedPlan loaded, CountingJob.Options options) {
        super(loaded, options);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        totals = context.getKeyedStateStore().getState(descriptor());
        restored = context.isRestored();
        begunFrom = context.getRestoredCheckpointId().orElse(0);
        begunAtMillis = System.currentTimeMillis();
        epoch = begunFrom + 1;
    }

    private static ValueStateDescriptor<Cell> descriptor() {
        return new ValueStateDescriptor<>("cell-total", WireType.writtenBy(CellFormat.class));
    }

    @Override
    public void open() throws Exception {
        super.open();
        changed = new HashMap<>();
        announced = !options().isLive();
        closeAgain();
    }

    /** What comes here has been combined where it came from. */
    @Override
    long leastWaitMillis() {
        return Math.min(MOST_WAIT_MILLIS, super.leastWaitMillis());
    }

    /** Before anything else is said; not while opening, when what comes after may not be ready. */
    private void announce() throws Exception {
        announced = true;
        KeyGroupRange range = keyGroups();
        say(new RolledBack(
                range.getStartKeyGroup(),
                range.getEndKeyGroup(),
                begunFrom,
                begunAtMillis,
                getRuntimeContext().getTaskInfo().getAttemptNumber(),
                jobId(),
                plan().experiments().stream()
                        .filter(experiment -> !isClosed(experiment.number()))
                        .map(this::counted)
                        .toList()));
        if (restored) {
            KeyedStates.<CellKey, Cell>forEach(
                    getKeyedStateBackend(), descriptor(), (key, total) -> changed.put(key, total.copy()));
        }
    }

    private CountedExperiment counted(ExperimentPlan experiment) {
        return new CountedExperiment(
                experiment.id(),
                loaded().files().get(experiment.number()),
                loaded().texts().get(experiment.number()));
    }

    private KeyGroupRange keyGroups() {
        return ((AbstractKeyedStateBackend<?>) getKeyedStateBackend()).getKeyGroupRange();
    }

    private void say(ResultRow row) {
        emit(CountingJob.message(options().job(), row));
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        epoch = checkpointId;
        super.prepareSnapshotPreBarrier(checkpointId);
        epoch = checkpointId + 1;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        if (options().isLive()) {
            KeyGroupRange range = keyGroups();
            say(new Settled(range.getStartKeyGroup(), range.getEndKeyGroup(), checkpointId, jobId()));
        }
    }

    @Override
    public void processElement(StreamRecord<CellChange> element) throws Exception {
        ValueState<Cell> state = Objects.requireNonNull(totals);
        CellChange change = element.getValue();
        Cell total = state.value();
        if (total == null) {
            total = change.change().zero();
        }
        total.add(change.change());
        state.update(total);
        changed.put(change.key(), total.copy());
    }

    @Override
    void flush() throws Exception {
        boolean restates = !announced;
        if (restates) {
            announce();
        }
        String jobId = jobId();
        changed.forEach((key, total) -> {
            ResultRow row = CellRows.row(key, total);
            Stamp stamp = new Stamp(
                    epoch,
                    KeyGroupRangeAssignment.assignToKeyGroup(
                            key, getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks()),
                    jobId,
                    begunAtMillis);
            emit(CountingJob.message(options().job(), row, stamp));
        });
        changed.clear();
        if (restates) {
            KeyGroupRange range = keyGroups();
            say(new Restated(range.getStartKeyGroup(), range.getEndKeyGroup(), begunAtMillis, jobId));
        }
    }

    @Override
    void release(List<ExperimentPlan> closed) throws Exception {
        Set<String> ids = closed.stream().map(ExperimentPlan::id).collect(Collectors.toSet());
        KeyedStates.<CellKey, Cell>clearWhere(
                getKeyedStateBackend(), descriptor(), key -> ids.contains(key.experiment()));
    }
}
