package org.showroomlab.app.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;
import kafka.Kafka;
import org.apache.kafka.common.utils.Utils;
import org.showroomlab.app.broker.BrokerFolder;

/** A broker as a process of its own: makes its folder ready when it is new, then is Kafka. */
final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] arguments) throws IOException {
        Properties settings = Utils.loadProps(arguments[0]);
        BrokerFolder.format(Path.of(settings.getProperty("log.dirs")));
        Kafka.main(arguments);
    }
}
