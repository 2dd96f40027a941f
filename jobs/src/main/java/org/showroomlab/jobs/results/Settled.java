package org.showroomlab.jobs.results;

/**
 * Says that a checkpoint is complete: rows of these key groups that were said before it cannot become void any more.
 *
 * @param jobId Flink's id of the job, whose numbers of checkpoints mean nothing in another; empty in rows of older
 *     versions
 */
public record Settled(int firstKeyGroup, int lastKeyGroup, long checkpoint, String jobId) implements ResultRow {
    /** Whether a row with that stamp is settled. */
    public boolean settles(Stamp stamp) {
        return isOf(stamp.jobId())
                && stamp.epoch() <= checkpoint
                && stamp.keyGroup() >= firstKeyGroup
                && stamp.keyGroup() <= lastKeyGroup;
    }

    /** Whether the life of a subtask that began with this has a complete checkpoint. */
    public boolean settles(RolledBack back) {
        return isOf(back.jobId())
                && back.checkpoint() < checkpoint
                && back.firstKeyGroup() >= firstKeyGroup
                && back.lastKeyGroup() <= lastKeyGroup;
    }

    private boolean isOf(String job) {
        return jobId.isEmpty() || jobId.equals(job);
    }

    @Override
    public String rowKey() {
        return RowKey.of("k", Integer.toString(firstKeyGroup), Integer.toString(lastKeyGroup));
    }
}
