package org.showroomlab.jobs.flow;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.showroomlab.jobs.observe.Hash128;
import org.showroomlab.jobs.observe.Observation;
import org.showroomlab.jobs.wire.Hash128Format;
import org.showroomlab.jobs.wire.ObservationFormat;
import org.showroomlab.jobs.wire.WireFormat;

/** A flag, then the observation, or unit and identity. */
public final class UnitChangeFormat implements WireFormat<UnitChange> {
    private final Hash128Format hashes = new Hash128Format();
    private final ObservationFormat observations = new ObservationFormat();

    @Override
    public void write(UnitChange change, DataOutputView out) throws IOException {
        Observation observation = change.observation();
        out.writeBoolean(observation != null);
        if (observation != null) {
            observations.write(observation, out);
        } else {
            hashes.write(change.unit(), out);
            hashes.write(change.identity(), out);
        }
    }

    @Override
    public UnitChange read(int version, DataInputView in) throws IOException {
        if (in.readBoolean()) {
            return UnitChange.put(observations.read(version, in));
        }
        Hash128 unit = hashes.read(version, in);
        return UnitChange.takeBack(unit, hashes.read(version, in));
    }

    @Override
    public Class<UnitChange> type() {
        return UnitChange.class;
    }
}
