package org.showroomlab.jobs.flow;

import java.util.function.Function;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.jspecify.annotations.Nullable;

/** Work on all keys of a subtask's state. */
final class KeyedStates {
    private KeyedStates() {}

    /** Replaces every value by what the function makes of it; {@code null} clears it. */
    static <K, T> void updateAll(
            KeyedStateBackend<?> backend, ValueStateDescriptor<T> descriptor, Function<T, @Nullable T> change)
            throws Exception {
        @SuppressWarnings("unchecked") // the caller names the operator's own key type
        KeyedStateBackend<K> keyed = (KeyedStateBackend<K>) backend;
        keyed.applyToAllKeys(
                VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor, (K key, ValueState<T> state) -> {
                    T value = state.value();
                    T changed = value == null ? null : change.apply(value);
                    if (changed == null) {
                        state.clear();
                    } else {
                        state.update(changed);
                    }
                });
    }

    /** Clears the values of the keys that the predicate names. */
    static <K, T> void clearWhere(
            KeyedStateBackend<?> backend, ValueStateDescriptor<T> descriptor, java.util.function.Predicate<K> which)
            throws Exception {
        @SuppressWarnings("unchecked") // the caller names the operator's own key type
        KeyedStateBackend<K> keyed = (KeyedStateBackend<K>) backend;
        keyed.applyToAllKeys(
                VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor, (K key, ValueState<T> state) -> {
                    if (which.test(key)) {
                        state.clear();
                    }
                });
    }

    /** Calls with every key and its value. */
    static <K, T> void forEach(
            KeyedStateBackend<?> backend, ValueStateDescriptor<T> descriptor, java.util.function.BiConsumer<K, T> each)
            throws Exception {
        @SuppressWarnings("unchecked") // the caller names the operator's own key type
        KeyedStateBackend<K> keyed = (KeyedStateBackend<K>) backend;
        keyed.applyToAllKeys(
                VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor, (K key, ValueState<T> state) -> {
                    T value = state.value();
                    if (value != null) {
                        each.accept(key, value);
                    }
                });
    }
}
