package org.showroomlab.app.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a long-running command holds: closed in reverse order, once, also on Ctrl-C. That may come while the command still
 * starts something, which could write into a folder that is gone: so closing waits for it, for a while.
 */
final class Resources implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Resources.class);

    private static final long PATIENCE_SECONDS = 10;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    /** The command starts nothing more. */
    private final CountDownLatch idle = new CountDownLatch(1);

    private final Thread hook = new Thread(this::stopAndClose, "stop");

    Resources() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Keeps it open until the end. When that has begun already, this does not return. */
    <T extends AutoCloseable> T add(T resource) throws InterruptedException {
        synchronized (this) {
            open.push(resource);
        }
        if (isStopping()) {
            idle.countDown();
            // The process ends as soon as everything is closed.
            new CountDownLatch(1).await();
        }
        return resource;
    }

    /** Waits until Ctrl-C. */
    void awaitStop() throws InterruptedException {
        idle.countDown();
        stop.await();
    }

    boolean isStopping() {
        return stop.getCount() == 0;
    }

    private void stopAndClose() {
        stop.countDown();
        try {
            if (!idle.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("something is being started for long; the rest is closed without it");
            }
        } catch (InterruptedException e) {
            LOG.debug("closing at once", e);
        }
        closeAll();
    }

    @Override
    public void close() {
        idle.countDown();
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
