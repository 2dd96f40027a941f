package org.showroomlab.jobs.observe;

import org.showroomlab.jobs.packed.PackedReader;

/** Goes through what a {@link RecordWriter} wrote, without copying the records. */
public final class RecordReader {
    private final PackedReader reader = new PackedReader();
    private int end;
    private long offset;
    private long arrivalMillis;
    private int start;
    private int length;

    /** Stands before the first of these records. */
    public RecordReader at(RawRecords records) {
        reader.at(records.bytes(), 0);
        end = records.length();
        offset = records.position();
        arrivalMillis = 0;
        return this;
    }

    /** Goes to the next record, if there is one. */
    public boolean next() {
        if (reader.position() >= end) {
            return false;
        }
        offset += reader.readVarLong();
        arrivalMillis += reader.readSignedVarLong();
        length = reader.readVarInt();
        start = reader.position();
        reader.skip(length);
        return true;
    }

    public long offset() {
        return offset;
    }

    /** When the broker took it; {@link Long#MAX_VALUE} when that is not known. */
    public long arrivalMillis() {
        return arrivalMillis;
    }

    /** Where it begins among the records' bytes. */
    public int start() {
        return start;
    }

    public int length() {
        return length;
    }
}
