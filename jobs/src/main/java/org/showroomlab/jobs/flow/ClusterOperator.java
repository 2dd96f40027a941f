package org.showroomlab.jobs.flow;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.count.Cell;
import org.showroomlab.jobs.count.CellKey;
import org.showroomlab.jobs.count.ClusterContribution;
import org.showroomlab.jobs.count.ClusterSums;
import org.showroomlab.jobs.count.ClusterUnit;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.wire.ClusterSumsFormat;
import org.showroomlab.jobs.wire.WireType;

/** Keyed by cache or showroom and period: keeps the sums of its events and emits the difference that changes make. */
final class ClusterOperator extends FlushingOperator<ClusterChange, CellChange> {
    private static final long serialVersionUID = 1L;

    private transient @Nullable ValueState<ClusterSums> sums;
    private transient Set<ClusterUnit> changed = new HashSet<>();
    private transient Map<CellKey, Cell> changes = new HashMap<>();
    private transient @Nullable FlushedChanges flushed;

    ClusterOperator(LoadedPlan loaded, CountingJob.Options options) {
        super(loaded, options);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        sums = context.getKeyedStateStore().getState(descriptor());
    }

    private static ValueStateDescriptor<ClusterSums> descriptor() {
        return new ValueStateDescriptor<>("cluster-sums", WireType.writtenBy(ClusterSumsFormat.class));
    }

    @Override
    public void open() throws Exception {
        super.open();
        changed = new HashSet<>();
        changes = new HashMap<>();
        flushed = new FlushedChanges(
                FlushedChanges.Sender.CLUSTERS,
                getRuntimeContext().getTaskInfo(),
                options().isLive(),
                this::emit);
        closeAgain();
    }

    @Override
    public void processElement(StreamRecord<ClusterChange> element) throws Exception {
        ValueState<ClusterSums> state = Objects.requireNonNull(sums);
        ClusterChange change = element.getValue();
        if (isClosed(change.unit().experiment())) {
            // Of an event that another experiment still needs; this one's answer is final.
            return;
        }
        ClusterSums known = state.value();
        if (known == null) {
            known = new ClusterSums();
        }
        if (changed.add(change.unit())) {
            contribute(change.unit(), known, -1);
        }
        known.add(change.change());
        if (known.isEmpty()) {
            state.clear();
        } else {
            state.update(known);
        }
    }

    private void contribute(ClusterUnit unit, ClusterSums known, int sign) {
        ExperimentPlan experiment = plan().experiments().get(unit.experiment());
        ClusterContribution.of(experiment, unit, known).forEach((key, cell) -> {
            Cell change = changes.computeIfAbsent(key, k -> cell.zero());
            if (sign > 0) {
                change.add(cell);
            } else {
                change.subtract(cell);
            }
        });
    }

    @Override
    void flush() throws Exception {
        ValueState<ClusterSums> state = Objects.requireNonNull(sums);
        Object currentKey = getCurrentKey();
        for (ClusterUnit unit : changed) {
            setCurrentKey(unit);
            ClusterSums known = state.value();
            if (known != null) {
                contribute(unit, known, 1);
            }
        }
        if (currentKey != null) {
            setCurrentKey(currentKey);
        }
        changed.clear();
        FlushedChanges to = Objects.requireNonNull(flushed);
        changes.forEach((key, cell) -> {
            if (!cell.isZero()) {
                to.add(key, cell);
            }
        });
        changes.clear();
    }

    @Override
    void flushEnds(FlushTimes.Flush flush) {
        Objects.requireNonNull(flushed).end(flush);
    }

    @Override
    void release(List<ExperimentPlan> closed) throws Exception {
        Set<Integer> numbers = new HashSet<>();
        closed.forEach(e -> numbers.add(e.number()));
        KeyedStates.<ClusterUnit, ClusterSums>clearWhere(
                getKeyedStateBackend(), descriptor(), unit -> numbers.contains(unit.experiment()));
    }
}
