package org.showroomlab.app.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One process of the cluster: how it is started and whether it is there.
 *
 * @param name also that of its log and of its file under {@code processes/}
 * @param command put together only when it is started: asking and ending must work without what starting needs
 */
record ClusterProcess(String name, Supplier<List<String>> command, Path logs, ProcessRecord record) {
    static ClusterProcess of(String name, Supplier<List<String>> command, ClusterFolder folder) {
        return new ClusterProcess(
                name,
                command,
                folder.logs(),
                new ProcessRecord(folder.processes().resolve(name)));
    }

    Optional<ProcessHandle> running() {
        return record.running();
    }

    /** A process that nobody can find again must not go on. */
    private void writeDown(Process process) {
        try {
            record.write(process.toHandle());
        } catch (RuntimeException e) {
            process.destroy();
            throw e;
        }
    }

    /** Starts it so that it outlives this process and the terminal. */
    ProcessHandle start() {
        List<String> detached = new ArrayList<>();
        detached.add("nohup");
        detached.addAll(command.get());
        Path console = logs.resolve(name + ".out");
        try {
            Process process = new ProcessBuilder(detached)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()))
                    .start();
            writeDown(process);
            return process.toHandle();
        } catch (IOException | ClusterFailed e) {
            throw new ClusterFailed(
                    "the process " + name + " cannot be started: " + e.getMessage() + "; what it said is in " + console,
                    e);
        }
    }
}
