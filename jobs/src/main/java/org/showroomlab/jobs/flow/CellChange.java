package org.showroomlab.jobs.flow;

import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.count.Cell;
import org.showroomlab.jobs.count.CellKey;

/**
 * What units have changed in one cell since the last flush of a subtask; or the end of its flush, as far as it goes to the
 * subtask that the key belongs to.
 *
 * @param sender the subtask that flushes, by a number that no other one has
 * @param change {@code null}: it is the end
 * @param end {@code null}: it is a change
 */
record CellChange(
        int sender,
        CellKey key,
        @Nullable Cell change,
        @Nullable End end) {
    /**
     * The end of a flush.
     *
     * @param isEmpty whether it has changed no cell at all
     */
    record End(FlushTimes.Flush flush, boolean isEmpty) {}
}
