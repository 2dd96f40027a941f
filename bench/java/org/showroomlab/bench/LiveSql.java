package org.showroomlab.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/** {@code SCRIPT BROKERS}: a job in Flink SQL over the topics up to their present end. */
final class LiveSql {
    private LiveSql() {}

    public static void main(String[] arguments) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, new Configuration());
        env.enableCheckpointing(5_000);
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
        System.exit(0);
    }
}
