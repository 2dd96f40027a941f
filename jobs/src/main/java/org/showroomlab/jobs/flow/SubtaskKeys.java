package org.showroomlab.jobs.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/** For each subtask of a keyed operator a key that belongs to it, to tell all of them something in their stream. */
final class SubtaskKeys {
    private SubtaskKeys() {}

    /**
     * In the order of the subtasks.
     *
     * @param task of an operator of the same parallelism
     * @param candidates other keys for other numbers
     */
    static <K> List<K> of(TaskInfo task, LongFunction<K> candidates) {
        List<K> keys = new ArrayList<>();
        int parallelism = task.getNumberOfParallelSubtasks();
        for (long tried = 0; keys.size() < parallelism; tried++) {
            K key = candidates.apply(tried);
            int subtask = KeyGroupRangeAssignment.assignKeyToParallelOperator(
                    key, task.getMaxNumberOfParallelSubtasks(), parallelism);
            if (subtask == keys.size()) {
                keys.add(key);
            }
        }
        return keys;
    }
}
