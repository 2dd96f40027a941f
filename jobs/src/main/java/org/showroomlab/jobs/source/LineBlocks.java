package org.showroomlab.jobs.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.showroomlab.jobs.packed.Lines;

/** Cuts a stream of bytes into blocks of whole lines. */
final class LineBlocks implements Closeable {
    private static final int BLOCK_BYTES = 1 << 17;

    private final InputStream in;
    private byte[] buffer = new byte[BLOCK_BYTES];
    private int filled;
    private boolean ended;

    LineBlocks(InputStream in) {
        this.in = in;
    }

    /** The next lines with their ends (the last line of the stream may have none), nothing at the end. */
    byte[] next() throws IOException {
        while (true) {
            fill();
            int end = ended ? filled : lastLineEnd();
            if (end > 0) {
                byte[] block = Arrays.copyOf(buffer, end);
                System.arraycopy(buffer, end, buffer, 0, filled - end);
                filled -= end;
                return block;
            }
            if (ended) {
                return NOTHING;
            }
            // One line is longer than the buffer.
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
    }

    static final byte[] NOTHING = {};

    private void fill() throws IOException {
        while (!ended && filled < buffer.length) {
            int count = in.read(buffer, filled, buffer.length - filled);
            if (count < 0) {
                ended = true;
            } else {
                filled += count;
            }
        }
    }

    private int lastLineEnd() {
        int end = filled;
        while (end > 0 && buffer[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    /** How many lines a block has. */
    static int lines(byte[] block) {
        int lines = Lines.count(block);
        return block.length > 0 && block[block.length - 1] != '\n' ? lines + 1 : lines;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
