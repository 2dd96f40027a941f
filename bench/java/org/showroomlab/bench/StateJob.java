package org.showroomlab.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.functions.source.legacy.RichParallelSourceFunction;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.jobs.flow.CountingJob;
import org.showroomlab.jobs.observe.RawRecords;
import org.showroomlab.jobs.run.JobEnvironment;
import org.showroomlab.jobs.wire.RawRecordsFormat;
import org.showroomlab.jobs.wire.WireType;

/**
 * {@code BACKEND EVENTS VISITORS SEED EXPERIMENTS_FOLDER}: the job fed with generated events until all are in its state,
 * then the size of that state: of a checkpoint, and of the live heap.
 */
final class StateJob {
    private static final int PARALLELISM = 2;
    private static final AtomicLong EMITTED = new AtomicLong();

    private StateJob() {}

    public static void main(String[] arguments) throws Exception {
        boolean rocks = arguments[0].equals("rocksdb");
        BenchEvents events = new BenchEvents(
                Long.parseLong(arguments[3]), Long.parseLong(arguments[1]), Integer.parseInt(arguments[2]), 1);
        Path folder = Files.createTempDirectory("showroom-bench-state-");
        Path checkpoints = Files.createDirectory(folder.resolve("checkpoints"));
        try {
            long heapBefore = liveHeap();
            StreamExecutionEnvironment env =
                    JobEnvironment.configured(StreamExecutionEnvironment.createLocalEnvironment(
                            PARALLELISM, configuration(rocks, checkpoints, folder)));
            CountingJob.Options options = rocks ? CountingJob.Options.LIVE.withFineState() : CountingJob.Options.LIVE;
            new CountingJob(ExperimentFiles.load(Path.of(arguments[4])), options)
                    .count(
                            env.addSource(new Blocks(events), "generated", WireType.writtenBy(RawRecordsFormat.class))
                                    .uid("generated"),
                            List.of("generated"))
                    .rows()
                    .sinkTo(new DiscardingSink<>());
            Stopwatch watch = Stopwatch.start();
            JobClient job = env.executeAsync("state");
            while (EMITTED.get() < events.events()) {
                if (job.getJobStatus().get().isTerminalState()) {
                    throw new IllegalStateException("the job has ended");
                }
                Thread.sleep(200);
            }
            double seconds = watch.seconds();
            watch.print("run");
            long checkpoint = sizeOfNextCheckpoint(checkpoints);
            long heap = liveHeap() - heapBefore;
            System.out.printf(
                    Locale.ROOT,
                    "state %s: %,d visitors, %,d events: checkpoint %,d bytes = %d per visitor; live heap %,d bytes = %d"
                            + " per visitor; %,.0f events/s%n",
                    arguments[0],
                    events.visitors(),
                    events.events(),
                    checkpoint,
                    checkpoint / events.visitors(),
                    heap,
                    heap / events.visitors(),
                    events.events() / seconds);
            job.cancel().get();
        } finally {
            BrokerProcess.delete(folder);
        }
        System.exit(0);
    }

    private static Configuration configuration(boolean rocks, Path checkpoints, Path folder) {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(rocks ? 1_024 : 8));
        configuration.set(StateBackendOptions.STATE_BACKEND, rocks ? "rocksdb" : "hashmap");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        // RocksDB's consist of its files, which all checkpoints share; that of millions of visitors takes its time.
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, rocks);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(rocks ? 60 : 10));
        configuration.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(10));
        configuration.setString("io.tmp.dirs", folder.toString());
        configuration.setString("process.working-dir", folder.toString());
        return configuration;
    }

    /** Waits for two more: one may have begun before the last event. */
    private static long sizeOfNextCheckpoint(Path checkpoints) throws IOException, InterruptedException {
        long wanted = newest(checkpoints) + 2;
        long number = newest(checkpoints);
        while (number < wanted) {
            Thread.sleep(100);
            number = newest(checkpoints);
        }
        String complete = "chk-" + number;
        try (Stream<Path> files = Files.walk(checkpoints)) {
            long size = 0;
            // Another may be under way beside it.
            for (Path file : files.filter(f -> isIn(f, complete) || isIn(f, "shared"))
                    .filter(Files::isRegularFile)
                    .toList()) {
                size += Files.size(file);
            }
            return size;
        }
    }

    private static boolean isIn(Path file, String folder) {
        return java.util.Objects.requireNonNull(file.getParent()).endsWith(folder);
    }

    /** The newest that is complete, by its number. */
    private static long newest(Path checkpoints) throws IOException {
        try (Stream<Path> files = Files.walk(checkpoints)) {
            return files.filter(f -> f.getFileName().toString().equals("_metadata"))
                    .mapToLong(f -> Long.parseLong(
                            f.getName(f.getNameCount() - 2).toString().substring("chk-".length())))
                    .max()
                    .orElse(0);
        } catch (java.io.UncheckedIOException e) {
            return 0; // one that was just removed
        }
    }

    private static long liveHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Blocks of lines, as from a file; stays silent after the last. */
    private static final class Blocks extends RichParallelSourceFunction<RawRecords> {
        private static final long serialVersionUID = 1L;
        private static final long BLOCK_EVENTS = 500;

        private final long seed;
        private final long events;
        private final int visitors;
        private volatile boolean cancelled;

        Blocks(BenchEvents events) {
            this.seed = events.seed();
            this.events = events.events();
            this.visitors = events.visitors();
        }

        @Override
        public void run(SourceContext<RawRecords> context) throws InterruptedException {
            BenchEvents generated = new BenchEvents(seed, events, visitors, 1);
            LineBuffer lines = new LineBuffer(1 << 18);
            int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
            for (long first = subtask * BLOCK_EVENTS;
                    first < events && !cancelled;
                    first += PARALLELISM * BLOCK_EVENTS) {
                long end = Math.min(events, first + BLOCK_EVENTS);
                lines.clear();
                for (long number = first; number < end; number++) {
                    generated.append(number, lines);
                }
                byte[] block = lines.copy();
                synchronized (context.getCheckpointLock()) {
                    context.collect(new RawRecords(0, RawRecords.FILE, first + 1, block, block.length));
                }
                EMITTED.addAndGet(end - first);
            }
            while (!cancelled) {
                Thread.sleep(100);
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
