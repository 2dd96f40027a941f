package org.showroomlab.jobs.flow;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.showroomlab.jobs.wire.CellFormat;
import org.showroomlab.jobs.wire.CellKeyFormat;
import org.showroomlab.jobs.wire.WireFormat;

/** Key and cell. */
public final class CellChangeFormat implements WireFormat<CellChange> {
    private final CellKeyFormat keys = new CellKeyFormat();
    private final CellFormat cells = new CellFormat();

    @Override
    public void write(CellChange change, DataOutputView out) throws IOException {
        keys.write(change.key(), out);
        cells.write(change.change(), out);
    }

    @Override
    public CellChange read(int version, DataInputView in) throws IOException {
        return new CellChange(keys.read(version, in), cells.read(version, in));
    }

    @Override
    public Class<CellChange> type() {
        return CellChange.class;
    }
}
