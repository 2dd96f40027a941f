package org.showroomlab.app.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder of a cluster.
 *
 * @param root absolute
 */
public record ClusterFolder(Path root) {
    public ClusterFolder {
        root = root.toAbsolutePath().normalize();
    }

    Path settings() {
        return root.resolve("cluster.properties");
    }

    Path configuration() {
        return root.resolve("conf");
    }

    Path brokerProperties() {
        return configuration().resolve("broker.properties");
    }

    Path flinkLogging() {
        return configuration().resolve("log4j.properties");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path processes() {
        return root.resolve("processes");
    }

    Path brokerData() {
        return root.resolve("broker");
    }

    Path checkpoints() {
        return root.resolve("checkpoints");
    }

    Path savepoints() {
        return root.resolve("savepoints");
    }

    Path recovery() {
        return root.resolve("recovery");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    void create() {
        try {
            for (Path folder : List.of(
                    configuration(),
                    logs(),
                    processes(),
                    brokerData(),
                    checkpoints(),
                    savepoints(),
                    recovery(),
                    temporary())) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new ClusterFailed("the folder " + root + " cannot be written: " + e.getMessage(), e);
        }
    }
}
