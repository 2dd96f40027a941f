package org.showroomlab.jobs.results;

/**
 * Says that until here a subtask has said of its key groups what flushes until a time have changed, and nothing of later ones.
 * What all subtasks have said until their cuts of the same time is a state. The first cut of a life also says that all its
 * totals are said again.
 *
 * @param subtasks how many there are
 * @param atMillis when the life of the subtask began, as its {@link RolledBack} said it
 * @param jobId Flink's id of the job
 * @param throughMillis the time of the last flush, which all subtasks have a cut of; 0 for the first cut of a life
 */
public record Cut(int firstKeyGroup, int lastKeyGroup, int subtasks, long atMillis, String jobId, long throughMillis)
        implements ResultRow {
    /** Whether it is of the life that began so. */
    public boolean isOf(RolledBack back) {
        return back.jobId().equals(jobId)
                && back.atMillis() == atMillis
                && back.firstKeyGroup() == firstKeyGroup
                && back.lastKeyGroup() == lastKeyGroup;
    }

    @Override
    public String rowKey() {
        return RowKey.of("c", Integer.toString(firstKeyGroup), Integer.toString(lastKeyGroup));
    }
}
