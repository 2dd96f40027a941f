package org.showroomlab.jobs.wire;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.showroomlab.jobs.count.CellKey;

/** Five strings and the day. */
public final class CellKeyFormat implements WireFormat<CellKey> {
    @Override
    public void write(CellKey key, DataOutputView out) throws IOException {
        StringValue.writeString(key.experiment(), out);
        StringValue.writeString(key.metric(), out);
        StringValue.writeString(key.variant(), out);
        StringValue.writeString(key.dimension(), out);
        StringValue.writeString(key.dimensionValue(), out);
        out.writeLong(key.day());
    }

    @Override
    public CellKey read(int version, DataInputView in) throws IOException {
        return new CellKey(
                StringValue.readString(in),
                StringValue.readString(in),
                StringValue.readString(in),
                StringValue.readString(in),
                StringValue.readString(in),
                in.readLong());
    }

    @Override
    public Class<CellKey> type() {
        return CellKey.class;
    }
}
