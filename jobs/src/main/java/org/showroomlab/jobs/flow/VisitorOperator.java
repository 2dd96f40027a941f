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
import org.showroomlab.jobs.count.Accounts.Way;
import org.showroomlab.jobs.count.Cell;
import org.showroomlab.jobs.count.CellKey;
import org.showroomlab.jobs.count.CountedEvents;
import org.showroomlab.jobs.count.UnitContribution;
import org.showroomlab.jobs.count.UnitHistory;
import org.showroomlab.jobs.observe.Hash128;
import org.showroomlab.jobs.observe.Observation;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.wire.UnitHistoryFormat;
import org.showroomlab.jobs.wire.WireType;

/**
 * Keyed by visitor: keeps the visitor's history and emits the difference that its changes make.
 *
 * <p>The contribution before the first change since the last flush is taken from the totals at once, the one after the
 * last change is added at the flush; a visitor with many events between two flushes is computed twice, not twice per
 * event.
 */
final class VisitorOperator extends FlushingOperator<UnitChange, CellChange> {
    private static final long serialVersionUID = 1L;

    /** Visitors that may wait for a flush: bounds the memory beside the state. */
    private static final int MAX_WAITING = 100_000;

    private final LoadedPlan loaded;
    private transient List<ExperimentPlan> experiments = List.of();
    private transient @Nullable ValueState<UnitHistory> histories;
    private transient Set<Hash128> waiting = new HashSet<>();
    private transient Map<CellKey, Cell> changes = new HashMap<>();

    VisitorOperator(LoadedPlan loaded, long flushMillis) {
        super(flushMillis);
        this.loaded = loaded;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        histories = context.getKeyedStateStore()
                .getState(new ValueStateDescriptor<>("unit-history", WireType.writtenBy(UnitHistoryFormat.class)));
    }

    @Override
    public void open() throws Exception {
        super.open();
        experiments = loaded.plan().experiments();
        waiting = new HashSet<>();
        changes = new HashMap<>();
    }

    @Override
    public void processElement(StreamRecord<UnitChange> element) throws Exception {
        UnitChange change = element.getValue();
        ValueState<UnitHistory> state = Objects.requireNonNull(histories);
        UnitHistory history = state.value();
        if (history == null) {
            history = new UnitHistory();
        }
        if (waiting.add(change.unit())) {
            contribute(history.observations(), -1);
        }
        Observation observation = change.observation();
        if (observation == null) {
            history.remove(change.identity());
        } else {
            history.put(observation);
        }
        if (history.isEmpty()) {
            state.clear();
        } else {
            state.update(history);
        }
        if (waiting.size() >= MAX_WAITING) {
            flush();
        }
    }

    @Override
    void flush() throws Exception {
        ValueState<UnitHistory> state = Objects.requireNonNull(histories);
        Object currentKey = getCurrentKey();
        for (Hash128 unit : waiting) {
            setCurrentKey(unit);
            UnitHistory history = state.value();
            if (history != null) {
                contribute(history.observations(), 1);
            }
        }
        if (currentKey != null) {
            setCurrentKey(currentKey);
        }
        waiting.clear();
        changes.forEach((key, cell) -> {
            if (!cell.isZero()) {
                emit(new CellChange(key, cell));
            }
        });
        changes.clear();
    }

    private void contribute(List<Observation> history, int sign) {
        if (history.isEmpty()) {
            return;
        }
        for (ExperimentPlan experiment : experiments) {
            UnitContribution.of(experiment, history).forEach((key, cell) -> {
                Cell total = changes.computeIfAbsent(key, k -> new Cell());
                if (sign > 0) {
                    total.add(cell);
                } else {
                    total.subtract(cell);
                }
            });
        }
        account(history, sign);
    }

    private void account(List<Observation> history, int sign) {
        Map<String, Long> counted = CountedEvents.of(experiments, history);
        Map<String, Long> all = new HashMap<>();
        history.forEach(o -> all.merge(o.source(), 1L, Long::sum));
        all.forEach((source, total) -> {
            long inSome = counted.getOrDefault(source, 0L);
            accounts().add(source, Way.COUNTED, sign * inSome);
            accounts().add(source, Way.IN_NO_EXPERIMENT, sign * (total - inSome));
        });
    }
}
