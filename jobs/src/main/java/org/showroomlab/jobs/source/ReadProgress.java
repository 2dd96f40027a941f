package org.showroomlab.jobs.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.LongAdder;

/** How much this process has read of event files: what a progress bar shows. Counts bytes as they lie on the disk. */
public final class ReadProgress {
    private static final LongAdder BYTES = new LongAdder();
    private static final LongAdder RECORDS = new LongAdder();

    private ReadProgress() {}

    public static long bytes() {
        return BYTES.sum();
    }

    public static long records() {
        return RECORDS.sum();
    }

    public static void addRecords(int more) {
        RECORDS.add(more);
    }

    public static InputStream count(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int b = super.read();
                BYTES.add(b < 0 ? 0 : 1);
                return b;
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                int count = super.read(bytes, from, length);
                BYTES.add(Math.max(0, count));
                return count;
            }
        };
    }
}
