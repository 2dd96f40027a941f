package org.showroomlab.jobs.wire;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.showroomlab.jobs.observe.RawRecords;

/** Origin and bytes. */
public final class RawRecordsFormat implements WireFormat<RawRecords> {
    @Override
    public void write(RawRecords records, DataOutputView out) throws IOException {
        out.writeInt(records.source());
        out.writeInt(records.partition());
        out.writeLong(records.position());
        out.writeInt(records.length());
        out.write(records.bytes(), 0, records.length());
    }

    @Override
    public RawRecords read(int version, DataInputView in) throws IOException {
        int source = in.readInt();
        int partition = in.readInt();
        long position = in.readLong();
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new RawRecords(source, partition, position, bytes, bytes.length);
    }

    @Override
    public Class<RawRecords> type() {
        return RawRecords.class;
    }
}
