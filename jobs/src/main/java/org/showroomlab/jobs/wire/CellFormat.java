package org.showroomlab.jobs.wire;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.showroomlab.jobs.count.Cell;

/** Counts, then the words after their number, so that a later version may add sums. */
public final class CellFormat implements WireFormat<Cell> {
    @Override
    public void write(Cell cell, DataOutputView out) throws IOException {
        out.writeLong(cell.n());
        out.writeLong(cell.events());
        out.writeInt(cell.words().length);
        for (long word : cell.words()) {
            out.writeLong(word);
        }
    }

    @Override
    public Cell read(int version, DataInputView in) throws IOException {
        long n = in.readLong();
        long events = in.readLong();
        long[] words = new long[in.readInt()];
        for (int i = 0; i < words.length; i++) {
            words[i] = in.readLong();
        }
        return Cell.of(n, events, words);
    }

    @Override
    public Cell copy(Cell cell) {
        return cell.copy();
    }

    @Override
    public Class<Cell> type() {
        return Cell.class;
    }
}
