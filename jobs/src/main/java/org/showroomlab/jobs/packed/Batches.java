package org.showroomlab.jobs.packed;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One batch under way per target subtask; sent on when it is full, and all of them when asked. */
public final class Batches {
    private static final int FULL_BYTES = 7 << 10;

    private final int[] subtaskOfBucket;
    private final @Nullable PackedWriter[] open;
    private final int[] bucketOf;
    private final Consumer<Batch> to;

    /**
     * Batches for the subtasks that own the buckets.
     *
     * @param subtaskOfBucket by bucket number, from 0
     */
    public Batches(int[] subtaskOfBucket, int subtasks, Consumer<Batch> to) {
        this.subtaskOfBucket = subtaskOfBucket;
        this.open = new PackedWriter[subtasks];
        this.bucketOf = new int[subtasks];
        this.to = to;
    }

    /** Where the next record for that bucket is to be written; call {@link #written} afterwards. */
    public PackedWriter writer(int bucket) {
        int subtask = subtaskOfBucket[bucket];
        PackedWriter writer = open[subtask];
        if (writer == null) {
            writer = new PackedWriter(FULL_BYTES + (FULL_BYTES >> 2));
            open[subtask] = writer;
        }
        if (writer.length() == 0) {
            bucketOf[subtask] = bucket;
        }
        return writer;
    }

    /** Says that a record for that bucket is complete. */
    public void written(int bucket) {
        int subtask = subtaskOfBucket[bucket];
        PackedWriter writer = open[subtask];
        if (writer != null && writer.length() >= FULL_BYTES) {
            send(subtask, writer);
        }
    }

    /** Sends everything on. */
    public void flush() {
        for (int subtask = 0; subtask < open.length; subtask++) {
            PackedWriter writer = open[subtask];
            if (writer != null && writer.length() > 0) {
                send(subtask, writer);
            }
        }
    }

    private void send(int subtask, PackedWriter writer) {
        to.accept(new Batch(bucketOf[subtask], writer.bytes(), writer.length()));
        writer.truncate(0);
    }
}
