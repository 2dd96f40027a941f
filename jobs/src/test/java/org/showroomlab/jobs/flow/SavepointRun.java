package org.showroomlab.jobs.flow;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.observe.RawRecords;
import org.showroomlab.jobs.observe.TopicRecords;
import org.showroomlab.jobs.run.JobEnvironment;
import org.showroomlab.jobs.wire.RawRecordsFormat;
import org.showroomlab.jobs.wire.WireType;

/** The two halves of a run with a savepoint in between: the one that writes it, and the one that goes on from it. */
final class SavepointRun {
    static final List<String> SOURCES = List.of("events");
    private static final int PATIENCE_SECONDS = 60;
    private static final Map<String, SavepointRun> RUNS = new ConcurrentHashMap<>();

    private final List<LoadedExperiment> experiments;
    private final List<byte[]> records = new ArrayList<>();
    private final AtomicInteger read = new AtomicInteger();

    SavepointRun(List<LoadedExperiment> experiments, List<String> lines) {
        this.experiments = experiments;
        lines.forEach(line -> records.add(line.getBytes(StandardCharsets.UTF_8)));
    }

    static StreamExecutionEnvironment environment(int parallelism) {
        Configuration configuration = new Configuration();
        // All state stands in the one file of metadata.
        configuration.set(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD, MemorySize.ofMebiBytes(1));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment env =
                JobEnvironment.configured(StreamExecutionEnvironment.getExecutionEnvironment(configuration));
        env.setParallelism(parallelism);
        return env;
    }

    /** Counts the first half and writes the savepoint into a folder. */
    void write(StreamExecutionEnvironment env, Path folder) throws Exception {
        String run = register();
        // A source that has ended would not be in the savepoint, so this one goes on saying nothing.
        DataStream<RawRecords> raw = env.fromSource(
                        new NumberSequenceSource(0, Long.MAX_VALUE - 1), WatermarkStrategy.noWatermarks(), "first")
                .uid("first")
                .setParallelism(1)
                .flatMap(new FirstHalf(run))
                .returns(WireType.writtenBy(RawRecordsFormat.class))
                .uid("first-half")
                .setParallelism(1)
                .rebalance();
        job(raw, run);
        JobClient client = env.executeAsync("savepoint");
        while (read.get() < half()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        String written = stop(client, Files.createTempDirectory("savepoint-"));
        Files.copy(Path.of(URI.create(written)).resolve("_metadata"), folder.resolve("_metadata"));
    }

    /** The records may have been read before every task of the job runs; till then there is no savepoint. */
    private static String stop(JobClient client, Path folder) throws Exception {
        for (int attempt = 0; ; attempt++) {
            try {
                return client.stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (attempt == PATIENCE_SECONDS) {
                    throw e;
                }
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    /** Counts the second half on top of the savepoint in a folder. */
    void goOnFrom(StreamExecutionEnvironment env, Path folder, FinalRows rows) throws Exception {
        String run = register();
        Configuration recovery = new Configuration();
        recovery.set(StateRecoveryOptions.SAVEPOINT_PATH, folder.toUri().toString());
        // The first source is not there any more.
        recovery.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
        env.configure(recovery);
        DataStream<RawRecords> raw = env.fromSource(
                        new NumberSequenceSource(half(), records.size() - 1L),
                        WatermarkStrategy.noWatermarks(),
                        "second")
                .uid("second")
                .map(new SecondHalf(run))
                .returns(WireType.writtenBy(RawRecordsFormat.class))
                .uid("second-half");
        Keep.ROWS.put(run, rows);
        job(raw, run);
        env.execute("from savepoint");
    }

    private String register() {
        String run = "run" + RUNS.size();
        RUNS.put(run, this);
        return run;
    }

    private static SavepointRun named(String run) {
        return Objects.requireNonNull(RUNS.get(run));
    }

    private void job(DataStream<RawRecords> raw, String run) {
        new CountingJob(experiments, CountingJob.Options.LIVE)
                .count(raw, SOURCES)
                .rows()
                .map(new Keep(run))
                .returns(CountingJob.ROW_TYPE)
                .uid("keep")
                .sinkTo(new DiscardingSink<>())
                .uid("discard");
    }

    int half() {
        return records.size() / 2;
    }

    private RawRecords record(long number) {
        return TopicRecords.of(0, 0, number, Long.MAX_VALUE, records.get((int) number));
    }

    private static final class FirstHalf implements FlatMapFunction<Long, RawRecords> {
        private static final long serialVersionUID = 1L;
        private final String run;

        FirstHalf(String run) {
            this.run = run;
        }

        @Override
        public void flatMap(Long number, Collector<RawRecords> out) throws InterruptedException {
            SavepointRun savepoint = named(run);
            if (number < savepoint.half()) {
                out.collect(savepoint.record(number));
                savepoint.read.incrementAndGet();
            } else {
                Thread.sleep(1);
            }
        }
    }

    private static final class SecondHalf implements MapFunction<Long, RawRecords> {
        private static final long serialVersionUID = 1L;
        private final String run;

        SecondHalf(String run) {
            this.run = run;
        }

        @Override
        public RawRecords map(Long number) {
            return named(run).record(number);
        }
    }

    /** Keeps the newest row of each key. */
    private static final class Keep implements MapFunction<Tuple2<String, byte[]>, Tuple2<String, byte[]>> {
        private static final long serialVersionUID = 1L;
        private static final Map<String, FinalRows> ROWS = new ConcurrentHashMap<>();
        private final String run;

        Keep(String run) {
            this.run = run;
        }

        @Override
        public Tuple2<String, byte[]> map(Tuple2<String, byte[]> row) {
            FinalRows rows = ROWS.get(run);
            if (rows != null) {
                rows.write(row);
            }
            return row;
        }
    }
}
