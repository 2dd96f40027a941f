package org.showroomlab.jobs.flow;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.showroomlab.jobs.count.CellKey;
import org.showroomlab.jobs.wire.CellFormat;
import org.showroomlab.jobs.wire.CellKeyFormat;
import org.showroomlab.jobs.wire.WireFormat;

/** Sender, key, and the cell or the end. */
public final class CellChangeFormat implements WireFormat<CellChange> {
    private final CellKeyFormat keys = new CellKeyFormat();
    private final CellFormat cells = new CellFormat();

    @Override
    public void write(CellChange change, DataOutputView out) throws IOException {
        CellChange.End end = change.end();
        out.writeInt(change.sender());
        keys.write(change.key(), out);
        out.writeBoolean(end != null);
        if (end != null) {
            out.writeLong(end.flush().millis());
            out.writeLong(end.flush().clockMillis());
            out.writeLong(end.flush().throughMillis());
            out.writeBoolean(end.isEmpty());
        } else {
            cells.write(Objects.requireNonNull(change.change()), out);
        }
    }

    @Override
    public CellChange read(int version, DataInputView in) throws IOException {
        int sender = in.readInt();
        CellKey key = keys.read(version, in);
        return in.readBoolean()
                ? new CellChange(sender, key, null, end(in))
                : new CellChange(sender, key, cells.read(version, in), null);
    }

    private static CellChange.End end(DataInputView in) throws IOException {
        return new CellChange.End(new FlushTimes.Flush(in.readLong(), in.readLong(), in.readLong()), in.readBoolean());
    }

    @Override
    public Class<CellChange> type() {
        return CellChange.class;
    }
}
