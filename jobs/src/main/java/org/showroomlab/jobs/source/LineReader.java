package org.showroomlab.jobs.source;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Splits a stream of bytes into lines; a line end is LF or CR LF and is not part of the line. */
public final class LineReader implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int next;
    private int limit;

    public LineReader(InputStream in) {
        this.in = in;
    }

    /** The next line, or {@code null} at the end. */
    public byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream head = null;
        while (true) {
            if (next == limit && !fill()) {
                return head == null ? null : withoutCarriageReturn(head.toByteArray());
            }
            int end = lineEnd();
            int length = end - next;
            if (end < limit && head == null) {
                byte[] line = copy(length);
                next = end + 1;
                return withoutCarriageReturn(line);
            }
            if (head == null) {
                head = new ByteArrayOutputStream(2 * BUFFER_BYTES);
            }
            head.write(buffer, next, length);
            next = end;
            if (end < limit) {
                next++;
                return withoutCarriageReturn(head.toByteArray());
            }
        }
    }

    private byte[] copy(int length) {
        byte[] line = new byte[length];
        System.arraycopy(buffer, next, line, 0, length);
        return line;
    }

    private int lineEnd() {
        int end = next;
        while (end < limit && buffer[end] != '\n') {
            end++;
        }
        return end;
    }

    private boolean fill() throws IOException {
        next = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    private static byte[] withoutCarriageReturn(byte[] line) {
        boolean ends = line.length > 0 && line[line.length - 1] == '\r';
        return ends ? java.util.Arrays.copyOf(line, line.length - 1) : line;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
