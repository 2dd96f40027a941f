package org.showroomlab.jobs.wire;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.showroomlab.jobs.count.UnitEntries;
import org.showroomlab.jobs.count.UnitTable;
import org.showroomlab.jobs.packed.PackedReader;
import org.showroomlab.jobs.packed.PackedWriter;

/** Each history, packed: its times as differences, without room to grow. */
public final class UnitTableFormat implements WireFormat<UnitTable> {
    @Override
    public int version() {
        return 3;
    }

    @Override
    public void write(UnitTable table, DataOutputView out) throws IOException {
        if (table.dirty() > 0) {
            throw new IOException("histories must be in the totals before they are stored");
        }
        PackedWriter packed = new PackedWriter(table.bytes());
        table.forEach(unit -> UnitEntries.pack(unit, packed));
        out.writeInt(table.size());
        out.writeInt(packed.length());
        out.write(packed.bytes(), 0, packed.length());
    }

    @Override
    public UnitTable read(int version, DataInputView in) throws IOException {
        UnitTable table = new UnitTable();
        int units = in.readInt();
        if (version < 3) {
            for (int left = units; left > 0; left--) {
                table.restore(readEarlier(version, in));
            }
            return table;
        }
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        PackedReader packed = new PackedReader().at(bytes, 0);
        for (int left = units; left > 0; left--) {
            table.restore(UnitEntries.unpacked(packed));
        }
        return table;
    }

    private static byte[] readEarlier(int version, DataInputView in) throws IOException {
        byte[] unit = new byte[in.readInt()];
        in.readFully(unit);
        return UnitEntries.ofVersion(version, unit);
    }

    @Override
    public UnitTable copy(UnitTable table) {
        return table.copy();
    }

    @Override
    public Class<UnitTable> type() {
        return UnitTable.class;
    }
}
