package org.showroomlab.jobs.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.count.Cell;
import org.showroomlab.jobs.count.ClusterSums;
import org.showroomlab.jobs.count.ClusterSums.Slice;
import org.showroomlab.jobs.count.ClusterSums.SliceSums;

/** Days, in them exposures and slices, in them cells; each after their number. */
public final class ClusterSumsFormat implements WireFormat<ClusterSums> {
    private final CellFormat cells = new CellFormat();

    @Override
    public int version() {
        return 3;
    }

    @Override
    public void write(ClusterSums sums, DataOutputView out) throws IOException {
        out.writeInt(sums.days().size());
        for (Map.Entry<Integer, ClusterSums.Day> day : sums.days().entrySet()) {
            out.writeInt(day.getKey());
            out.writeInt(day.getValue().exposures().size());
            for (Map.Entry<Integer, Long> exposure : day.getValue().exposures().entrySet()) {
                out.writeInt(exposure.getKey());
                out.writeLong(exposure.getValue());
            }
            out.writeInt(day.getValue().slices().size());
            for (Map.Entry<Slice, SliceSums> slice : day.getValue().slices().entrySet()) {
                out.writeInt(slice.getKey().dimension());
                StringValue.writeString(slice.getKey().value(), out);
                writeSlice(slice.getValue(), out);
            }
        }
    }

    private void writeSlice(SliceSums slice, DataOutputView out) throws IOException {
        out.writeLong(slice.events());
        out.writeInt(slice.metrics().size());
        for (@Nullable Cell cell : slice.metrics()) {
            out.writeBoolean(cell != null);
            if (cell != null) {
                cells.write(cell, out);
            }
        }
    }

    @Override
    public ClusterSums read(int version, DataInputView in) throws IOException {
        ClusterSums sums = new ClusterSums();
        for (int days = in.readInt(); days > 0; days--) {
            ClusterSums.Day day = new ClusterSums.Day();
            sums.days().put(in.readInt(), day);
            for (int exposures = in.readInt(); exposures > 0; exposures--) {
                day.exposures().put(in.readInt(), in.readLong());
            }
            for (int slices = in.readInt(); slices > 0; slices--) {
                Slice slice = new Slice(in.readInt(), StringValue.readString(in));
                day.slices().put(slice, readSlice(version, in));
            }
        }
        return sums;
    }

    private SliceSums readSlice(int version, DataInputView in) throws IOException {
        long events = in.readLong();
        List<@Nullable Cell> metrics = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            metrics.add(in.readBoolean() ? cells.read(version, in) : null);
        }
        return new SliceSums(events, metrics);
    }

    @Override
    public ClusterSums copy(ClusterSums sums) {
        return sums.copy();
    }

    @Override
    public Class<ClusterSums> type() {
        return ClusterSums.class;
    }
}
