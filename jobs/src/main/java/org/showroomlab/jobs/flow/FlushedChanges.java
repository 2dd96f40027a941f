package org.showroomlab.jobs.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.showroomlab.jobs.count.Cell;
import org.showroomlab.jobs.count.CellKey;

/**
 * Sends what the flushes of one subtask have changed. One flush changes many cells of the same units, and they belong to
 * several subtasks: each is told when it has all of its own, so that nobody takes the half for a state.
 */
final class FlushedChanges {
    /** The operators whose subtasks flush to the same ones. */
    enum Sender {
        VISITORS,
        CLUSTERS
    }

    private final int sender;
    private final boolean saysEnds;
    private final List<CellKey> keysOfSubtasks;
    private final Consumer<CellChange> out;
    private boolean isEmpty = true;

    /** @param saysEnds whether somebody looks between two flushes */
    FlushedChanges(Sender operator, TaskInfo task, boolean saysEnds, Consumer<CellChange> out) {
        this.sender = Sender.values().length * task.getIndexOfThisSubtask() + operator.ordinal();
        this.saysEnds = saysEnds;
        this.keysOfSubtasks = keys(task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks());
        this.out = out;
    }

    /** How many subtasks flush to each of the task's. */
    static int senders(TaskInfo task) {
        return Sender.values().length * task.getNumberOfParallelSubtasks();
    }

    /** For each subtask a key that belongs to it. */
    private static List<CellKey> keys(int maxParallelism, int parallelism) {
        List<CellKey> keys = new ArrayList<>();
        long tried = 0;
        while (keys.size() < parallelism) {
            CellKey key = new CellKey(CellKey.Table.UNITS, "", "", "", "", "", "", tried++, 0, 0);
            if (KeyGroupRangeAssignment.assignKeyToParallelOperator(key, maxParallelism, parallelism) == keys.size()) {
                keys.add(key);
            }
        }
        return keys;
    }

    void add(CellKey key, Cell change) {
        isEmpty = false;
        out.accept(new CellChange(sender, key, change, null));
    }

    /** Ends the flush. */
    void end(long millis, long throughMillis) {
        if (saysEnds) {
            CellChange.End end = new CellChange.End(millis, throughMillis, isEmpty);
            keysOfSubtasks.forEach(key -> out.accept(new CellChange(sender, key, null, end)));
        }
        isEmpty = true;
    }
}
