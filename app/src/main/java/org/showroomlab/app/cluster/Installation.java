package org.showroomlab.app.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where this program's parts are: what other processes of it are started with. */
public final class Installation {
    private static final String HOME = System.getProperty("showroom.home", ".");
    private static final int JDK_WITH_NATIVE_WARNINGS = 24;

    private Installation() {}

    public static Path home() {
        return Path.of(HOME).toAbsolutePath().normalize();
    }

    /** The jar that is handed to a Flink cluster. */
    static Path jobJar() {
        return present(home().resolve("jobs/target/showroom-jobs.jar"));
    }

    /** A Flink process: its class path is Flink alone, jobs bring their own. */
    static List<String> flink(List<String> jvm, Path logConfiguration, String log, String mainClass) {
        List<String> command = java(jvm);
        for (String module :
                List.of("lang", "util", "util.concurrent", "util.concurrent.atomic", "net", "nio", "time")) {
            command.add("--add-opens=java.base/java." + module + "=ALL-UNNAMED");
        }
        command.add("-Dlog4j.configurationFile=" + logConfiguration.toUri());
        command.add("-Dlog.file=" + log);
        command.add("-cp");
        command.add(present(home().resolve("recovery/target/lib")) + "/*");
        command.add(mainClass);
        return command;
    }

    /** A process of this program. */
    static List<String> own(List<String> jvm, Path logs, Class<?> mainClass) {
        List<String> command = java(jvm);
        command.add("-Dshowroom.home=" + home());
        command.add("-Dshowroom.log.dir=" + logs);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass.getName());
        return command;
    }

    private static List<String> java(List<String> jvm) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        if (Runtime.version().feature() >= JDK_WITH_NATIVE_WARNINGS) {
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        return command;
    }

    private static Path present(Path path) {
        if (!Files.exists(path)) {
            throw new ClusterFailed("there is no " + path + "; ./showroom cluster and ./showroom submit build it");
        }
        return path;
    }
}
