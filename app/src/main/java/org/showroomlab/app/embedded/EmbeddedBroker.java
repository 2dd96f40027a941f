package org.showroomlab.app.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.showroomlab.app.broker.BrokerFolder;
import org.showroomlab.app.broker.BrokerSettings;

/** A real Kafka broker (KRaft, one node) in this process, on loopback ports of its own. */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Formats the folder, starts a broker on it and returns when it takes requests. */
    public static EmbeddedBroker start(Path folder) {
        int[] ports = freePorts();
        BrokerFolder.format(folder);
        KafkaRaftServer server =
                new KafkaRaftServer(new KafkaConfig(BrokerSettings.of(folder, ports[0], ports[1]), false), Time.SYSTEM);
        server.startup();
        return new EmbeddedBroker(server, ports[0]);
    }

    public String brokers() {
        return HOST + ":" + port;
    }

    private static int[] freePorts() {
        InetAddress host = InetAddress.getLoopbackAddress();
        try (ServerSocket a = new ServerSocket(0, 1, host);
                ServerSocket b = new ServerSocket(0, 1, host)) {
            return new int[] {a.getLocalPort(), b.getLocalPort()};
        } catch (IOException e) {
            throw new IllegalStateException("no free port on loopback", e);
        }
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
