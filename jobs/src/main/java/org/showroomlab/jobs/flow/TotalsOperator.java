package org.showroomlab.jobs.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
import org.showroomlab.jobs.results.Cut;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.RolledBack;
import org.showroomlab.jobs.results.Settled;
import org.showroomlab.jobs.results.Stamp;
import org.showroomlab.jobs.wire.CellFormat;
import org.showroomlab.jobs.wire.WireType;

/**
 * Keyed by cell: keeps the absolute totals and says the newest of each cell that changed.
 *
 * <p>One event changes many cells of a unit, which belong to several subtasks. So that nobody sees the half of that, what
 * flushes have changed is added and said flush by flush, in the order of their times, which is the same for all subtasks:
 * a flush when no sender has one of an earlier time to come. Behind the rows of each stands a {@link Cut} with its time.
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
    /** By sender, what has come of a flush that is not over. */
    private transient Map<Integer, List<CellChange>> unfinished = new HashMap<>();
    /** By time, the flushes that are over and not added yet. */
    private transient SortedMap<Long, List<CellChange>> ended = new TreeMap<>();

    private transient SendersFlushes senders = new SendersFlushes(0);
    /** The time of the last flush that was added. */
    private transient long addedMillis;

    private transient List<String> accounts = List.of();
    /** How far the accounting knows that this has got. */
    private transient long reachedMillis;

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
        unfinished = new HashMap<>();
        ended = new TreeMap<>();
        senders = new SendersFlushes(FlushedChanges.senders(getRuntimeContext().getTaskInfo()));
        accounts = SubtaskKeys.of(getRuntimeContext().getTaskInfo(), Long::toString);
        reachedMillis = Long.MIN_VALUE;
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
        CellChange change = element.getValue();
        CellChange.End end = change.end();
        if (end != null) {
            end(change.sender(), end);
        } else if (options().isLive()) {
            unfinished
                    .computeIfAbsent(change.sender(), sender -> new ArrayList<>())
                    .add(change);
        } else {
            add(change);
        }
    }

    private void end(int sender, CellChange.End end) {
        List<CellChange> changes = unfinished.remove(sender);
        FlushTimes.Flush flush = end.flush();
        // After a barrier all that had come was added, whatever its time.
        long millis = end.isEmpty() ? flush.millis() : Math.max(flush.millis(), addedMillis + 1);
        if (!end.isEmpty()) {
            List<CellChange> ofItsTime = ended.computeIfAbsent(millis, time -> new ArrayList<>());
            if (changes != null) {
                ofItsTime.addAll(changes);
            }
        }
        senders.end(sender, flush, millis);
    }

    /**
     * As one flush: a barrier, too, is at the same place for all subtasks. A watermark that closes an experiment is not quite,
     * so that until the next common time what they have said may differ by a flush.
     */
    @Override
    void finishWhatHasCome() throws Exception {
        List<CellChange> all = new ArrayList<>();
        long last = addedMillis;
        for (Map.Entry<Long, List<CellChange>> flush : ended.entrySet()) {
            last = flush.getKey();
            all.addAll(flush.getValue());
        }
        unfinished.values().forEach(all::addAll);
        boolean any = last > addedMillis || !unfinished.isEmpty();
        ended.clear();
        unfinished.clear();
        if (any) {
            announceFirst();
            add(all, last);
        }
    }

    private void add(List<CellChange> flush, long millis) throws Exception {
        for (CellChange change : flush) {
            setCurrentKey(change.key());
            add(change);
        }
        sayChanged();
        addedMillis = millis;
        cut();
    }

    private void cut() {
        KeyGroupRange range = keyGroups();
        say(new Cut(
                range.getStartKeyGroup(),
                range.getEndKeyGroup(),
                getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks(),
                begunAtMillis,
                jobId(),
                addedMillis));
    }

    private void add(CellChange change) throws Exception {
        ValueState<Cell> state = Objects.requireNonNull(totals);
        Cell cell = Objects.requireNonNull(change.change());
        Cell total = state.value();
        if (total == null) {
            total = cell.zero();
        }
        total.add(cell);
        state.update(total);
        changed.put(change.key(), total.copy());
    }

    @Override
    void flush() throws Exception {
        announceFirst();
        long throughMillis = senders.throughMillis();
        while (!ended.isEmpty() && ended.firstKey() <= throughMillis) {
            long millis = ended.firstKey();
            add(Objects.requireNonNull(ended.remove(millis)), millis);
        }
        sayChanged();
        // Those that changed nothing are over with their time.
        reach(senders.addedMillis(Math.max(addedMillis, throughMillis)));
    }

    /** Tells the accounting, which must not say that records are counted before their totals are said. */
    private void reach(long millis) {
        if (millis > reachedMillis) {
            reachedMillis = millis;
            AccountChange.Reached reached =
                    new AccountChange.Reached(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(), millis);
            accounts.forEach(
                    key -> output.collect(ACCOUNTING, new StreamRecord<>(new AccountChange(key, null, reached))));
        }
    }

    private void announceFirst() throws Exception {
        if (!announced) {
            announce();
            sayChanged();
            cut();
        }
    }

    private void sayChanged() {
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
    }

    @Override
    void release(List<ExperimentPlan> closed) throws Exception {
        Set<String> ids = closed.stream().map(ExperimentPlan::id).collect(Collectors.toSet());
        // What came for a closed one goes with the last of those that it was counted for.
        KeyedStates.<CellKey, Cell>clearWhere(
                getKeyedStateBackend(), descriptor(), key -> areAllClosed() || ids.contains(key.experiment()));
    }
}
