package org.showroomlab.jobs.results;

import java.util.List;

/**
 * Says that part of a job went back to a checkpoint: rows of these key groups that were said after it are void unless
 * they are said again. Without this a cell that was only touched before a failure, and not when the events came again in
 * another order, would keep a number that no longer is in the totals.
 *
 * <p>A job that was submitted anew says so, too, under its new id. Of its experiments everything that was said before is
 * void, whether it was settled or not: it may have been counted by other definitions, or be of after the savepoint.
 *
 * @param checkpoint the checkpoint that was gone back to; 0 when the job began without one
 * @param atMillis when, which tells one going back from another; rows said from then on are stamped with it
 * @param attempt Flink's number of the subtask's life; it begins anew with the job manager. 0 in rows of older versions
 * @param jobId Flink's id of the job; empty in rows of older versions
 * @param experiments those that the job counts and that are not closed: all their totals are said again
 */
public record RolledBack(
        int firstKeyGroup,
        int lastKeyGroup,
        long checkpoint,
        long atMillis,
        int attempt,
        String jobId,
        List<CountedExperiment> experiments)
        implements ResultRow {
    public RolledBack {
        experiments = List.copyOf(experiments);
    }

    /** Whether a row with that stamp, of the same job, is void. */
    public boolean voids(Stamp stamp) {
        return stamp.jobId().equals(jobId)
                && stamp.epoch() > checkpoint
                && stamp.keyGroup() >= firstKeyGroup
                && stamp.keyGroup() <= lastKeyGroup;
    }

    /** Whether both speak for some key group. */
    public boolean overlaps(RolledBack other) {
        return firstKeyGroup <= other.lastKeyGroup && other.firstKeyGroup <= lastKeyGroup;
    }

    /**
     * Whether this is of a life that Flink had given up when the other one began: a process that stood still may wake up
     * and say it after the other. Neither clock nor number is trusted alone, since machines' clocks differ, and with
     * another job manager numbers begin anew.
     */
    public boolean isBefore(RolledBack other) {
        return checkpoint < other.checkpoint
                || (checkpoint == other.checkpoint && attempt < other.attempt && atMillis < other.atMillis);
    }

    /** Whether what it says anew includes this experiment. */
    public boolean counts(String experiment) {
        return experiments.stream().anyMatch(counted -> counted.id().equals(experiment));
    }

    @Override
    public String rowKey() {
        return RowKey.of(
                "r",
                Integer.toString(firstKeyGroup),
                Integer.toString(lastKeyGroup),
                Long.toString(checkpoint),
                Long.toString(atMillis));
    }
}
