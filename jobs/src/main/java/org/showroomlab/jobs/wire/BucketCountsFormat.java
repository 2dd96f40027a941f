package org.showroomlab.jobs.wire;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.showroomlab.jobs.count.BucketCounts;

/** Bucket and count, after their number. */
final class BucketCountsFormat {
    private BucketCountsFormat() {}

    static void write(BucketCounts counts, DataOutputView out) throws IOException {
        out.writeInt(counts.size());
        for (int i = 0; i < counts.size(); i++) {
            out.writeInt(counts.bucket(i));
            out.writeLong(counts.count(i));
        }
    }

    static BucketCounts read(DataInputView in) throws IOException {
        BucketCounts counts = new BucketCounts();
        for (int left = in.readInt(); left > 0; left--) {
            counts.add(in.readInt(), in.readLong());
        }
        return counts;
    }
}
