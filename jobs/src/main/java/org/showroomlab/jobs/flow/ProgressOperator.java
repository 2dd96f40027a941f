package org.showroomlab.jobs.flow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.results.ShowroomProgress;

/** Keyed by showroom: how far it has synced. */
final class ProgressOperator extends FlushingOperator<ShowroomProgress, Tuple2<String, byte[]>> {
    private static final long serialVersionUID = 1L;

    private transient @Nullable ValueState<Long> newest;
    private transient Map<String, Long> changed = new HashMap<>();

    ProgressOperator(LoadedPlan loaded, CountingJob.Options options) {
        super(loaded, options);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        newest = context.getKeyedStateStore().getState(descriptor());
    }

    private static ValueStateDescriptor<Long> descriptor() {
        return new ValueStateDescriptor<>("newest", Types.LONG);
    }

    @Override
    public void open() throws Exception {
        super.open();
        changed = new HashMap<>();
        // What was said after the checkpoint that this begins from is said anew.
        KeyedStates.<String, Long>forEach(
                getKeyedStateBackend(), descriptor(), (showroom, millis) -> changed.put(showroom, millis));
    }

    @Override
    public void processElement(StreamRecord<ShowroomProgress> element) throws Exception {
        ValueState<Long> state = Objects.requireNonNull(newest);
        ShowroomProgress progress = element.getValue();
        Long known = state.value();
        if (known == null || progress.newestMillis() > known) {
            state.update(progress.newestMillis());
            changed.put(progress.showroom(), progress.newestMillis());
        }
    }

    @Override
    void flush() {
        changed.forEach((showroom, millis) -> {
            ShowroomProgress row = new ShowroomProgress(showroom, millis);
            emit(CountingJob.message(options().job(), jobId(), row));
        });
        changed.clear();
    }

    @Override
    void release(List<ExperimentPlan> closed) {
        // Showrooms outlive experiments.
    }
}
