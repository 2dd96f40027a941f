package org.showroomlab.jobs.results;

/**
 * Says that a checkpoint is complete: rows of these key groups that were said before it cannot become void any more.
 */
public record Settled(int firstKeyGroup, int lastKeyGroup, long checkpoint) implements ResultRow {
    /** Whether a row with that stamp is settled. */
    public boolean settles(Stamp stamp) {
        return stamp.epoch() <= checkpoint && stamp.keyGroup() >= firstKeyGroup && stamp.keyGroup() <= lastKeyGroup;
    }

    /** Whether the life of a subtask that began with this has a complete checkpoint. */
    public boolean settles(RolledBack back) {
        return back.checkpoint() < checkpoint
                && back.firstKeyGroup() >= firstKeyGroup
                && back.lastKeyGroup() <= lastKeyGroup;
    }

    @Override
    public String rowKey() {
        return RowKey.of("k", Integer.toString(firstKeyGroup), Integer.toString(lastKeyGroup));
    }
}
