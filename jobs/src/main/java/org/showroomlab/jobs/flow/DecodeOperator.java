package org.showroomlab.jobs.flow;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.codec.Decoded;
import org.showroomlab.ingest.codec.EventCodec;
import org.showroomlab.ingest.codec.Fingerprints;
import org.showroomlab.ingest.codec.Refusal;
import org.showroomlab.ingest.scan.EventScanner;
import org.showroomlab.ingest.scan.FieldNumber;
import org.showroomlab.ingest.scan.ScannedEvent;
import org.showroomlab.jobs.count.Accounts.Way;
import org.showroomlab.jobs.observe.EventHashes;
import org.showroomlab.jobs.observe.Observer;
import org.showroomlab.jobs.observe.RawRecords;
import org.showroomlab.jobs.observe.RecordReader;
import org.showroomlab.jobs.packed.Batch;
import org.showroomlab.jobs.packed.Batches;
import org.showroomlab.jobs.packed.Lines;
import org.showroomlab.jobs.packed.NameTable;
import org.showroomlab.jobs.packed.PackedWriter;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.results.DeadLetterRow;
import org.showroomlab.jobs.results.ShowroomProgress;
import org.showroomlab.jobs.wire.DeadLetterFormat;
import org.showroomlab.jobs.wire.ShowroomProgressFormat;
import org.showroomlab.jobs.wire.WireType;

/**
 * Records to packed observations, in batches for the subtasks that own their identities; what is not a valid event goes
 * aside with its reason.
 */
final class DecodeOperator extends FlushingOperator<RawRecords, Batch> {
    private static final long serialVersionUID = 1L;
    static final OutputTag<DeadLetterRow> DEAD_LETTERS =
            new OutputTag<>("dead-letters", WireType.writtenBy(DeadLetterFormat.class));
    static final OutputTag<ShowroomProgress> PROGRESS =
            new OutputTag<>("progress", WireType.writtenBy(ShowroomProgressFormat.class));

    private static final int MAX_LETTER_BYTES = 5 << 20;
    private static final long UNKNOWN_ARRIVAL = Long.MAX_VALUE;

    private final Buckets buckets;
    private transient @Nullable Observer observer;
    private transient RecordReader records = new RecordReader();
    private transient ScannedEvent event = new ScannedEvent();
    private transient EventHashes hashes = new EventHashes();
    private transient @Nullable Batches batches;
    private transient NameTable showrooms = new NameTable();
    private transient long[] newestMillis = {};
    private transient boolean[] hasProgress = {};
    private transient @Nullable ListState<Long> planFingerprint;
    private transient @Nullable ListState<Integer> bucketBits;

    DecodeOperator(LoadedPlan loaded, CountingJob.Options options) {
        super(loaded, options);
        this.buckets = options.buckets();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        planFingerprint = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("plan-fingerprint", Types.LONG));
        bucketBits =
                context.getOperatorStateStore().getUnionListState(new ListStateDescriptor<>("bucket-bits", Types.INT));
        for (int bits : bucketBits.get()) {
            if (bits != buckets.bits()) {
                throw new IllegalStateException("this state was written for another state backend (buckets of " + bits
                        + " bits, not " + buckets.bits() + "); start the job with the backend that it had");
            }
        }
        for (long fingerprint : planFingerprint.get()) {
            if (fingerprint != loaded().fingerprint()) {
                throw new IllegalStateException(
                        "this state was written with other experiments; start the job without it,"
                                + " so that it counts the topics from their start");
            }
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        observer = new Observer(plan());
        records = new RecordReader();
        event = new ScannedEvent();
        hashes = new EventHashes();
        showrooms = new NameTable();
        newestMillis = new long[64];
        hasProgress = new boolean[64];
        int parallelism = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        int maxParallelism = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
        batches = new Batches(buckets.owners(maxParallelism, parallelism), parallelism, this::emit);
        closeAgain();
    }

    @Override
    public void processElement(StreamRecord<RawRecords> element) {
        RawRecords raw = element.getValue();
        if (raw.isLines()) {
            processLines(raw);
        } else {
            processRecords(raw);
        }
    }

    private void processRecords(RawRecords raw) {
        byte[] bytes = raw.bytes();
        RecordReader record = records.at(raw);
        while (record.next()) {
            int from = record.start();
            int to = from + record.length();
            if (EventScanner.scan(bytes, from, to, event)) {
                accept(raw, record.offset(), record.arrivalMillis(), from, to);
            } else {
                processUnusual(raw, record.offset(), record.arrivalMillis(), from, to);
            }
        }
    }

    private void processLines(RawRecords raw) {
        byte[] bytes = raw.bytes();
        long line = raw.position();
        int from = 0;
        while (from < raw.length()) {
            int end = EventScanner.scanLine(bytes, from, raw.length(), event);
            if (end >= 0) {
                accept(raw, line, UNKNOWN_ARRIVAL, from, withoutReturn(bytes, from, end));
            } else {
                end = Lines.end(bytes, from, raw.length());
                int to = withoutReturn(bytes, from, end);
                if (!isBlank(bytes, from, to)) {
                    processUnusual(raw, line, UNKNOWN_ARRIVAL, from, to);
                }
            }
            line++;
            from = end + 1;
        }
    }

    private static int withoutReturn(byte[] bytes, int from, int end) {
        return end > from && bytes[end - 1] == '\r' ? end - 1 : end;
    }

    private static boolean isBlank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** Takes a record that the scanner gave up on. */
    private void processUnusual(RawRecords raw, long position, long arrivalMillis, int from, int to) {
        byte[] record = Arrays.copyOfRange(raw.bytes(), from, to);
        Decoded decoded = EventCodec.decode(record);
        if (decoded instanceof Decoded.Accepted accepted) {
            event.load(accepted.event());
            accept(raw, position, arrivalMillis, from, to);
        } else if (decoded instanceof Decoded.Refused refused) {
            setAside(raw, position, record, refused.refusal());
        }
    }

    private void accept(RawRecords raw, long position, long arrivalMillis, int from, int to) {
        byte[] bytes = raw.bytes();
        long millis = event.timestampMillis();
        if (millis >= options().asOfMillis()) {
            return;
        }
        if (millis - options().clockAheadMillis() > arrivalMillis) {
            setAside(raw, position, Arrays.copyOfRange(bytes, from, to), clockAhead(millis, arrivalMillis));
            return;
        }
        Observer looking = Objects.requireNonNull(observer);
        try {
            looking.observe(event);
        } catch (Observer.Unreadable e) {
            setAside(raw, position, Arrays.copyOfRange(bytes, from, to), e.refusal());
            return;
        }
        accounts().received(raw.source(), millis);
        noteProgress(millis);
        hashes.read(event);
        int bucket = buckets.of(hashes.identityHigh());
        Batches out = Objects.requireNonNull(batches);
        PackedWriter writer = out.writer(bucket);
        looking.write(
                event,
                hashes.identityHigh(),
                hashes.identityLow(),
                Fingerprints.ofContent(bytes, from, to - from),
                raw.source(),
                hashes.unitHigh(),
                hashes.unitLow(),
                writer);
        out.written(bucket);
    }

    private static Refusal clockAhead(long millis, long arrivalMillis) {
        return new Refusal(
                Refusal.Code.CLOCK_AHEAD,
                "ts",
                "ts is " + (millis - arrivalMillis) / 1000
                        + " s after the record's arrival: a device's clock is ahead");
    }

    private void noteProgress(long millis) {
        int showroom =
                showrooms.number(event.bytes(), event.start(FieldNumber.SHOWROOM), event.length(FieldNumber.SHOWROOM));
        if (showroom >= newestMillis.length) {
            newestMillis = Arrays.copyOf(newestMillis, 2 * newestMillis.length);
            hasProgress = Arrays.copyOf(hasProgress, 2 * hasProgress.length);
        }
        if (millis > newestMillis[showroom]) {
            newestMillis[showroom] = millis;
            hasProgress[showroom] = true;
        }
    }

    private void setAside(RawRecords raw, long position, byte[] bytes, Refusal refusal) {
        // From a topic only what fits the topic of dead letters, whose offset tells where the whole record is.
        byte[] record =
                raw.isLines() || bytes.length <= MAX_LETTER_BYTES ? bytes : Arrays.copyOf(bytes, MAX_LETTER_BYTES);
        accounts().add(raw.source(), Way.RECEIVED, 1);
        accounts().add(raw.source(), Way.DEAD_LETTERED, 1);
        DeadLetterRow letter = new DeadLetterRow(
                loaded().sources().get(raw.source()),
                raw.isLines() ? Long.toString(position) : raw.partition() + "/" + position,
                refusal.code().wireName(),
                refusal.field(),
                refusal.detail(),
                record);
        output.collect(DEAD_LETTERS, new StreamRecord<>(letter));
    }

    @Override
    void flush() {
        Objects.requireNonNull(batches).flush();
        for (int showroom = 0; showroom < showrooms.size(); showroom++) {
            if (hasProgress[showroom]) {
                hasProgress[showroom] = false;
                output.collect(
                        PROGRESS,
                        new StreamRecord<>(new ShowroomProgress(showrooms.name(showroom), newestMillis[showroom])));
            }
        }
    }

    @Override
    void release(List<ExperimentPlan> closed) {
        closed.forEach(experiment -> Objects.requireNonNull(observer).close(experiment.number()));
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        Objects.requireNonNull(planFingerprint).update(List.of(loaded().fingerprint()));
        Objects.requireNonNull(bucketBits).update(List.of(buckets.bits()));
    }
}
