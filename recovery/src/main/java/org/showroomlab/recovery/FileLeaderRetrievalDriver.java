package org.showroomlab.recovery;

import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.runtime.leaderelection.LeaderInformation;
import org.apache.flink.runtime.leaderretrieval.LeaderRetrievalDriver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks several times a second who leads a component. */
final class FileLeaderRetrievalDriver implements LeaderRetrievalDriver {
    private static final Logger LOG = LoggerFactory.getLogger(FileLeaderRetrievalDriver.class);
    private static final long LOOK_MILLIS = 200;

    private final LeaderFiles leaders;
    private final String component;
    private final Consumer<LeaderInformation> handler;
    private final ScheduledFuture<?> looking;
    private LeaderInformation last = LeaderInformation.empty();

    FileLeaderRetrievalDriver(
            LeaderFiles leaders,
            String component,
            Consumer<LeaderInformation> handler,
            ScheduledExecutorService polling) {
        this.leaders = leaders;
        this.component = component;
        this.handler = handler;
        this.looking = polling.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            LeaderInformation now = leaders.read(component);
            if (!now.equals(last)) {
                last = now;
                handler.accept(now);
            }
        } catch (IOException | RuntimeException e) {
            // An exception would end the looking; the file is read again soon.
            LOG.warn("the leader of {} could not be read", component, e);
        }
    }

    @Override
    public void close() {
        looking.cancel(false);
    }
}
