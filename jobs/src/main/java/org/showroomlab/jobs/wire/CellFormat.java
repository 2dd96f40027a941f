package org.showroomlab.jobs.wire;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.showroomlab.jobs.count.Cell;

/** Counts, sums and buckets, each after their number, so that a later version may add some. */
public final class CellFormat implements WireFormat<Cell> {
    @Override
    public void write(Cell cell, DataOutputView out) throws IOException {
        writeLongs(cell.counts(), out);
        writeLongs(cell.words(), out);
        BucketCountsFormat.write(cell.buckets(), out);
    }

    @Override
    public Cell read(int version, DataInputView in) throws IOException {
        return Cell.of(readLongs(in), readLongs(in), BucketCountsFormat.read(in));
    }

    private static void writeLongs(long[] values, DataOutputView out) throws IOException {
        out.writeInt(values.length);
        for (long value : values) {
            out.writeLong(value);
        }
    }

    private static long[] readLongs(DataInputView in) throws IOException {
        long[] values = new long[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
        }
        return values;
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
