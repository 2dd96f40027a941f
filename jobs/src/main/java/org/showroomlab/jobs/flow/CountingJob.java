package org.showroomlab.jobs.flow;

import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.observe.RawRecords;
import org.showroomlab.jobs.packed.Batch;
import org.showroomlab.jobs.results.DeadLetterRow;
import org.showroomlab.jobs.results.ResultCodec;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.ShowroomProgress;
import org.showroomlab.jobs.results.Stamp;
import org.showroomlab.jobs.wire.BatchFormat;
import org.showroomlab.jobs.wire.CellKeyFormat;
import org.showroomlab.jobs.wire.ClusterUnitFormat;
import org.showroomlab.jobs.wire.WireType;

/**
 * The job that counts: records in, absolute result rows out. The same graph runs over files, in the embedded demo and on
 * a cluster; only source and sink differ.
 */
public final class CountingJob {
    /** Result rows by key, as they stand in the {@code results} topic. */
    public static final TypeInformation<Tuple2<String, byte[]>> ROW_TYPE =
            Types.TUPLE(Types.STRING, Types.PRIMITIVE_ARRAY(Types.BYTE));

    private final List<LoadedExperiment> experiments;
    private final Options options;

    /**
     * How the job runs.
     *
     * @param asOfMillis events at or after it are left out; {@link Long#MAX_VALUE}: none
     * @param flushMillis how long partial results wait to be combined; 0: until a checkpoint or the end of the input
     * @param latenessMillis how long after its end of observation an experiment still takes events, in event time
     * @param clockAheadMillis how far an event's time may be after its record's arrival
     * @param bucketBits how finely keyed state is cut, see {@link #withFineState}
     * @param job the name under which its rows go out, so that several jobs can share one topic of results
     */
    public record Options(
            long asOfMillis, long flushMillis, long latenessMillis, long clockAheadMillis, int bucketBits, String job)
            implements java.io.Serializable {
        public static final Duration DEFAULT_LATENESS = Duration.ofDays(14);
        public static final Duration DEFAULT_CLOCK_AHEAD = Duration.ofDays(1);

        /** Over files: everything is said once, at the end. */
        public static final Options BOUNDED = new Options(
                Long.MAX_VALUE,
                0,
                DEFAULT_LATENESS.toMillis(),
                DEFAULT_CLOCK_AHEAD.toMillis(),
                Buckets.COARSE.bits(),
                ResultCodec.DEFAULT_JOB);
        /** From a stream: within a fraction of a second. */
        public static final Options LIVE = new Options(
                Long.MAX_VALUE,
                250,
                DEFAULT_LATENESS.toMillis(),
                DEFAULT_CLOCK_AHEAD.toMillis(),
                Buckets.COARSE.bits(),
                ResultCodec.DEFAULT_JOB);

        public Options asOf(long millis) {
            return new Options(millis, flushMillis, latenessMillis, clockAheadMillis, bucketBits, job);
        }

        public Options withLateness(Duration lateness) {
            return new Options(asOfMillis, flushMillis, lateness.toMillis(), clockAheadMillis, bucketBits, job);
        }

        public Options withClockAhead(Duration bound) {
            return new Options(asOfMillis, flushMillis, latenessMillis, bound.toMillis(), bucketBits, job);
        }

        /** For a state backend that keeps bytes, such as RocksDB: many small buckets instead of few large ones. */
        public Options withFineState() {
            return new Options(asOfMillis, flushMillis, latenessMillis, clockAheadMillis, Buckets.FINE.bits(), job);
        }

        public Options withJob(String name) {
            return new Options(asOfMillis, flushMillis, latenessMillis, clockAheadMillis, bucketBits, name);
        }

        /** Whether rows are said while records still come. */
        boolean isLive() {
            return flushMillis > 0;
        }

        Buckets buckets() {
            return new Buckets(bucketBits);
        }
    }

    /**
     * What the job says.
     *
     * @param job its name
     * @param rows result rows
     * @param deadLetters the records that it set aside, which are among the rows, too
     */
    public record Outputs(String job, DataStream<Tuple2<String, byte[]>> rows, DataStream<DeadLetterRow> deadLetters) {}

    public CountingJob(List<LoadedExperiment> experiments, Options options) {
        this.experiments = List.copyOf(experiments);
        this.options = options;
    }

    /**
     * Counts the records.
     *
     * @param sources names of the topics or files, ascending; records know them by number
     */
    public Outputs count(DataStream<RawRecords> records, List<String> sources) {
        LoadedPlan plan = LoadedPlan.of(experiments, sources);
        SingleOutputStreamOperator<Batch> observations = named(
                records.transform("decode", WireType.writtenBy(BatchFormat.class), new DecodeOperator(plan, options)),
                "decode");
        SingleOutputStreamOperator<Batch> messages = named(
                observations
                        .keyBy(Batch::bucket, Types.INT)
                        .transform(
                                "identities",
                                WireType.writtenBy(BatchFormat.class),
                                new IdentityOperator(plan, options)),
                "identities");
        SingleOutputStreamOperator<CellChange> ofVisitors = named(
                messages.keyBy(Batch::bucket, Types.INT)
                        .transform(
                                "visitors",
                                WireType.writtenBy(CellChangeFormat.class),
                                new VisitorOperator(plan, options)),
                "visitors");
        SingleOutputStreamOperator<CellChange> ofClusters = named(
                messages.getSideOutput(IdentityOperator.CLUSTERS)
                        .keyBy((ClusterChange change) -> change.unit(), WireType.writtenBy(ClusterUnitFormat.class))
                        .transform(
                                "clusters",
                                WireType.writtenBy(CellChangeFormat.class),
                                new ClusterOperator(plan, options)),
                "clusters");
        SingleOutputStreamOperator<Tuple2<String, byte[]>> totals = named(
                ofVisitors
                        .union(ofClusters)
                        .keyBy((CellChange change) -> change.key(), WireType.writtenBy(CellKeyFormat.class))
                        .transform("totals", ROW_TYPE, new TotalsOperator(plan, options)),
                "totals");
        DataStream<AccountChange> ways = observations
                .getSideOutput(FlushingOperator.ACCOUNTING)
                .union(
                        messages.getSideOutput(FlushingOperator.ACCOUNTING),
                        ofVisitors.getSideOutput(FlushingOperator.ACCOUNTING),
                        totals.getSideOutput(FlushingOperator.ACCOUNTING));
        DataStream<Tuple2<String, byte[]>> accounting = named(
                ways.keyBy(AccountChange::key, Types.STRING)
                        .transform("accounting", ROW_TYPE, new AccountingOperator(plan, options)),
                "accounting");
        DataStream<Tuple2<String, byte[]>> progress = named(
                observations
                        .getSideOutput(DecodeOperator.PROGRESS)
                        .keyBy(ShowroomProgress::showroom, Types.STRING)
                        .transform("progress", ROW_TYPE, new ProgressOperator(plan, options)),
                "progress");
        DataStream<DeadLetterRow> deadLetters = observations.getSideOutput(DecodeOperator.DEAD_LETTERS);
        DataStream<Tuple2<String, byte[]>> letterRows =
                named(letterRows(deadLetters, options.job()), "dead-letter-rows");
        return new Outputs(options.job(), totals.union(accounting, progress, letterRows), deadLetters);
    }

    private static SingleOutputStreamOperator<Tuple2<String, byte[]>> letterRows(
            DataStream<DeadLetterRow> letters, String job) {
        return letters.map(row -> message(job, row)).returns(ROW_TYPE);
    }

    /** A row as it stands in the topic, under a key that no other job uses. */
    static Tuple2<String, byte[]> message(String job, ResultRow row) {
        return Tuple2.of(ResultCodec.key(job, row), ResultCodec.encode(job, row));
    }

    /** The same, with the id of the job. */
    static Tuple2<String, byte[]> message(String job, String jobId, ResultRow row) {
        return Tuple2.of(ResultCodec.key(job, row), ResultCodec.encode(job, jobId, row));
    }

    /** The same with a stamp. */
    static Tuple2<String, byte[]> message(String job, ResultRow row, Stamp stamp) {
        return Tuple2.of(ResultCodec.key(job, row), ResultCodec.encode(job, row, stamp));
    }

    private static <T> SingleOutputStreamOperator<T> named(SingleOutputStreamOperator<T> operator, String name) {
        return operator.name(name).uid(name);
    }
}
