package org.showroomlab.jobs.flow;

import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.wire.AccountingRowFormat;
import org.showroomlab.jobs.wire.WireType;

/** Keyed by source: adds up what became of its records. */
final class AccountingOperator extends FlushingOperator<AccountingRow, Tuple2<String, byte[]>> {
    private static final long serialVersionUID = 1L;

    private transient @Nullable ValueState<AccountingRow> totals;
    private transient TreeMap<String, AccountingRow> changed = new TreeMap<>();
    private transient AccountingMetrics counts = new AccountingMetrics();

    AccountingOperator(LoadedPlan loaded, CountingJob.Options options) {
        super(loaded, options);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        totals = context.getKeyedStateStore().getState(descriptor());
    }

    @Override
    public void open() throws Exception {
        super.open();
        changed = new TreeMap<>();
        counts = AccountingMetrics.of(getMetricGroup());
        // What was said after the checkpoint that this begins from is said anew.
        KeyedStates.<String, AccountingRow>forEach(
                getKeyedStateBackend(), descriptor(), (source, total) -> changed.put(source, total));
    }

    private static ValueStateDescriptor<AccountingRow> descriptor() {
        return new ValueStateDescriptor<>("accounting", WireType.writtenBy(AccountingRowFormat.class));
    }

    @Override
    public void processElement(StreamRecord<AccountingRow> element) throws Exception {
        ValueState<AccountingRow> state = Objects.requireNonNull(totals);
        AccountingRow before = state.value();
        AccountingRow change = element.getValue();
        counts.add(change);
        AccountingRow total = before == null ? change : before.plus(change);
        state.update(total);
        changed.put(total.source(), total);
    }

    @Override
    void flush() {
        changed.values().forEach(row -> emit(CountingJob.message(options().job(), jobId(), row)));
        changed.clear();
    }

    @Override
    void release(List<ExperimentPlan> closed) {
        // The accounting outlives every experiment.
    }
}
