package org.showroomlab.jobs.wire;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.showroomlab.jobs.count.ClusterUnit;

/** Experiment, cluster and period. */
public final class ClusterUnitFormat implements WireFormat<ClusterUnit> {
    @Override
    public void write(ClusterUnit unit, DataOutputView out) throws IOException {
        out.writeInt(unit.experiment());
        StringValue.writeString(unit.cluster(), out);
        out.writeLong(unit.period());
    }

    @Override
    public ClusterUnit read(int version, DataInputView in) throws IOException {
        return new ClusterUnit(in.readInt(), StringValue.readString(in), in.readLong());
    }

    @Override
    public Class<ClusterUnit> type() {
        return ClusterUnit.class;
    }
}
