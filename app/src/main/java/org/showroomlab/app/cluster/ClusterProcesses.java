package org.showroomlab.app.cluster;

import java.util.ArrayList;
import java.util.List;

/** The processes of a cluster, in the order in which they are started. */
final class ClusterProcesses {
    static final String BROKER = "broker";
    static final String JOB_MANAGER = "job-manager";
    static final String TASK_MANAGER = "task-manager-";
    static final String SUPERVISOR = "supervisor";

    private static final int BROKER_HEAP_MB = 384;
    private static final int SUPERVISOR_HEAP_MB = 48;

    private ClusterProcesses() {}

    /** Those that do the work. */
    static List<ClusterProcess> workers(ClusterFolder folder) {
        List<ClusterProcess> all = new ArrayList<>();
        all.add(broker(folder));
        all.add(jobManager(folder));
        for (int i = 1; i <= ClusterSettings.TASK_MANAGERS; i++) {
            all.add(taskManager(folder, i));
        }
        return all;
    }

    /** The one that starts the others again when they end. */
    static ClusterProcess supervisor(ClusterFolder folder) {
        return ClusterProcess.of(SUPERVISOR, () -> supervisorCommand(folder), folder);
    }

    private static ClusterProcess broker(ClusterFolder folder) {
        return ClusterProcess.of(BROKER, () -> brokerCommand(folder), folder);
    }

    private static ClusterProcess jobManager(ClusterFolder folder) {
        return ClusterProcess.of(JOB_MANAGER, () -> jobManagerCommand(folder), folder);
    }

    private static ClusterProcess taskManager(ClusterFolder folder, int number) {
        String name = TASK_MANAGER + number;
        return ClusterProcess.of(name, () -> taskManagerCommand(folder, name), folder);
    }

    private static List<String> supervisorCommand(ClusterFolder folder) {
        List<String> command = Installation.own(
                List.of("-Xmx" + SUPERVISOR_HEAP_MB + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                folder.logs(),
                Supervisor.class);
        command.add(folder.root().toString());
        return command;
    }

    private static List<String> brokerCommand(ClusterFolder folder) {
        List<String> command = Installation.own(
                List.of("-Xmx" + BROKER_HEAP_MB + "m", "-XX:+UseSerialGC"),
                folder.logs().resolve(BROKER),
                BrokerMain.class);
        command.add(folder.brokerProperties().toString());
        return command;
    }

    private static List<String> jobManagerCommand(ClusterFolder folder) {
        List<String> command = flink(
                folder,
                JOB_MANAGER,
                List.of("-Xmx" + FlinkConfiguration.JOB_MANAGER_HEAP_MB + "m", "-XX:+UseSerialGC"),
                "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
        command.addAll(List.of("--executionMode", "cluster"));
        return command;
    }

    private static List<String> taskManagerCommand(ClusterFolder folder, String name) {
        List<String> jvm = List.of(
                "-Xms" + FlinkConfiguration.TASK_MANAGER_HEAP_MB + "m",
                "-Xmx" + FlinkConfiguration.TASK_MANAGER_HEAP_MB + "m",
                "-XX:MaxDirectMemorySize=" + FlinkConfiguration.TASK_MANAGER_DIRECT_MB + "m",
                "-XX:+UseParallelGC");
        List<String> command = flink(folder, name, jvm, "org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
        // With a lasting name, a process that is started again takes the place of the dead one at once.
        command.addAll(List.of("-D", "taskmanager.resource-id=" + name));
        return command;
    }

    private static List<String> flink(ClusterFolder folder, String name, List<String> jvm, String mainClass) {
        List<String> command = Installation.flink(
                jvm, folder.flinkLogging(), folder.logs().resolve(name + ".log").toString(), mainClass);
        command.addAll(List.of("--configDir", folder.configuration().toString()));
        return command;
    }
}
