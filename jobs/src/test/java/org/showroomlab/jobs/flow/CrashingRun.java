package org.showroomlab.jobs.flow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.showroomlab.jobs.count.GeneratedEvents;
import org.showroomlab.jobs.observe.RawRecords;
import org.showroomlab.jobs.observe.TopicRecords;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.wire.RawRecordsFormat;
import org.showroomlab.jobs.wire.WireType;

/** One run of the job over records in memory, with failures at moments chosen by a seed. */
@SuppressWarnings("try") // closing a harness may be interrupted, which then fails the test like anything else
final class CrashingRun {
    private static final Map<String, CrashingRun> RUNS = new ConcurrentHashMap<>();
    /** While failures are to come, records come slowly, so that there are checkpoints between them. */
    private static final int PAUSE_BEFORE_CHECKPOINT_MILLIS = 5;

    private static final int PAUSE_AFTER_CHECKPOINT_MILLIS = 1;
    private static final int MOST_RECORDS_BEFORE_FAILURE = 40;

    private final String name;
    private final List<byte[]> records;
    private final int wantedFailures;
    private final Random random;
    private final AtomicInteger failures = new AtomicInteger();
    private final FinalRows rows = new FinalRows();
    private int checkpoints;
    private int untilFailure;

    private CrashingRun(String name, List<byte[]> records, int failures, long seed) {
        this.name = name;
        this.records = records;
        this.wantedFailures = failures;
        this.random = new Random(seed);
        this.untilFailure = random.nextInt(MOST_RECORDS_BEFORE_FAILURE);
    }

    /** A run that the operators find by its name: they travel to the task managers of this process. */
    static CrashingRun of(String name, List<byte[]> records, int failures, long seed) {
        CrashingRun run = new CrashingRun(name, new ArrayList<>(records), failures, seed);
        RUNS.put(name, run);
        return run;
    }

    private static CrashingRun named(String name) {
        return Objects.requireNonNull(RUNS.get(name));
    }

    int failures() {
        return failures.get();
    }

    Collection<ResultRow> count(StreamExecutionEnvironment env, CountingJob.Options options, List<String> sources)
            throws Exception {
        DataStream<RawRecords> raw = env.fromSource(
                        new NumberSequenceSource(0, records.size() - 1L), WatermarkStrategy.noWatermarks(), "numbers")
                .uid("numbers")
                .map(new Replay(name))
                .returns(WireType.writtenBy(RawRecordsFormat.class))
                .uid("replay");
        new CountingJob(GeneratedEvents.experiments(), options)
                .count(raw, sources)
                .rows()
                .map(new Keep(name))
                .returns(CountingJob.ROW_TYPE)
                .uid("keep")
                .sinkTo(new DiscardingSink<>())
                .uid("discard");
        env.execute(name);
        return rows.all();
    }

    private synchronized int pauseMillis() {
        if (failures.get() == wantedFailures) {
            return 0;
        }
        return checkpoints == 0 ? PAUSE_BEFORE_CHECKPOINT_MILLIS : PAUSE_AFTER_CHECKPOINT_MILLIS;
    }

    private synchronized void beforeRecord() {
        // Without a checkpoint a failure would prove only that the job starts again from nothing.
        if (checkpoints > 0 && failures.get() < wantedFailures && untilFailure-- <= 0) {
            failures.incrementAndGet();
            checkpoints = 0;
            untilFailure = random.nextInt(MOST_RECORDS_BEFORE_FAILURE);
            throw new IllegalStateException("a failure that the test wants");
        }
    }

    private synchronized void checkpointCompleted() {
        checkpoints++;
    }

    /** The number's record; fails when the run wants it to. */
    private static final class Replay implements MapFunction<Long, RawRecords>, CheckpointListener {
        private static final long serialVersionUID = 1L;
        private final String run;

        Replay(String run) {
            this.run = run;
        }

        @Override
        public RawRecords map(Long number) throws InterruptedException {
            CrashingRun crashing = named(run);
            Thread.sleep(crashing.pauseMillis());
            crashing.beforeRecord();
            return TopicRecords.of(0, 0, number, Long.MAX_VALUE, crashing.records.get(number.intValue()));
        }

        @Override
        public void notifyCheckpointComplete(long checkpoint) {
            named(run).checkpointCompleted();
        }
    }

    /** Keeps the newest row of each key, as a reader of the results does. */
    private static final class Keep implements MapFunction<Tuple2<String, byte[]>, Tuple2<String, byte[]>> {
        private static final long serialVersionUID = 1L;
        private final String run;

        Keep(String run) {
            this.run = run;
        }

        @Override
        public Tuple2<String, byte[]> map(Tuple2<String, byte[]> row) {
            named(run).rows.write(row);
            return row;
        }
    }
}
