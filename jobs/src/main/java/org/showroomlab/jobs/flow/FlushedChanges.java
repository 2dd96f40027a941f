package org.showroomlab.jobs.flow;

import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.TaskInfo;
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
        this.keysOfSubtasks =
                SubtaskKeys.of(task, number -> new CellKey(CellKey.Table.UNITS, "", "", "", "", "", "", number, 0, 0));
        this.out = out;
    }

    /** How many subtasks flush to each of the task's. */
    static int senders(TaskInfo task) {
        return Sender.values().length * task.getNumberOfParallelSubtasks();
    }

    void add(CellKey key, Cell change) {
        isEmpty = false;
        out.accept(new CellChange(sender, key, change, null));
    }

    /** Ends the flush. */
    void end(FlushTimes.Flush flush) {
        if (saysEnds) {
            CellChange.End end = new CellChange.End(flush, isEmpty);
            keysOfSubtasks.forEach(key -> out.accept(new CellChange(sender, key, null, end)));
        }
        isEmpty = true;
    }
}
