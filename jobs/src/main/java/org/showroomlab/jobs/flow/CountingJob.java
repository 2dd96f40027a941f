package org.showroomlab.jobs.flow;

import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.observe.Observation;
import org.showroomlab.jobs.observe.RawRecord;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.DeadLetterRow;
import org.showroomlab.jobs.results.ResultCodec;
import org.showroomlab.jobs.wire.CellKeyFormat;
import org.showroomlab.jobs.wire.Hash128Format;
import org.showroomlab.jobs.wire.ObservationFormat;
import org.showroomlab.jobs.wire.WireType;

/**
 * The job that counts: records in, absolute result rows out. The same graph runs over files, in the embedded demo and on
 * a cluster; only source and sink differ.
 */
public final class CountingJob {
    /** Result rows by key, as they stand in the {@code results} topic. */
    public static final TypeInformation<Tuple2<String, byte[]>> ROW_TYPE =
            Types.TUPLE(Types.STRING, Types.PRIMITIVE_ARRAY(Types.BYTE));

    private final LoadedPlan plan;
    private final Options options;

    /**
     * How the job runs.
     *
     * @param asOfMillis events at or after it are left out; {@link Long#MAX_VALUE}: none
     * @param flushMillis how long partial results wait to be combined; 0: until a checkpoint or the end of the input
     */
    public record Options(long asOfMillis, long flushMillis) {
        /** Over files: everything is said once, at the end. */
        public static final Options BOUNDED = new Options(Long.MAX_VALUE, 0);

        /** From a stream: within a fraction of a second. */
        public static final Options LIVE = new Options(Long.MAX_VALUE, 250);

        public Options asOf(long millis) {
            return new Options(millis, flushMillis);
        }
    }

    /** What the job says: result rows, and the records that it set aside (which are among the rows, too). */
    public record Outputs(DataStream<Tuple2<String, byte[]>> rows, DataStream<DeadLetterRow> deadLetters) {}

    public CountingJob(List<LoadedExperiment> experiments, Options options) {
        this.plan = LoadedPlan.of(experiments);
        this.options = options;
    }

    public Outputs count(DataStream<RawRecord> records) {
        long flushMillis = options.flushMillis();
        SingleOutputStreamOperator<Observation> observations = named(
                records.transform(
                        "decode",
                        WireType.writtenBy(ObservationFormat.class),
                        new DecodeOperator(plan, options.asOfMillis(), flushMillis)),
                "decode");
        SingleOutputStreamOperator<UnitChange> unitChanges = named(
                observations
                        .keyBy(Observation::identity, WireType.writtenBy(Hash128Format.class))
                        .transform(
                                "identities",
                                WireType.writtenBy(UnitChangeFormat.class),
                                new IdentityOperator(flushMillis)),
                "identities");
        SingleOutputStreamOperator<CellChange> cellChanges = named(
                unitChanges
                        .keyBy(UnitChange::unit, WireType.writtenBy(Hash128Format.class))
                        .transform(
                                "visitors",
                                WireType.writtenBy(CellChangeFormat.class),
                                new VisitorOperator(plan, flushMillis)),
                "visitors");
        DataStream<Tuple2<String, byte[]>> totals = named(
                cellChanges
                        .keyBy((CellChange change) -> change.key(), WireType.writtenBy(CellKeyFormat.class))
                        .transform("totals", ROW_TYPE, new TotalsOperator(flushMillis)),
                "totals");
        DataStream<AccountingRow> ways = observations
                .getSideOutput(FlushingOperator.ACCOUNTING)
                .union(
                        unitChanges.getSideOutput(FlushingOperator.ACCOUNTING),
                        cellChanges.getSideOutput(FlushingOperator.ACCOUNTING));
        DataStream<Tuple2<String, byte[]>> accounting = named(
                ways.keyBy(AccountingRow::source, Types.STRING)
                        .transform("accounting", ROW_TYPE, new AccountingOperator(flushMillis)),
                "accounting");
        DataStream<DeadLetterRow> deadLetters = observations.getSideOutput(DecodeOperator.DEAD_LETTERS);
        DataStream<Tuple2<String, byte[]>> letterRows =
                named(deadLetters.map(CountingJob::encode).returns(ROW_TYPE), "dead-letter-rows");
        return new Outputs(totals.union(accounting, letterRows), deadLetters);
    }

    private static Tuple2<String, byte[]> encode(DeadLetterRow row) {
        return Tuple2.of(row.rowKey(), ResultCodec.encode(row));
    }

    private static <T> SingleOutputStreamOperator<T> named(SingleOutputStreamOperator<T> operator, String name) {
        return operator.name(name).uid(name);
    }
}
