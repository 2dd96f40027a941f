package org.showroomlab.jobs.wire;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.showroomlab.jobs.results.ShowroomProgress;

/** Name and time. */
public final class ShowroomProgressFormat implements WireFormat<ShowroomProgress> {
    @Override
    public void write(ShowroomProgress progress, DataOutputView out) throws IOException {
        StringValue.writeString(progress.showroom(), out);
        out.writeLong(progress.newestMillis());
    }

    @Override
    public ShowroomProgress read(int version, DataInputView in) throws IOException {
        return new ShowroomProgress(StringValue.readString(in), in.readLong());
    }

    @Override
    public Class<ShowroomProgress> type() {
        return ShowroomProgress.class;
    }
}
