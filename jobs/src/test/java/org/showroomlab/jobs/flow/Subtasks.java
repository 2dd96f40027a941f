package org.showroomlab.jobs.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.run.JobEnvironment;

/** All subtasks of one operator, each in a harness; an element goes to the one that Flink would send it to. */
@SuppressWarnings("try") // closing a harness may be interrupted, which then fails the test like anything else
final class Subtasks<K, I, O> implements AutoCloseable {
    private final Definition<K, I, O> definition;
    private final List<OneInputStreamOperatorTestHarness<I, O>> harnesses = new ArrayList<>();
    private final JobID jobId = new JobID();
    private int next;

    /**
     * What runs in each subtask.
     *
     * @param key null: elements are dealt in turn
     */
    record Definition<K, I, O>(
            Supplier<? extends FlushingOperator<I, O>> operator,
            @Nullable KeySelector<I, K> key,
            TypeInformation<K> keyType,
            TypeInformation<O> out) {}

    private Subtasks(Definition<K, I, O> definition) {
        this.definition = definition;
    }

    /** Opens as many subtasks, on the state of as many others before. */
    static <K, I, O> Subtasks<K, I, O> open(
            Definition<K, I, O> definition,
            int parallelism,
            @Nullable OperatorSubtaskState state,
            int parallelismBefore)
            throws Exception {
        Subtasks<K, I, O> subtasks = new Subtasks<>(definition);
        for (int subtask = 0; subtask < parallelism; subtask++) {
            OneInputStreamOperatorTestHarness<I, O> harness = subtasks.harness(parallelism, subtask);
            subtasks.harnesses.add(harness);
            harness.setup(definition.out.createSerializer(new SerializerConfigImpl()));
            if (state != null) {
                harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        state, JobEnvironment.MAX_PARALLELISM, parallelismBefore, parallelism, subtask));
            }
            harness.open();
        }
        return subtasks;
    }

    private OneInputStreamOperatorTestHarness<I, O> harness(int parallelism, int subtask) throws Exception {
        KeySelector<I, K> key = definition.key;
        MockEnvironment environment = new MockEnvironmentBuilder()
                .setJobID(jobId)
                .setMaxParallelism(JobEnvironment.MAX_PARALLELISM)
                .setParallelism(parallelism)
                .setSubtaskIndex(subtask)
                .build();
        return key == null
                ? new OneInputStreamOperatorTestHarness<>(definition.operator.get(), environment)
                : new KeyedOneInputStreamOperatorTestHarness<>(
                        definition.operator.get(), key, definition.keyType, environment);
    }

    void process(I element) throws Exception {
        KeySelector<I, K> key = definition.key;
        int subtask = key == null
                ? next++ % harnesses.size()
                : KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        key.getKey(element), JobEnvironment.MAX_PARALLELISM, harnesses.size());
        harnesses.get(subtask).processElement(new StreamRecord<>(element));
    }

    void watermark(long millis) throws Exception {
        for (OneInputStreamOperatorTestHarness<I, O> harness : harnesses) {
            harness.processWatermark(millis);
        }
    }

    void watermarkOf(int subtask, long millis) throws Exception {
        harnesses.get(subtask).processWatermark(millis);
    }

    void prepareSnapshot(long checkpoint) throws Exception {
        for (OneInputStreamOperatorTestHarness<I, O> harness : harnesses) {
            harness.prepareSnapshotPreBarrier(checkpoint);
        }
    }

    OperatorSubtaskState snapshot(long checkpoint) throws Exception {
        OperatorSubtaskState[] states = new OperatorSubtaskState[harnesses.size()];
        for (int subtask = 0; subtask < states.length; subtask++) {
            states[subtask] = harnesses.get(subtask).snapshot(checkpoint, checkpoint);
        }
        return AbstractStreamOperatorTestHarness.repackageState(states);
    }

    void endInput() throws Exception {
        for (OneInputStreamOperatorTestHarness<I, O> harness : harnesses) {
            harness.endInput();
        }
    }

    int parallelism() {
        return harnesses.size();
    }

    /** What has been emitted since it was last taken. */
    List<O> take() {
        List<O> taken = new ArrayList<>();
        for (OneInputStreamOperatorTestHarness<I, O> harness : harnesses) {
            taken.addAll(harness.extractOutputValues());
            harness.getOutput().clear();
        }
        return taken;
    }

    /** The same of a side output. */
    <X> List<X> take(OutputTag<X> tag) {
        List<X> taken = new ArrayList<>();
        for (OneInputStreamOperatorTestHarness<I, O> harness : harnesses) {
            Queue<StreamRecord<X>> side = harness.getSideOutput(tag);
            if (side != null) {
                side.forEach(record -> taken.add(record.getValue()));
                side.clear();
            }
        }
        return taken;
    }

    int keyedStateEntries() {
        int entries = 0;
        for (OneInputStreamOperatorTestHarness<I, O> harness : harnesses) {
            entries += ((KeyedOneInputStreamOperatorTestHarness<?, I, O>) harness).numKeyedStateEntries();
        }
        return entries;
    }

    /** Timers of any kind. */
    int timers() {
        int timers = 0;
        for (OneInputStreamOperatorTestHarness<I, O> harness : harnesses) {
            timers += harness.getProcessingTimeService().getNumActiveTimers();
            if (definition.key != null) {
                timers += harness.numProcessingTimeTimers() + harness.numEventTimeTimers();
            }
        }
        return timers;
    }

    /** The keys that have a value in a state. */
    List<K> keys(String state) {
        List<K> keys = new ArrayList<>();
        for (OneInputStreamOperatorTestHarness<I, O> harness : harnesses) {
            AbstractStreamOperator<O> operator = harness.getOperator();
            try (Stream<K> found = operator.<K>getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
                found.forEach(keys::add);
            }
        }
        return keys;
    }

    @Override
    public void close() throws Exception {
        for (OneInputStreamOperatorTestHarness<I, O> harness : harnesses) {
            harness.close();
        }
    }
}
