package org.showroomlab.jobs.flow;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.count.Cell;
import org.showroomlab.jobs.count.CellKey;
import org.showroomlab.jobs.results.ResultCodec;
import org.showroomlab.jobs.results.UnitStatistic;
import org.showroomlab.jobs.wire.CellFormat;
import org.showroomlab.jobs.wire.WireType;

/** Keyed by cell: keeps the absolute totals and says the newest of each cell that changed. */
final class TotalsOperator extends FlushingOperator<CellChange, Tuple2<String, byte[]>> {
    private static final long serialVersionUID = 1L;

    private transient @Nullable ValueState<Cell> totals;
    private transient Map<CellKey, Cell> changed = new HashMap<>();

    TotalsOperator(long flushMillis) {
        super(flushMillis);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        totals = context.getKeyedStateStore()
                .getState(new ValueStateDescriptor<>("cell-total", WireType.writtenBy(CellFormat.class)));
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
            total = new Cell();
        }
        total.add(change.change());
        state.update(total);
        changed.put(change.key(), total.copy());
    }

    @Override
    void flush() {
        changed.forEach((key, total) -> {
            UnitStatistic row = new UnitStatistic(
                    key.experiment(),
                    key.metric(),
                    key.variant(),
                    key.dimension(),
                    key.dimensionValue(),
                    LocalDate.ofEpochDay(key.day()),
                    total.n(),
                    total.events(),
                    total.sums());
            emit(Tuple2.of(row.rowKey(), ResultCodec.encode(row)));
        });
        changed.clear();
    }
}
