package org.showroomlab.reports.web;

import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.showroomlab.reports.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells open pages that something changed, at most twice a second however often it does. */
final class LiveStream implements AutoCloseable {
    static final String CONTENT_TYPE = "text/event-stream;charset=UTF-8";
    private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);
    private static final long GAP_MILLIS = 500;
    private static final long HEARTBEAT_SECONDS = 15;

    private final Set<SseClient> clients = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean pending = new AtomicBoolean();
    private final ScheduledExecutorService sender =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("live-stream"));
    private final Store store;
    private long revision;
    private String saidOfResults = "{}";

    LiveStream(Store store) {
        this.store = store;
        // Silence would let proxies and the server itself close the connection.
        var unused = sender.scheduleAtFixedRate(
                () -> tell(client -> client.sendComment("still here")),
                HEARTBEAT_SECONDS,
                HEARTBEAT_SECONDS,
                TimeUnit.SECONDS);
    }

    /**
     * Answers with the stream, whatever the request says that it accepts: the server's own handler answers with nothing
     * when it does not name the type of the stream, and only browsers do.
     */
    void stream(Context ctx) throws IOException {
        HttpServletResponse response = ctx.res();
        response.setContentType(CONTENT_TYPE);
        response.setHeader("Connection", "close");
        response.setHeader("X-Accel-Buffering", "no");
        response.flushBuffer();
        ctx.async(task -> task.timeout = 0, () -> connect(new SseClient(ctx)));
    }

    private void connect(SseClient client) {
        client.keepAlive();
        client.onClose(() -> clients.remove(client));
        clients.add(client);
        tell(client, each -> each.sendEvent("results", results()));
    }

    /** Whether results come, for the reader to know how old a page may be. */
    private String results() {
        return store.mayChange()
                ? store.interruption()
                        .map(stop -> "{\"interrupted_since\":\"" + stop.since() + "\"}")
                        .orElse("{}")
                : "{\"live\":false}";
    }

    private void tell(Consumer<SseClient> message) {
        clients.forEach(client -> tell(client, message));
    }

    /** One page that cannot be told must not keep the others from it. */
    private void tell(SseClient client, Consumer<SseClient> message) {
        try {
            message.accept(client);
        } catch (RuntimeException e) {
            LOG.debug("a page could not be told", e);
            clients.remove(client);
        }
    }

    int size() {
        return clients.size();
    }

    /** Returns at once; changes within half a second become one message. */
    void publishChange() {
        if (pending.compareAndSet(false, true)) {
            try {
                var unused = sender.schedule(this::send, GAP_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("a change came while closing");
            }
        }
    }

    private void send() {
        // Cleared first: a change during the sending must cause another message.
        pending.set(false);
        revision++;
        String results = results();
        if (!results.equals(saidOfResults)) {
            saidOfResults = results;
            tell(client -> client.sendEvent("results", results));
        }
        String change = "{\"revision\":" + revision + "}";
        tell(client -> client.sendEvent("change", change));
    }

    @Override
    public void close() {
        sender.shutdownNow();
        clients.forEach(SseClient::close);
    }
}
