package org.showroomlab.reports.web;

import java.util.concurrent.ThreadFactory;

/** Threads that are named in a stack dump and do not keep the process alive. */
final class DaemonThreads {
    private DaemonThreads() {}

    static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
