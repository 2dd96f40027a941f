package org.showroomlab.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.showroomlab.app.broker.ShowroomTopics;
import org.showroomlab.app.embedded.EmbeddedBroker;

/** A Kafka broker as a child process, with the platform's topics; its log is gone when it is closed. */
final class BrokerProcess implements AutoCloseable {
    private static final String ADDRESS = "broker: ";

    private final Process process;
    private final Path folder;
    private final String brokers;

    private BrokerProcess(Process process, Path folder, String brokers) {
        this.process = process;
        this.folder = folder;
        this.brokers = brokers;
    }

    static BrokerProcess start() throws IOException {
        Path folder = Files.createTempDirectory("showroom-bench-broker-");
        Process process = new ProcessBuilder(Child.java(List.of("-Xmx1g"), BrokerProcess.class, folder.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        String line = reader.readLine();
        while (line != null && !line.startsWith(ADDRESS)) {
            line = reader.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("the broker did not start");
        }
        String brokers = line.substring(ADDRESS.length());
        ShowroomTopics.createOn(brokers);
        return new BrokerProcess(process, folder, brokers);
    }

    String brokers() {
        return brokers;
    }

    /** The child: lives until its input ends, so it never outlives its parent. */
    public static void main(String[] arguments) throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(Path.of(arguments[0]))) {
            System.out.println(ADDRESS + broker.brokers());
            System.out.flush();
            while (System.in.read() >= 0) {
                // only its end says something
            }
        }
        System.exit(0);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        process.waitFor();
        delete(folder);
    }

    static void delete(Path folder) throws IOException {
        List<Path> deepestFirst = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(deepestFirst::add);
        }
        for (Path each : deepestFirst) {
            Files.deleteIfExists(each);
        }
    }
}
