package org.showroomlab.jobs.run;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.collect.CollectSinkOperatorFactory;

/** The settings that every run of the job shares. */
public final class JobEnvironment {
    /** Key groups; bounds the parallelism that saved state can be restored at. */
    public static final int MAX_PARALLELISM = 1024;

    private JobEnvironment() {}

    /** An environment whose cluster lives in this process while a job runs. */
    public static StreamExecutionEnvironment embedded(int parallelism) {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(8));
        // Who beats and who listens live and die together: silence is a busy machine.
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofHours(1));
        // A dead letter comes back with all its bytes, however long the record was.
        configuration.set(CollectSinkOperatorFactory.MAX_BATCH_SIZE, MemorySize.ofMebiBytes(1024));
        // Now and then a reader that has handed out everything waits for the end of its fetching thread in vain.
        configuration.set(SourceReaderOptions.SOURCE_READER_CLOSE_TIMEOUT, 200L);
        return configured(StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration));
    }

    /** The environment with what every job needs of it. */
    public static StreamExecutionEnvironment configured(StreamExecutionEnvironment env) {
        Configuration pipeline = new Configuration();
        // All types have formats of their own; a type that silently falls back to Kryo is a mistake.
        pipeline.set(PipelineOptions.GENERIC_TYPES, false);
        pipeline.set(PipelineOptions.OBJECT_REUSE, true);
        // A batch is built for the subtasks at hand; one that stood in a checkpoint could not be dealt to others.
        pipeline.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
        pipeline.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        // Where the state is RocksDB's: no second copy of a third of it in levels and files that wait to be merged, and
        // no search in the files that do not have a key.
        pipeline.setString("state.backend.rocksdb.compaction.level.use-dynamic-size", "true");
        pipeline.setString("state.backend.rocksdb.writebuffer.size", "16m");
        pipeline.setString("state.backend.rocksdb.use-bloom-filter", "true");
        env.configure(pipeline);
        env.setMaxParallelism(MAX_PARALLELISM);
        // Operators combine before they emit: what they emit need not wait, nor a thread of each task wake up to look
        // for it.
        env.setBufferTimeout(0);
        return env;
    }
}
