package org.showroomlab.jobs.wire;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.showroomlab.jobs.observe.Hash128;

/** 16 bytes. */
public final class Hash128Format implements WireFormat<Hash128> {
    @Override
    public void write(Hash128 value, DataOutputView out) throws IOException {
        out.writeLong(value.high());
        out.writeLong(value.low());
    }

    @Override
    public Hash128 read(int version, DataInputView in) throws IOException {
        return new Hash128(in.readLong(), in.readLong());
    }

    @Override
    public Class<Hash128> type() {
        return Hash128.class;
    }
}
