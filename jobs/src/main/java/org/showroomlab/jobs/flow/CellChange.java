package org.showroomlab.jobs.flow;

import org.showroomlab.jobs.count.Cell;
import org.showroomlab.jobs.count.CellKey;

/** What units have changed in one cell since the last flush of a subtask. */
record CellChange(CellKey key, Cell change) {}
