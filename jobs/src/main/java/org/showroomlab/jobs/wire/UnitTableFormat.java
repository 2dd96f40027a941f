package org.showroomlab.jobs.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.showroomlab.jobs.count.UnitEntries;
import org.showroomlab.jobs.count.UnitTable;

/** The used bytes of each history. */
public final class UnitTableFormat implements WireFormat<UnitTable> {
    @Override
    public int version() {
        return 2;
    }

    @Override
    public void write(UnitTable table, DataOutputView out) throws IOException {
        if (table.dirty() > 0) {
            throw new IOException("histories must be in the totals before they are stored");
        }
        out.writeInt(table.size());
        try {
            table.forEach(unit -> writeUnit(unit, out));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void writeUnit(byte[] unit, DataOutputView out) {
        try {
            int used = UnitEntries.usedBytes(unit);
            out.writeInt(used);
            out.write(unit, 0, used);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public UnitTable read(int version, DataInputView in) throws IOException {
        UnitTable table = new UnitTable();
        for (int left = in.readInt(); left > 0; left--) {
            byte[] unit = new byte[in.readInt()];
            in.readFully(unit);
            table.restore(version == 1 ? UnitEntries.ofVersion1(unit) : unit);
        }
        return table;
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
