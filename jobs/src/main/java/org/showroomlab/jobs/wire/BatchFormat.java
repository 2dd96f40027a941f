package org.showroomlab.jobs.wire;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.showroomlab.jobs.packed.Batch;

/** The bucket that routes it, and the bytes. */
public final class BatchFormat implements WireFormat<Batch> {
    @Override
    public void write(Batch batch, DataOutputView out) throws IOException {
        out.writeInt(batch.bucket());
        out.writeInt(batch.length());
        out.write(batch.bytes(), 0, batch.length());
    }

    @Override
    public Batch read(int version, DataInputView in) throws IOException {
        int bucket = in.readInt();
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new Batch(bucket, bytes, bytes.length);
    }

    @Override
    public Batch copy(Batch batch) {
        return new Batch(batch.bucket(), Arrays.copyOf(batch.bytes(), batch.length()), batch.length());
    }

    @Override
    public Class<Batch> type() {
        return Batch.class;
    }
}
