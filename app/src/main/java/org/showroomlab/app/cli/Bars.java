package org.showroomlab.app.cli;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress for a person who watches; in a log file every step of it would be another line. */
final class Bars {
    private static final int UPDATE_MILLIS = 250;
    private static final int MOST_CHARACTERS = 110;

    private Bars() {}

    /** Whether a person watches: the command line tells, because only it knows where the messages go. */
    static boolean isWatched() {
        return Boolean.getBoolean("showroom.terminal");
    }

    static ProgressBarBuilder builder(String task) {
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName(task)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setMaxRenderedLength(MOST_CHARACTERS);
        return isWatched() ? builder : builder.setConsumer(new DelegatingProgressBarConsumer(line -> {}));
    }
}
