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
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.count.Cell;
import org.showroomlab.jobs.count.CellKey;
import org.showroomlab.jobs.count.CellRows;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.results.ResultCodec;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.wire.CellFormat;
import org.showroomlab.jobs.wire.WireType;

/** Keyed by cell: keeps the absolute totals and says the newest of each cell that changed. */
final class TotalsOperator extends FlushingOperator<CellChange, Tuple2<String, byte[]>> {
    private static final long serialVersionUID = 1L;

    private transient @Nullable ValueState<Cell> totals;
    private transient Map<CellKey, Cell> changed = new HashMap<>();

    TotalsOperator(LoadedPlan loaded, CountingJob.Options options) {
        super(loaded, options);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        totals = context.getKeyedStateStore().getState(descriptor());
    }

    private static ValueStateDescriptor<Cell> descriptor() {
        return new ValueStateDescriptor<>("cell-total", WireType.writtenBy(CellFormat.class));
    }

    @Override
    public void open() throws Exception {
        super.open();
        changed = new HashMap<>();
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
    void flush() {
        changed.forEach((key, total) -> {
            ResultRow row = CellRows.row(key, total);
            emit(Tuple2.of(row.rowKey(), ResultCodec.encode(row)));
        });
        changed.clear();
    }

    @Override
    void release(List<ExperimentPlan> closed) throws Exception {
        Set<String> ids = closed.stream().map(ExperimentPlan::id).collect(Collectors.toSet());
        KeyedStates.<CellKey, Cell>clearWhere(
                getKeyedStateBackend(), descriptor(), key -> ids.contains(key.experiment()));
    }
}
