package org.showroomlab.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.showroomlab.app.embedded.EmbeddedJob;

/** {@code SCRIPT BROKERS}: a job in Flink SQL over the topics up to their present end. */
final class LiveSql {
    private LiveSql() {}

    /** A failure is to be seen, not to be tried again. */
    private static Configuration configuration(Path checkpoints) {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        return configuration;
    }

    public static void main(String[] arguments) throws Exception {
        Path checkpoints = Files.createTempDirectory("showroom-bench-checkpoints-");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(2, configuration(checkpoints));
        // As often as the job that it is compared with.
        env.enableCheckpointing(EmbeddedJob.CHECKPOINT_MILLIS);
        StreamTableEnvironment tables = StreamTableEnvironment.create(env);
        String[] statements = Files.readString(Path.of(arguments[0]))
                .replaceAll("(?m)^--.*$", "")
                .replace("@BROKERS@", arguments[1])
                .split(";\\s*\\n");
        Stopwatch start = Stopwatch.start();
        Stopwatch[] consuming = {start};
        Thread watcher = new Thread(() -> {
            try {
                consuming[0] = Consumed.whenMoreThan(0);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        watcher.setDaemon(true);
        watcher.start();
        for (String statement : statements) {
            if (!statement.isBlank()) {
                tables.executeSql(statement).await();
            }
        }
        watcher.join();
        consuming[0].print("consuming");
        start.print("job");
        BrokerProcess.delete(checkpoints);
        System.exit(0);
    }
}
