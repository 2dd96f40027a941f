package org.showroomlab.jobs.results;

/**
 * Says that a life of a subtask, which began with {@link RolledBack}, has said all its totals: what is said of these key
 * groups is whole from here on.
 *
 * @param atMillis as the beginning said it
 * @param jobId Flink's id of the job
 */
public record Restated(int firstKeyGroup, int lastKeyGroup, long atMillis, String jobId) implements ResultRow {
    /** Whether that life is the one. */
    public boolean endsWhatBegan(RolledBack back) {
        return back.jobId().equals(jobId)
                && back.atMillis() == atMillis
                && back.firstKeyGroup() == firstKeyGroup
                && back.lastKeyGroup() == lastKeyGroup;
    }

    @Override
    public String rowKey() {
        return RowKey.of("d", Integer.toString(firstKeyGroup), Integer.toString(lastKeyGroup));
    }
}
