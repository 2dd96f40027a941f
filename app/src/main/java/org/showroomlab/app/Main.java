package org.showroomlab.app;

import org.showroomlab.app.cli.ShowroomCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where {@code ./showroom} starts. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] arguments) {
        // The console is for people: what dies in the background is told to the log.
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> LOG.error("{} died", thread.getName(), e));
        System.exit(ShowroomCommand.execute(arguments));
    }
}
