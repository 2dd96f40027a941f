package org.showroomlab.jobs.wire;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.showroomlab.jobs.count.IdentityTable;

/** The words of each identity, then what only few have. */
public final class IdentityTableFormat implements WireFormat<IdentityTable> {
    @Override
    public void write(IdentityTable table, DataOutputView out) throws IOException {
        out.writeInt(table.size());
        table.writeTo((bytes, length) -> out.write(bytes, 0, length));
        out.writeInt(table.copies().size());
        for (Map.Entry<Long, Map<Integer, Long>> each : table.copies().entrySet()) {
            out.writeLong(each.getKey());
            out.writeInt(each.getValue().size());
            for (Map.Entry<Integer, Long> copy : each.getValue().entrySet()) {
                out.writeShort(copy.getKey());
                out.writeLong(copy.getValue());
            }
        }
        out.writeInt(table.manyUnknown().size());
        for (Map.Entry<Long, Integer> each : table.manyUnknown().entrySet()) {
            out.writeLong(each.getKey());
            out.writeInt(each.getValue());
        }
        out.writeInt(table.clusterParts().size());
        for (Map.Entry<Long, byte[]> each : table.clusterParts().entrySet()) {
            out.writeLong(each.getKey());
            out.writeInt(each.getValue().length);
            out.write(each.getValue());
        }
    }

    @Override
    public IdentityTable read(int version, DataInputView in) throws IOException {
        int size = in.readInt();
        IdentityTable table = IdentityTable.withRoomFor(size);
        byte[] chunk = new byte[Math.min(size, IdentityTable.CHUNK_ENTRIES) * IdentityTable.ENTRY_BYTES];
        for (long left = (long) size * IdentityTable.ENTRY_BYTES; left > 0; left -= chunk.length) {
            int length = (int) Math.min(left, chunk.length);
            in.readFully(chunk, 0, length);
            table.read(chunk, length);
        }
        for (int left = in.readInt(); left > 0; left--) {
            long identity = in.readLong();
            Map<Integer, Long> copies = new TreeMap<>();
            for (int sources = in.readInt(); sources > 0; sources--) {
                copies.put(in.readUnsignedShort(), in.readLong());
            }
            table.copies().put(identity, copies);
        }
        for (int left = in.readInt(); left > 0; left--) {
            table.manyUnknown().put(in.readLong(), in.readInt());
        }
        for (int left = in.readInt(); left > 0; left--) {
            long identity = in.readLong();
            byte[] part = new byte[in.readInt()];
            in.readFully(part);
            table.clusterParts().put(identity, part);
        }
        return table;
    }

    @Override
    public IdentityTable copy(IdentityTable table) {
        return table.copy();
    }

    @Override
    public Class<IdentityTable> type() {
        return IdentityTable.class;
    }
}
