package org.showroomlab.jobs.wire;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.showroomlab.jobs.observe.RawRecord;

/** Origin and bytes. */
public final class RawRecordFormat implements WireFormat<RawRecord> {
    @Override
    public void write(RawRecord record, DataOutputView out) throws IOException {
        StringValue.writeString(record.source(), out);
        StringValue.writeString(record.position(), out);
        out.writeInt(record.bytes().length);
        out.write(record.bytes());
    }

    @Override
    public RawRecord read(int version, DataInputView in) throws IOException {
        String source = StringValue.readString(in);
        String position = StringValue.readString(in);
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new RawRecord(source, position, bytes);
    }

    @Override
    public Class<RawRecord> type() {
        return RawRecord.class;
    }
}
