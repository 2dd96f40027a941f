package org.showroomlab.app.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a long-running command holds: closed in reverse order, once, also on Ctrl-C. */
final class Resources implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Resources.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndClose, "stop");

    Resources() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    synchronized <T extends AutoCloseable> T add(T resource) {
        open.push(resource);
        return resource;
    }

    /** Waits until Ctrl-C. */
    void awaitStop() throws InterruptedException {
        stop.await();
    }

    boolean isStopping() {
        return stop.getCount() == 0;
    }

    private void stopAndClose() {
        stop.countDown();
        closeAll();
    }

    @Override
    public void close() {
        stop.countDown();
        closeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("already shutting down", e);
        }
    }

    private synchronized void closeAll() {
        while (!open.isEmpty()) {
            AutoCloseable next = open.pop();
            try {
                next.close();
            } catch (Exception e) {
                LOG.warn("could not close {}", next, e);
            }
        }
    }
}
