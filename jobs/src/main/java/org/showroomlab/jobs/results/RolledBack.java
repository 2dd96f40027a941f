package org.showroomlab.jobs.results;

/**
 * Says that part of a job went back to a checkpoint: rows of these key groups that were said after it are void unless
 * they are said again. Without this a cell that was only touched before a failure, and not when the events came again in
 * another order, would keep a number that no longer is in the totals.
 *
 * @param checkpoint the checkpoint that was gone back to; 0 when the job began without one
 * @param atMillis when, which tells one going back from another
 */
public record RolledBack(int firstKeyGroup, int lastKeyGroup, long checkpoint, long atMillis) implements ResultRow {
    /** Whether a row with that stamp is void. */
    public boolean voids(Stamp stamp) {
        return stamp.epoch() > checkpoint && stamp.keyGroup() >= firstKeyGroup && stamp.keyGroup() <= lastKeyGroup;
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
