package org.showroomlab.bench;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** How many records the Kafka consumers of this process have taken, from their own metrics. */
final class Consumed {
    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    private Consumed() {}

    static long records() {
        try {
            double sum = 0;
            for (ObjectName name : BEANS.queryNames(
                    new ObjectName("kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*"), null)) {
                if (!name.getKeyProperty("client-id").contains(ResultsWatch.CLIENT)
                        && BEANS.getAttribute(name, "records-consumed-total") instanceof Double count
                        && !count.isNaN()) {
                    sum += count;
                }
            }
            return (long) sum;
        } catch (JMException e) {
            return 0; // a consumer has just gone
        }
    }

    /** Waits for the first record beyond so many, and starts a watch as of the last look before it. */
    static Stopwatch whenMoreThan(long before) throws InterruptedException {
        Stopwatch watch = Stopwatch.start();
        while (records() <= before) {
            watch = Stopwatch.start();
            Thread.sleep(2);
        }
        return watch;
    }
}
