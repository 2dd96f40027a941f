package org.showroomlab.jobs.observe;

import org.showroomlab.jobs.packed.PackedWriter;

/**
 * Puts records of one partition one after the other into an array: how far the offset is from the last one's, how far the
 * arrival is, the length and the bytes. A {@link RecordReader} reads them.
 */
public final class RecordWriter {
    /** Three numbers of at most ten bytes. */
    public static final int MAX_HEAD_BYTES = 30;

    private final PackedWriter writer;
    private final long firstOffset;
    private long lastOffset;
    private long lastArrivalMillis;

    /**
     * A writer of records from that offset on.
     *
     * @param room where they are put while they fit
     */
    public RecordWriter(byte[] room, long firstOffset) {
        this.writer = new PackedWriter(room);
        this.firstOffset = firstOffset;
        this.lastOffset = firstOffset;
    }

    public void write(long offset, long arrivalMillis, byte[] record) {
        write(offset, arrivalMillis, record, 0, record.length);
    }

    /** Writes the record whose bytes stand there. */
    public void write(long offset, long arrivalMillis, byte[] bytes, int from, int length) {
        writer.writeVarLong(offset - lastOffset);
        writer.writeSignedVarLong(arrivalMillis - lastArrivalMillis);
        writer.writeText(bytes, from, length);
        lastOffset = offset;
        lastArrivalMillis = arrivalMillis;
    }

    /** Whether there is room for a record of that length. */
    public boolean hasRoomFor(int length) {
        return writer.length() + MAX_HEAD_BYTES + length <= writer.bytes().length;
    }

    /** What was written; valid until the next record is. */
    public RawRecords records(int source, int partition) {
        return new RawRecords(source, partition, firstOffset, writer.bytes(), writer.length());
    }
}
