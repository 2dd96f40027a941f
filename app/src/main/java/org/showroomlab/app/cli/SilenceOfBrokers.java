package org.showroomlab.app.cli;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.showroomlab.app.live.DeliveryReplay;

/** Says when brokers do not answer a replay, which goes on when they do, and when they answer again. */
final class SilenceOfBrokers {
    private static final Duration WORTH_SAYING = Duration.ofSeconds(5);

    private final DeliveryReplay replay;
    private final String brokers;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(r -> {
        Thread thread = new Thread(r, "brokers");
        thread.setDaemon(true);
        return thread;
    });
    private boolean said;

    private SilenceOfBrokers(DeliveryReplay replay, String brokers) {
        this.replay = replay;
        this.brokers = brokers;
    }

    /** Runs the work, which sends by the replay. */
    @SuppressWarnings("FutureReturnValueIgnored") // nothing waits for it
    static void saidDuring(DeliveryReplay replay, String brokers, Runnable work) {
        SilenceOfBrokers silence = new SilenceOfBrokers(replay, brokers);
        silence.looks.scheduleWithFixedDelay(silence::look, 1, 1, TimeUnit.SECONDS);
        try {
            work.run();
        } finally {
            silence.looks.shutdownNow();
        }
    }

    private void look() {
        boolean silent = replay.unanswered().compareTo(WORTH_SAYING) > 0;
        if (silent == said) {
            return;
        }
        said = silent;
        System.err.println("showroom: " + brokers
                + (silent
                        ? " does not answer; the replay goes on when it does, within "
                                + DeliveryReplay.PATIENCE.toMinutes() + " minutes"
                        : " answers again"));
    }
}
