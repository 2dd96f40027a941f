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
 * its sums are: before them stands −(2²⁴ · words of a sum + number of all words). When sums had three words each, that was
 * −(number of words), when they had two, the number of words, and all words followed.
 */
public final class CellFormat implements WireFormat<Cell> {
    private static final int WIDTH_SHIFT = 24;

    @Override
    public int version() {
        return 3;
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

    /** Of each sum only the words that say something: most sums are zero or small. */
    private static void writeSums(long[] words, DataOutputView out) throws IOException {
        out.writeInt(-((Wide.WORDS << WIDTH_SHIFT) + words.length));
        for (int at = 0; at < words.length; at += Wide.WORDS) {
            int telling = Wide.tellingWords(words, at);
            out.writeByte(telling);
            for (int i = Wide.WORDS - telling; i < Wide.WORDS; i++) {
                out.writeLong(words[at + i]);
            }
        }
    }

    private static long[] readSums(DataInputView in) throws IOException {
        int written = in.readInt();
        int length = Math.abs(written) & ((1 << WIDTH_SHIFT) - 1);
        if (-written >> WIDTH_SHIFT <= 0) {
            return Wide.widened(readLongs(in, length), written > 0 ? 2 : 3);
        }
        long[] words = new long[length];
        for (int at = 0; at < length; at += Wide.WORDS) {
            int telling = in.readByte();
            for (int i = Wide.WORDS - telling; i < Wide.WORDS; i++) {
                words[at + i] = in.readLong();
            }
            Wide.extend(words, at, telling);
        }
        return words;
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
