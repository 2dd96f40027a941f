package org.showroomlab.jobs.wire;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.observe.Hash128;
import org.showroomlab.jobs.observe.Observation;

/** About 70 bytes for an observation with one value. */
public final class ObservationFormat implements WireFormat<Observation> {
    // Most observations have no exposures: millions of empty arrays would stand in state.
    private static final int[] NO_INTS = {};
    private static final @Nullable String[] NO_STRINGS = {};

    private final Hash128Format hashes = new Hash128Format();

    @Override
    public void write(Observation o, DataOutputView out) throws IOException {
        hashes.write(o.identity(), out);
        out.writeLong(o.timestampMillis());
        out.writeLong(o.contentHash());
        Names.write(o.source(), out);
        hashes.write(o.unit(), out);
        writeInts(o.experiments(), out);
        writeInts(o.variants(), out);
        writeInts(o.slots(), out);
        for (long value : o.values()) {
            out.writeLong(value);
        }
        out.writeShort(o.dimensionValues().length);
        for (@Nullable String value : o.dimensionValues()) {
            StringValue.writeString(value, out);
        }
        out.writeInt(o.unknownExposures());
    }

    @Override
    public Observation read(int version, DataInputView in) throws IOException {
        Hash128 identity = hashes.read(version, in);
        long timestampMillis = in.readLong();
        long contentHash = in.readLong();
        String source = Names.read(in);
        Hash128 unit = hashes.read(version, in);
        int[] experiments = readInts(in);
        int[] variants = readInts(in);
        int[] slots = readInts(in);
        long[] values = new long[slots.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
        }
        int dimensions = in.readUnsignedShort();
        @Nullable String[] dimensionValues = dimensions == 0 ? NO_STRINGS : new String[dimensions];
        for (int i = 0; i < dimensionValues.length; i++) {
            dimensionValues[i] = StringValue.readString(in);
        }
        return new Observation(
                identity,
                timestampMillis,
                contentHash,
                source,
                unit,
                experiments,
                variants,
                slots,
                values,
                dimensionValues,
                in.readInt());
    }

    private static void writeInts(int[] values, DataOutputView out) throws IOException {
        out.writeShort(values.length);
        for (int value : values) {
            out.writeShort(value);
        }
    }

    private static int[] readInts(DataInputView in) throws IOException {
        int size = in.readUnsignedShort();
        if (size == 0) {
            return NO_INTS;
        }
        int[] values = new int[size];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readUnsignedShort();
        }
        return values;
    }

    @Override
    public Class<Observation> type() {
        return Observation.class;
    }
}
