package org.showroomlab.app;

import java.util.Locale;
import org.showroomlab.app.cli.ShowroomCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where {@code ./showroom} starts. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] arguments) {
        // The same figures whoever reads them: a machine's language would set other marks between thousands.
        Locale.setDefault(Locale.ROOT);
        // The console is for people: what dies in the background is told to the log.
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> LOG.error("{} died", thread.getName(), e));
        System.exit(ShowroomCommand.execute(arguments));
    }
}
