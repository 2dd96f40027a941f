package org.showroomlab.app;

import org.showroomlab.app.cli.ShowroomCommand;

/** Where {@code ./showroom} starts. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(ShowroomCommand.execute(arguments));
    }
}
