package org.showroomlab.app.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.showroomlab.app.cluster.ClusterFailed;
import org.showroomlab.app.cluster.Installation;

/** The command {@code ./showroom} as a person calls it: processes of their own. */
final class Showroom {
    private final Path logs;

    Showroom(Path logs) {
        this.logs = logs;
    }

    /** Starts the command; what it says goes to a file of this name among the logs. */
    Process start(String name, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(Installation.home().resolve("showroom").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output(name).toFile()));
        builder.environment().put("SHOWROOM_LOG_DIR", logs.resolve(name).toString());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new ClusterFailed("./showroom cannot be started: " + e.getMessage(), e);
        }
    }

    /** Runs the command to its end. */
    void run(String name, String... arguments) throws InterruptedException {
        requireSuccess(name, start(name, arguments));
    }

    void requireSuccess(String name, Process process) throws InterruptedException {
        int code = process.waitFor();
        if (code != 0) {
            throw new ClusterFailed("./showroom " + name + " ended with " + code + "; it said: " + output(name));
        }
    }

    private Path output(String name) {
        return logs.resolve(name + ".out");
    }
}
