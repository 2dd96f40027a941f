package org.showroomlab.jobs.flow;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/**
 * Keyed by source: adds up what became of its records. In a stream it says so only when the totals that follow from it are
 * said: an accounting that closes vouches for them.
 */
class AccountingOperator extends FlushingOperator<AccountChange, Tuple2<String, byte[]>> {
    private static final long serialVersionUID = 1L;

    /** What an operator has accounted for is with the next one after so long at most, unless that is not free to take it. */
    static final long ON_THEIR_WAY_MILLIS = 250;

    /** As soon as all subtasks of the totals have got anywhere, and so have said that they begin. */
    private static final long AT_THE_BEGINNING = Long.MIN_VALUE + 1;

    /** What had changed at a time. */
    private record Unsaid(long millis, Map<String, AccountingRow> totals) {}

    private transient @Nullable ValueState<AccountingRow> totals;
    private transient Map<String, AccountingRow> changed = new TreeMap<>();
    private transient Deque<Unsaid> unsaid = new ArrayDeque<>();
    /** By subtask of the totals, how far it has got. */
    private transient Map<Integer, Long> reached = new HashMap<>();

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
        unsaid = new ArrayDeque<>();
        reached = new HashMap<>();
        counts = AccountingMetrics.of(getMetricGroup());
        // What was said after the checkpoint that this begins from is said anew, as the totals are.
        Map<String, AccountingRow> restored = new TreeMap<>();
        KeyedStates.<String, AccountingRow>forEach(
                getKeyedStateBackend(), descriptor(), (source, total) -> restored.put(source, total));
        unsaid.add(new Unsaid(AT_THE_BEGINNING, restored));
    }

    private static ValueStateDescriptor<AccountingRow> descriptor() {
        return new ValueStateDescriptor<>("accounting", WireType.writtenBy(AccountingRowFormat.class));
    }

    @Override
    public void processElement(StreamRecord<AccountChange> element) throws Exception {
        AccountChange.Reached of = element.getValue().reached();
        if (of != null) {
            reached.put(of.subtask(), of.millis());
        } else {
            add(Objects.requireNonNull(element.getValue().change()));
        }
    }

    private void add(AccountingRow change) throws Exception {
        ValueState<AccountingRow> state = Objects.requireNonNull(totals);
        AccountingRow before = state.value();
        counts.add(change);
        AccountingRow total = before == null ? change : before.plus(change);
        state.update(total);
        changed.put(total.source(), total);
    }

    @Override
    void flush() {
        noteChanged();
        say(options().isLive() ? countedMillis() : Long.MAX_VALUE);
    }

    private void noteChanged() {
        if (!changed.isEmpty()) {
            // By a clock like those that it is compared with, which a machine's clock that is set leaves alone.
            unsaid.add(new Unsaid(nowMillis(), changed));
            changed = new TreeMap<>();
        }
    }

    /** What was accounted for by then is in the totals. */
    private long countedMillis() {
        return reached.size() < getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks()
                ? Long.MIN_VALUE
                : Collections.min(reached.values()) - ON_THEIR_WAY_MILLIS;
    }

    private void say(long untilMillis) {
        Map<String, AccountingRow> newest = new TreeMap<>();
        while (!unsaid.isEmpty() && unsaid.element().millis <= untilMillis) {
            newest.putAll(unsaid.remove().totals);
        }
        newest.values().forEach(row -> emit(CountingJob.message(options().job(), jobId(), row)));
    }

    /** Everything that came before a barrier is in the totals before theirs. */
    @Override
    void finishWhatHasCome() {
        noteChanged();
        say(Long.MAX_VALUE);
    }

    @Override
    void release(List<ExperimentPlan> closed) {
        // The accounting outlives every experiment.
    }
}
