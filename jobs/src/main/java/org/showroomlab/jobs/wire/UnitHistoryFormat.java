package org.showroomlab.jobs.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.showroomlab.jobs.count.UnitHistory;
import org.showroomlab.jobs.observe.Observation;

/** The observations in order, after their number. */
public final class UnitHistoryFormat implements WireFormat<UnitHistory> {
    private final ObservationFormat observations = new ObservationFormat();

    @Override
    public void write(UnitHistory history, DataOutputView out) throws IOException {
        out.writeInt(history.observations().size());
        for (Observation o : history.observations()) {
            observations.write(o, out);
        }
    }

    @Override
    public UnitHistory read(int version, DataInputView in) throws IOException {
        int size = in.readInt();
        List<Observation> ordered = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            ordered.add(observations.read(version, in));
        }
        return UnitHistory.ofOrdered(ordered);
    }

    @Override
    public UnitHistory copy(UnitHistory history) {
        return history.copy();
    }

    @Override
    public Class<UnitHistory> type() {
        return UnitHistory.class;
    }
}
