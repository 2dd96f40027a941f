package org.showroomlab.app.cluster;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What a cluster was set up with; kept in its folder, so that a process that is started again is the same one.
 *
 * @param brokerPort of Kafka's clients
 * @param controllerPort of Kafka's controller
 * @param restPort of Flink's REST interface and its pages
 * @param state where keyed state lives unless a job says otherwise
 * @param slots per task manager
 */
public record ClusterSettings(int brokerPort, int controllerPort, int restPort, StateBackend state, int slots) {
    public static final String HOST = "127.0.0.1";
    public static final int TASK_MANAGERS = 2;

    private static final int HIGHEST_PORT = 65_535;
    private static final int MOST_SLOTS = 64;

    /** Where keyed state lives. */
    public enum StateBackend {
        HEAP("hashmap"),
        ROCKSDB("rocksdb");

        private final String flinkName;

        StateBackend(String flinkName) {
            this.flinkName = flinkName;
        }

        public String flinkName() {
            return flinkName;
        }
    }

    public ClusterSettings {
        requireBetween("the broker's port", brokerPort, 1, HIGHEST_PORT);
        requireBetween("the controller's port", controllerPort, 1, HIGHEST_PORT);
        requireBetween("the REST port", restPort, 1, HIGHEST_PORT);
        requireBetween("slots", slots, 1, MOST_SLOTS);
        if (brokerPort == controllerPort || brokerPort == restPort || controllerPort == restPort) {
            throw new IllegalArgumentException("the ports of the broker, its controller and Flink's REST interface are "
                    + brokerPort + ", " + controllerPort + " and " + restPort + "; allowed: three different ones");
        }
    }

    public String brokers() {
        return HOST + ":" + brokerPort;
    }

    public String rest() {
        return HOST + ":" + restPort;
    }

    void write(Path file) {
        Properties properties = new Properties();
        properties.setProperty("broker.port", Integer.toString(brokerPort));
        properties.setProperty("controller.port", Integer.toString(controllerPort));
        properties.setProperty("rest.port", Integer.toString(restPort));
        properties.setProperty("state", state.name());
        properties.setProperty("slots", Integer.toString(slots));
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        } catch (IOException e) {
            throw new ClusterFailed("the folder " + file.getParent() + " cannot be written", e);
        }
    }

    static ClusterSettings read(Path file) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ClusterSettings(
                Integer.parseInt(properties.getProperty("broker.port")),
                Integer.parseInt(properties.getProperty("controller.port")),
                Integer.parseInt(properties.getProperty("rest.port")),
                StateBackend.valueOf(properties.getProperty("state")),
                Integer.parseInt(properties.getProperty("slots")));
    }

    private static void requireBetween(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " is " + value + "; allowed: " + least + " to " + most);
        }
    }
}
