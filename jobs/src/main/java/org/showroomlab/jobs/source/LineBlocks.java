package org.showroomlab.jobs.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts a stream of bytes into blocks of whole lines. */
final class LineBlocks implements Closeable {
    static final int BLOCK_BYTES = 1 << 17;

    private final InputStream in;
    /** What was read of the line behind the last block. */
    private byte[] begun = new byte[1 << 10];

    private int begunBytes;
    private boolean ended;

    /**
     * Whole lines with their ends; the last line of the stream may have none.
     *
     * @param length bytes used
     */
    record Block(byte[] bytes, int length) {}

    LineBlocks(InputStream in) {
        this.in = in;
    }

    /**
     * The next lines, or {@code null} at the end.
     *
     * @param room where they are put, unless a line is longer
     */
    @Nullable
    Block next(byte[] room) throws IOException {
        byte[] bytes = begunBytes < room.length ? room : new byte[2 * begunBytes];
        System.arraycopy(begun, 0, bytes, 0, begunBytes);
        int filled = begunBytes;
        begunBytes = 0;
        while (true) {
            filled = fill(bytes, filled);
            int end = ended ? filled : afterLastLine(bytes, filled);
            if (end > 0) {
                begin(bytes, end, filled - end);
                return new Block(bytes, end);
            }
            if (ended) {
                return null;
            }
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
    }

    private int fill(byte[] bytes, int from) throws IOException {
        int filled = from;
        while (!ended && filled < bytes.length) {
            int count = in.read(bytes, filled, bytes.length - filled);
            if (count < 0) {
                ended = true;
            } else {
                filled += count;
            }
        }
        return filled;
    }

    private void begin(byte[] bytes, int from, int count) {
        if (count > begun.length) {
            begun = new byte[2 * count];
        }
        System.arraycopy(bytes, from, begun, 0, count);
        begunBytes = count;
    }

    private static int afterLastLine(byte[] bytes, int filled) {
        int end = filled;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
