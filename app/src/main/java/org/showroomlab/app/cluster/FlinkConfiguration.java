package org.showroomlab.app.cluster;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The configuration of the cluster's Flink processes. */
final class FlinkConfiguration {
    static final int JOB_MANAGER_HEAP_MB = 512;
    static final int TASK_MANAGER_HEAP_MB = 1024;
    static final int TASK_MANAGER_DIRECT_MB = 128 + 128;
    private static final int FRAMEWORK_HEAP_MB = 128;

    private FlinkConfiguration() {}

    static String yaml(ClusterFolder folder, ClusterSettings settings) {
        Map<String, String> keys = new LinkedHashMap<>();
        addresses(keys, settings);
        recovery(keys, folder);
        state(keys, folder, settings);
        memory(keys, settings);
        keys.put("io.tmp.dirs", folder.temporary().toString());
        return keys.entrySet().stream()
                .map(e -> e.getKey() + ": \"" + e.getValue() + "\"\n")
                .collect(Collectors.joining());
    }

    private static void addresses(Map<String, String> keys, ClusterSettings settings) {
        keys.put("jobmanager.rpc.address", ClusterSettings.HOST);
        // Any that is free, so that clusters can stand side by side: the leader's record says which.
        keys.put("jobmanager.rpc.port", "0");
        keys.put("jobmanager.bind-host", ClusterSettings.HOST);
        keys.put("taskmanager.host", ClusterSettings.HOST);
        keys.put("taskmanager.bind-host", ClusterSettings.HOST);
        keys.put("rest.address", ClusterSettings.HOST);
        keys.put("rest.bind-address", ClusterSettings.HOST);
        keys.put("rest.port", Integer.toString(settings.restPort()));
        keys.put("rest.bind-port", Integer.toString(settings.restPort()));
    }

    private static void recovery(Map<String, String> keys, ClusterFolder folder) {
        keys.put("high-availability.type", "org.showroomlab.recovery.FileHaServicesFactory");
        keys.put("high-availability.storageDir", uri(folder.recovery()));
        // A dead process is noticed within seconds; on one machine there is no network to be patient with.
        keys.put("heartbeat.interval", "1 s");
        keys.put("heartbeat.timeout", "5 s");
        keys.put("restart-strategy.type", "exponential-delay");
        keys.put("restart-strategy.exponential-delay.initial-backoff", "500 ms");
        keys.put("restart-strategy.exponential-delay.max-backoff", "10 s");
        keys.put("restart-strategy.exponential-delay.backoff-multiplier", "1.5");
        keys.put("restart-strategy.exponential-delay.reset-backoff-threshold", "1 min");
        // Task managers have lasting names, and their parts of the work wait for them when they are started again.
        keys.put("slot.request.timeout", "5 min");
    }

    private static void state(Map<String, String> keys, ClusterFolder folder, ClusterSettings settings) {
        keys.put("state.backend.type", settings.state().flinkName());
        keys.put("execution.checkpointing.dir", uri(folder.checkpoints()));
        keys.put("execution.checkpointing.savepoint-dir", uri(folder.savepoints()));
        keys.put("execution.checkpointing.incremental", "true");
        keys.put("execution.checkpointing.num-retained", "2");
    }

    /** Flink reads what it is given as it stands: an escaped space would be three letters of another folder's name. */
    private static String uri(Path folder) {
        return "file://" + folder.toAbsolutePath();
    }

    /** All sizes are given: Flink's start scripts, which would work them out, are not on Maven Central. */
    private static void memory(Map<String, String> keys, ClusterSettings settings) {
        boolean rocks = settings.state() == ClusterSettings.StateBackend.ROCKSDB;
        keys.put("taskmanager.numberOfTaskSlots", Integer.toString(settings.slots()));
        keys.put("taskmanager.load-balance.mode", "SLOTS");
        keys.put("taskmanager.cpu.cores", Integer.toString(settings.slots()));
        keys.put("taskmanager.memory.framework.heap.size", FRAMEWORK_HEAP_MB + "m");
        keys.put("taskmanager.memory.task.heap.size", (TASK_MANAGER_HEAP_MB - FRAMEWORK_HEAP_MB) + "m");
        keys.put("taskmanager.memory.framework.off-heap.size", "128m");
        keys.put("taskmanager.memory.task.off-heap.size", "0m");
        keys.put("taskmanager.memory.network.min", "128m");
        keys.put("taskmanager.memory.network.max", "128m");
        // A job may ask for RocksDB on a cluster whose default is the heap: some is always there.
        keys.put("taskmanager.memory.managed.size", rocks ? "512m" : "128m");
        keys.put("taskmanager.memory.jvm-metaspace.size", "256m");
        keys.put("taskmanager.memory.jvm-overhead.min", "192m");
        keys.put("taskmanager.memory.jvm-overhead.max", "192m");
    }

    static String logging() {
        return """
                rootLogger.level = INFO
                rootLogger.appenderRef.file.ref = file
                appender.file.name = file
                appender.file.type = RollingFile
                appender.file.fileName = ${sys:log.file}
                appender.file.filePattern = ${sys:log.file}.%i
                appender.file.layout.type = PatternLayout
                appender.file.layout.pattern = %d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5p [%t] %c{1.} - %m%n
                appender.file.policies.type = Policies
                appender.file.policies.size.type = SizeBasedTriggeringPolicy
                appender.file.policies.size.size = 20MB
                appender.file.strategy.type = DefaultRolloverStrategy
                appender.file.strategy.max = 3
                logger.kafka.name = org.apache.kafka
                logger.kafka.level = WARN
                """;
    }
}
