package org.showroomlab.jobs.wire;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.showroomlab.jobs.count.CellKey;

/** The table's number, six strings and three numbers. */
public final class CellKeyFormat implements WireFormat<CellKey> {
    private static final CellKey.Table[] TABLES = CellKey.Table.values();

    @Override
    public void write(CellKey key, DataOutputView out) throws IOException {
        out.writeByte(key.table().ordinal());
        StringValue.writeString(key.experiment(), out);
        StringValue.writeString(key.metric(), out);
        StringValue.writeString(key.variant(), out);
        StringValue.writeString(key.dimension(), out);
        StringValue.writeString(key.dimensionValue(), out);
        StringValue.writeString(key.cluster(), out);
        out.writeLong(key.period());
        out.writeLong(key.bin());
        out.writeLong(key.day());
    }

    @Override
    public CellKey read(int version, DataInputView in) throws IOException {
        return new CellKey(
                TABLES[in.readByte()],
                StringValue.readString(in),
                StringValue.readString(in),
                StringValue.readString(in),
                StringValue.readString(in),
                StringValue.readString(in),
                StringValue.readString(in),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }

    @Override
    public Class<CellKey> type() {
        return CellKey.class;
    }
}
