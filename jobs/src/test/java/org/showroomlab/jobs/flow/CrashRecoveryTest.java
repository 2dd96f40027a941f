package org.showroomlab.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.jobs.count.GeneratedEvents;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.run.BoundedRun;
import org.showroomlab.jobs.run.JobEnvironment;

/**
 * The whole job, torn down by a failing operator again and again and restored from its checkpoints: whoever keeps the
 * newest row of each key has in the end what an undisturbed run says.
 */
@SuppressWarnings("try") // closing a harness may be interrupted, which then fails the test like anything else
class CrashRecoveryTest {
    private static final int WORLDS = 25;
    private static final int FAILURES = 2;

    @TempDir
    Path folder;

    @Test
    void onTheHeapCrashesChangeNothing() throws Exception {
        for (int parallelism = 1; parallelism <= 4; parallelism++) {
            assertCrashesChangeNothing("hashmap", CountingJob.Options.LIVE, parallelism, parallelism);
        }
    }

    @Test
    void onRocksDbCrashesChangeNothing() throws Exception {
        for (int parallelism = 1; parallelism <= 4; parallelism++) {
            assertCrashesChangeNothing("rocksdb", CountingJob.Options.LIVE.withFineState(), parallelism, -parallelism);
        }
    }

    private void assertCrashesChangeNothing(String backend, CountingJob.Options options, int parallelism, long seed)
            throws Exception {
        List<byte[]> records = Worlds.of(WORLDS, seed);
        Path file = write(records);
        Set<ResultRow> expected = FinalRows.withoutDeadLetters(
                new BoundedRun(GeneratedEvents.experiments(), CountingJob.Options.BOUNDED, 1).count(List.of(file)));
        // Which split a record is in, and when it comes, has nothing to do with the file.
        String run = backend + parallelism;
        CrashingRun crashing = CrashingRun.of(run, GeneratedEvents.shuffled(records, seed + 1), FAILURES, seed);
        Set<ResultRow> rows = FinalRows.withoutDeadLetters(
                crashing.count(environment(backend, parallelism), options, List.of(file.toString())));
        assertThat(crashing.failures()).isEqualTo(FAILURES);
        assertThat(rows).as(run).isEqualTo(expected);
    }

    private StreamExecutionEnvironment environment(String backend, int parallelism) {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, backend);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri().toString());
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, FAILURES);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(128));
        configuration.set(RestOptions.BIND_PORT, "0");
        return JobEnvironment.configured(StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration));
    }

    private Path write(List<byte[]> records) throws IOException {
        Path file = folder.resolve("events.ndjson");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (byte[] record : records) {
                out.write(record);
                out.write('\n');
            }
        }
        return file;
    }
}
