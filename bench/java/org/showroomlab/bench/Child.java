package org.showroomlab.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A process whose run is measured, and the measurements that it prints itself. */
final class Child {
    /** Begins a line with a name, seconds and processor seconds. */
    static final String MARK = "measured: ";

    private static final double TICKS_PER_SECOND = 100;

    private static final long LONGEST_MINUTES = 10;

    /** What one run took. */
    record Cost(double seconds, double cpuSeconds) {}

    /** @param output all other lines */
    record Result(Cost process, Map<String, Cost> parts, List<String> output) {
        Cost part(String name) {
            Cost cost = parts.get(name);
            if (cost == null) {
                throw new IllegalStateException(
                        "the process did not tell '" + name + "': " + String.join("\n", output));
            }
            return cost;
        }
    }

    private Child() {}

    /** A Java process with the classes of this one and the product's own options. */
    static List<String> java(List<String> options, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "@" + Path.of(System.getProperty("showroom.home"), "app", "java.options"),
                "-Dshowroom.home=" + System.getProperty("showroom.home"),
                "-Dshowroom.log.level=warn",
                "-Dshowroom.log.dir=" + System.getProperty("showroom.log.dir", "logs")));
        if (Runtime.getRuntime().availableProcessors() <= 2) {
            command.add("-XX:CICompilerCount=3");
        }
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs a process to its end; a failure of it is ours. */
    static Result run(List<String> command) throws IOException, InterruptedException {
        return run(command, line -> {});
    }

    /** The same; {@code heard} gets each line of output that is no measurement, as soon as it is there. */
    static Result run(List<String> command, Consumer<String> heard) throws IOException, InterruptedException {
        double cpuBefore = childrenCpuSeconds();
        Stopwatch watch = Stopwatch.start();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        // Nothing here takes that long unless it hangs.
        process.onExit()
                .orTimeout(LONGEST_MINUTES, TimeUnit.MINUTES)
                .whenComplete((ended, late) -> process.destroyForcibly());
        Map<String, Cost> parts = new LinkedHashMap<>();
        List<String> output = new ArrayList<>();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith(MARK)) {
                    String[] words = line.substring(MARK.length()).split(" ");
                    parts.put(words[0], new Cost(Double.parseDouble(words[1]), Double.parseDouble(words[2])));
                } else {
                    output.add(line);
                    heard.accept(line);
                }
            }
        }
        int exit = process.waitFor();
        Cost cost = new Cost(watch.seconds(), childrenCpuSeconds() - cpuBefore);
        if (exit != 0) {
            throw new IllegalStateException(
                    "exit " + exit + " of " + String.join(" ", command) + "\n" + String.join("\n", output));
        }
        return new Result(cost, parts, output);
    }

    /** Of the processes that have ended; their parent reads it from the kernel, where there is a Linux one. */
    private static double childrenCpuSeconds() throws IOException {
        Path stat = Path.of("/proc/self/stat");
        if (!Files.exists(stat)) {
            return Double.NaN;
        }
        String line = Files.readString(stat);
        // The name in parentheses may hold anything; the fields after it are numbered from 3.
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[16 - 3]) + Long.parseLong(fields[17 - 3])) / TICKS_PER_SECOND;
    }
}
