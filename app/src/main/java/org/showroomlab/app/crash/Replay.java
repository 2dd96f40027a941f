package org.showroomlab.app.crash;

import java.util.Locale;

/** {@code ./showroom replay} of portions of a quarter, so many times as fast as it happened. */
record Replay(Showroom showroom, String brokers, double speed) {
    Process start(Portion portion) {
        return showroom.start(
                "replay",
                "replay",
                portion.events().toString(),
                "--brokers",
                brokers,
                "--speed",
                String.format(Locale.ROOT, "%.1f", speed));
    }

    void awaitSuccess(Process started) throws InterruptedException {
        showroom.requireSuccess("replay", started);
    }
}
