package org.showroomlab.jobs.wire;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.showroomlab.jobs.count.IdentityTable;
import org.showroomlab.jobs.count.IdentityWords;

/**
 * The words of each identity, then what only few have: from version 2 on after a byte that says whether any has, because
 * there may be as many tables as identities.
 */
public final class IdentityTableFormat implements WireFormat<IdentityTable> {
    private static final int SIZE_BELOW = 0x80;

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void write(IdentityTable table, DataOutputView out) throws IOException {
        writeSize(table.size(), out);
        table.writeTo((bytes, length) -> out.write(bytes, 0, length));
        out.writeBoolean(table.hasMore());
        if (table.hasMore()) {
            writeMore(table, out);
        }
    }

    /** A byte where it is small, else its negative. */
    private static void writeSize(int size, DataOutputView out) throws IOException {
        if (size < SIZE_BELOW) {
            out.writeByte(size);
        } else {
            out.writeInt(-size);
        }
    }

    private static int readSize(DataInputView in) throws IOException {
        byte first = in.readByte();
        return first >= 0 ? first : -(first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort());
    }

    private static void writeMore(IdentityTable table, DataOutputView out) throws IOException {
        out.writeInt(table.copies().size());
        for (Map.Entry<Long, Map<Integer, Long>> each : table.copies().entrySet()) {
            out.writeLong(each.getKey());
            out.writeInt(each.getValue().size());
            for (Map.Entry<Integer, Long> copy : each.getValue().entrySet()) {
                out.writeShort(copy.getKey());
                out.writeLong(copy.getValue());
            }
        }
        out.writeInt(table.unusual().size());
        for (Map.Entry<Long, IdentityTable.Unusual> each : table.unusual().entrySet()) {
            out.writeLong(each.getKey());
            out.writeLong(each.getValue().timeAndSource());
            out.writeInt(each.getValue().unknownExposures());
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
        int size = version == 1 ? in.readInt() : readSize(in);
        IdentityWords.Bytes bytes = (to, length) -> in.readFully(to, 0, length);
        IdentityTable table = version == 1 ? IdentityTable.readVersion1(size, bytes) : IdentityTable.read(size, bytes);
        if (version == 1 || in.readBoolean()) {
            readMore(version, table, in);
        }
        return table;
    }

    private static void readMore(int version, IdentityTable table, DataInputView in) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            long identity = in.readLong();
            Map<Integer, Long> copies = new TreeMap<>();
            for (int sources = in.readInt(); sources > 0; sources--) {
                copies.put(in.readUnsignedShort(), in.readLong());
            }
            table.copies().put(identity, copies);
        }
        for (int left = in.readInt(); left > 0; left--) {
            long identity = in.readLong();
            if (version == 1) {
                table.correctUnknownExposures(identity, in.readInt());
            } else {
                table.unusual().put(identity, new IdentityTable.Unusual(in.readLong(), in.readInt()));
            }
        }
        for (int left = in.readInt(); left > 0; left--) {
            long identity = in.readLong();
            byte[] part = new byte[in.readInt()];
            in.readFully(part);
            table.clusterParts().put(identity, part);
        }
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
