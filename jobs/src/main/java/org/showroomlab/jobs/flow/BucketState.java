package org.showroomlab.jobs.flow;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.api.common.state.ValueState;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of one subtask that are being worked on, so that an event costs an array access and not an access to the
 * state backend.
 *
 * <p>A bucket is read through the state handle once after each checkpoint and then changed in place. That is right on any
 * backend as long as all of them are {@linkplain #writeBack written back} and let go before a snapshot: a heap backend
 * then hands out a copy if the snapshot still needs the old object, others hand out a new object anyway.
 */
final class BucketState<T> {
    private final ValueState<T> state;
    private final Consumer<Integer> selectKey;
    private final Supplier<T> empty;
    private final @Nullable Object[] open;
    private int[] opened = new int[64];
    private int openCount;

    BucketState(ValueState<T> state, int buckets, Consumer<Integer> selectKey, Supplier<T> empty) {
        this.state = state;
        this.selectKey = selectKey;
        this.empty = empty;
        this.open = new Object[buckets];
    }

    @SuppressWarnings("unchecked") // only T is put in
    T get(int bucket) throws Exception {
        Object known = open[bucket];
        return known != null ? (T) known : read(bucket);
    }

    private T read(int bucket) throws Exception {
        selectKey.accept(bucket);
        T value = state.value();
        if (value == null) {
            value = empty.get();
        }
        open[bucket] = value;
        if (openCount == opened.length) {
            opened = Arrays.copyOf(opened, 2 * openCount);
        }
        opened[openCount++] = bucket;
        return value;
    }

    int openCount() {
        return openCount;
    }

    /** Calls with every bucket that is being worked on. */
    @SuppressWarnings("unchecked")
    void forEach(Consumer<T> each) {
        for (int i = 0; i < openCount; i++) {
            each.accept((T) java.util.Objects.requireNonNull(open[opened[i]]));
        }
    }

    /** Stores what is being worked on and lets go of it. */
    @SuppressWarnings("unchecked")
    void writeBack(java.util.function.Predicate<T> isEmpty) throws Exception {
        for (int i = 0; i < openCount; i++) {
            int bucket = opened[i];
            T value = (T) java.util.Objects.requireNonNull(open[bucket]);
            open[bucket] = null;
            selectKey.accept(bucket);
            if (isEmpty.test(value)) {
                state.clear();
            } else {
                state.update(value);
            }
        }
        openCount = 0;
    }
}
