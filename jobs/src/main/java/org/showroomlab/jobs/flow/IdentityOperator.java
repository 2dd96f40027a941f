package org.showroomlab.jobs.flow;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.count.Accounts.Way;
import org.showroomlab.jobs.count.ClusterChanges;
import org.showroomlab.jobs.count.IdentityTable;
import org.showroomlab.jobs.observe.ObservationLayout;
import org.showroomlab.jobs.packed.Batch;
import org.showroomlab.jobs.packed.Batches;
import org.showroomlab.jobs.packed.PackedReader;
import org.showroomlab.jobs.packed.PackedWriter;
import org.showroomlab.jobs.wire.IdentityTableFormat;
import org.showroomlab.jobs.wire.WireType;

/**
 * Keyed by bucket of identities: lets one delivery of each event count, and takes it back when one with precedence comes.
 * Sends visitors' observations on, and adds up those of caches and showrooms.
 */
final class IdentityOperator extends BucketOperator<IdentityTable, Batch> implements IdentityTable.Consequences {
    private static final long serialVersionUID = 1L;
    static final OutputTag<ClusterChange> CLUSTERS =
            new OutputTag<>("clusters", WireType.writtenBy(ClusterChangeFormat.class));

    private transient @Nullable Batches batches;
    private transient @Nullable ClusterChanges clusters;
    private transient long touched;

    IdentityOperator(LoadedPlan loaded, CountingJob.Options options) {
        super(loaded, options);
    }

    @Override
    ValueStateDescriptor<IdentityTable> descriptor() {
        return new ValueStateDescriptor<>("identities", WireType.writtenBy(IdentityTableFormat.class));
    }

    @Override
    Supplier<IdentityTable> emptyTable() {
        return IdentityTable::new;
    }

    @Override
    public void open() throws Exception {
        super.open();
        int parallelism = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        int maxParallelism = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
        batches = new Batches(buckets().owners(maxParallelism, parallelism), parallelism, this::emit);
        clusters = new ClusterChanges(plan());
        closeAgain();
    }

    @Override
    public void processElement(StreamRecord<Batch> element) throws Exception {
        if (anyClosed()) {
            markLate(element.getValue());
        }
        super.processElement(element);
    }

    /** A subtask that was idle, or restored, knows less of event time than this one, which has let go of the state. */
    private void markLate(Batch batch) {
        byte[] bytes = batch.bytes();
        for (int at = 0; at < batch.length(); at += PackedReader.intAt(bytes, at)) {
            long time = PackedReader.longAt(bytes, at + ObservationLayout.TIME_AND_SOURCE);
            int flags = bytes[at + ObservationLayout.FLAGS];
            int parts = ObservationLayout.HAS_VISITOR_PART | ObservationLayout.HAS_CLUSTER_PART;
            if ((flags & parts) != 0 && !isNeeded(ObservationLayout.millis(time))) {
                bytes[at + ObservationLayout.FLAGS] = ObservationLayout.LATE;
            }
        }
    }

    @Override
    int bucketOf(byte[] bytes, int at) {
        return buckets().of(PackedReader.longAt(bytes, at + ObservationLayout.IDENTITY_HIGH));
    }

    @Override
    void takeIn(IdentityTable table, byte[] observations, int from, int until) {
        long sum = touched;
        for (int at = from; at < until; at += PackedReader.intAt(observations, at)) {
            sum += table.touch(PackedReader.longAt(observations, at + ObservationLayout.IDENTITY_LOW));
        }
        touched = sum;
        for (int at = from; at < until; at += PackedReader.intAt(observations, at)) {
            table.deliver(observations, at, this);
        }
    }

    @Override
    public void put(byte[] bytes, int observation) {
        int part = observation + ObservationLayout.VISITOR_PART;
        int size = PackedReader.intAt(bytes, observation + ObservationLayout.VISITOR_PART_SIZE);
        int bucket = buckets().of(PackedReader.longAt(bytes, part));
        Batches out = Objects.requireNonNull(batches);
        PackedWriter writer = out.writer(bucket);
        UnitMessage.writePut(bytes, observation, part, size, writer);
        out.written(bucket);
    }

    @Override
    public void takeBack(int unitTag, long timeAndSource, long entryId) {
        int bucket = buckets().ofTag(unitTag);
        Batches out = Objects.requireNonNull(batches);
        UnitMessage.writeTakeBack(unitTag, timeAndSource, entryId, out.writer(bucket));
        out.written(bucket);
    }

    @Override
    public void cluster(byte[] bytes, int part, long millis, int sign) {
        Objects.requireNonNull(clusters).add(bytes, part, millis, sign);
    }

    @Override
    public void account(int source, Way way, long change) {
        accounts().add(source, way, change);
    }

    @Override
    void retain(IdentityTable table) {
        table.retain(this::isNeeded);
    }

    @Override
    void flushTables(Consumer<Consumer<IdentityTable>> tables) {
        Objects.requireNonNull(batches).flush();
        Objects.requireNonNull(clusters)
                .drain((unit, sums) -> output.collect(CLUSTERS, new StreamRecord<>(new ClusterChange(unit, sums))));
    }
}
