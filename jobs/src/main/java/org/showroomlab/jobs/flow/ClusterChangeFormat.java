package org.showroomlab.jobs.flow;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.showroomlab.jobs.wire.ClusterSumsFormat;
import org.showroomlab.jobs.wire.ClusterUnitFormat;
import org.showroomlab.jobs.wire.WireFormat;

/** Unit and sums. */
public final class ClusterChangeFormat implements WireFormat<ClusterChange> {
    private final ClusterUnitFormat units = new ClusterUnitFormat();
    private final ClusterSumsFormat sums = new ClusterSumsFormat();

    @Override
    public void write(ClusterChange change, DataOutputView out) throws IOException {
        units.write(change.unit(), out);
        sums.write(change.change(), out);
    }

    @Override
    public ClusterChange read(int version, DataInputView in) throws IOException {
        return new ClusterChange(units.read(version, in), sums.read(version, in));
    }

    @Override
    public Class<ClusterChange> type() {
        return ClusterChange.class;
    }
}
