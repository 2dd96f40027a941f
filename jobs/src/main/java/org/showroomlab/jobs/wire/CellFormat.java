package org.showroomlab.jobs.wire;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.showroomlab.jobs.count.Cell;
import org.showroomlab.jobs.count.Wide;

/**
 * Counts, sums and buckets, each after their number, so that a later version may add some.
 *
 * <p>A cell also stands inside other types, whose versions say nothing of its own. So it can be told from its bytes how wide
 * its sums are: the number of words is negative since they are {@linkplain Wide wide}, and was not when they had two each.
 */
public final class CellFormat implements WireFormat<Cell> {
    @Override
    public int version() {
        return 2;
    }

    @Override
    public void write(Cell cell, DataOutputView out) throws IOException {
        writeLongs(cell.counts(), out);
        writeSums(cell.words(), out);
        BucketCountsFormat.write(cell.buckets(), out);
    }

    @Override
    public Cell read(int version, DataInputView in) throws IOException {
        return Cell.of(readLongs(in), readSums(in), BucketCountsFormat.read(in));
    }

    private static void writeSums(long[] words, DataOutputView out) throws IOException {
        out.writeInt(-words.length);
        for (long word : words) {
            out.writeLong(word);
        }
    }

    private static long[] readSums(DataInputView in) throws IOException {
        int length = in.readInt();
        return length > 0 ? Wide.ofTwoWords(readLongs(in, length)) : readLongs(in, -length);
    }

    private static void writeLongs(long[] values, DataOutputView out) throws IOException {
        out.writeInt(values.length);
        for (long value : values) {
            out.writeLong(value);
        }
    }

    private static long[] readLongs(DataInputView in) throws IOException {
        return readLongs(in, in.readInt());
    }

    private static long[] readLongs(DataInputView in, int length) throws IOException {
        long[] values = new long[length];
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
