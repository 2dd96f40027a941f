package org.showroomlab.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.showroomlab.app.broker.ShowroomTopics;
import org.showroomlab.app.embedded.EmbeddedBroker;
import org.showroomlab.app.embedded.EmbeddedJob;
import org.showroomlab.app.live.ResultsFeed;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.reports.store.Store;
import org.showroomlab.reports.web.ListenAddress;
import org.showroomlab.reports.web.WebApp;

/**
 * {@code EXPERIMENTS SEED VISITORS SECONDS RATE}: event in Kafka to visible in the API, on the whole stack in this process;
 * only what sends the events is another one.
 *
 * <p>First the stack takes all that it can for a while; then half of that flows, from visitors that are known already, and
 * single events of new visitors are sent: they are visible when the report's count of units has grown by them. A rate that is
 * not 0 is taken instead of half of what was found.
 */
final class Freshness {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PARALLELISM = 2;
    private static final int WARM_SECONDS = 12;
    private static final int CEILING_SECONDS = 30;
    private static final long UNLIMITED = 1_000_000_000;
    private static final long MOST_WAITING = 2_000_000;
    private static final long PROBE_EVERY_MILLIS = 400;
    private static final long LOST_MILLIS = 60_000;

    private final URI report;
    private final HttpClient http = HttpClient.newHttpClient();

    private Freshness(int port) {
        this.report = URI.create("http://127.0.0.1:" + port + "/api/v1/experiments/" + BenchEvents.experimentId(0));
    }

    /** Whatever happens it ends: the broker's threads would keep the process alive. */
    public static void main(String[] arguments) {
        try {
            measureAll(arguments);
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void measureAll(String[] arguments) throws Exception {
        List<LoadedExperiment> experiments = ExperimentFiles.load(Path.of(arguments[0]));
        // Far more than can be sent, so that no new visitor comes but the probes.
        BenchEvents events = new BenchEvents(
                Long.parseLong(arguments[1]), 2_000_000_000_000L, 2 * Integer.parseInt(arguments[2]), 1);
        Path folder = Files.createTempDirectory("showroom-bench-freshness-");
        int port = freePort();
        try (Store store = Store.open(folder.resolve("showroom.duckdb"))) {
            store.registerExperiments(experiments);
            AutoCloseable web = WebApp.start(store, new ListenAddress("127.0.0.1", port));
            EmbeddedBroker broker = EmbeddedBroker.start(Files.createDirectory(folder.resolve("broker")));
            ShowroomTopics.createOn(broker.brokers());
            EmbeddedJob job = EmbeddedJob.start(
                    broker.brokers(), experiments, Files.createDirectory(folder.resolve("checkpoints")), PARALLELISM);
            ResultsFeed feed = ResultsFeed.start(broker.brokers(), store);
            try (LoadProcess load = LoadProcess.start(broker.brokers(), events)) {
                new Freshness(port)
                        .measure(load, broker.brokers(), Integer.parseInt(arguments[3]), Long.parseLong(arguments[4]));
            }
            feed.close();
            job.close();
            broker.close();
            web.close();
        }
        BrokerProcess.delete(folder);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void measure(LoadProcess load, String brokers, int seconds, long rate) throws Exception {
        long highest = ceiling(load);
        long half = rate > 0 ? rate : highest / 2;
        load.send(half, Long.MAX_VALUE);
        awaitCaughtUp(load, half);
        long sentBefore = load.sent();
        Stopwatch watch = Stopwatch.start();
        StallWatch stalls = new StallWatch();
        List<Double> delays = probe(brokers, seconds);
        double flowed = (load.sent() - sentBefore) / watch.seconds();
        print(delays, highest, flowed, stalls.longestSeconds());
    }

    /** What the stack takes when it is offered more, and never far more: the aim is its rate, not a full disk. */
    private long ceiling(LoadProcess load) throws Exception {
        Stopwatch warm = Stopwatch.start();
        long before = 0;
        while (before == 0 || warm.seconds() < WARM_SECONDS) { // compilers at work
            before = offerMore(load);
        }
        Stopwatch watch = Stopwatch.start();
        long after = before;
        while (watch.seconds() < CEILING_SECONDS) {
            after = offerMore(load);
        }
        return (long) ((after - before) / watch.seconds());
    }

    private long offerMore(LoadProcess load) throws Exception {
        long received = received();
        load.send(UNLIMITED, received + MOST_WAITING);
        Thread.sleep(50);
        return received;
    }

    private void awaitCaughtUp(LoadProcess load, long perSecond) throws Exception {
        Stopwatch watch = Stopwatch.start();
        while (load.sent() - received() > 3 * perSecond && watch.seconds() < 180) {
            Thread.sleep(500);
        }
        Thread.sleep(5_000);
    }

    /**
     * Seconds from the broker's acknowledgement of a new visitor's event until the report counts one more. The next is sent
     * before the last is visible; as many as the report counts are taken to be the first ones that were sent.
     */
    private List<Double> probe(String brokers, int seconds) throws Exception {
        long unitsBefore = units();
        List<Long> acknowledged = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean allSent = new AtomicBoolean();
        Thread sender = new Thread(() -> sendProbes(brokers, seconds, acknowledged, allSent), "probes");
        sender.start();
        List<Double> delays = new ArrayList<>();
        while (!allSent.get() || delays.size() < acknowledged.size()) {
            long visible = units() - unitsBefore;
            long now = System.nanoTime();
            while (delays.size() < Math.min(visible, acknowledged.size())) {
                delays.add((now - acknowledged.get(delays.size())) / 1e9);
            }
            if (delays.size() < acknowledged.size()
                    && now - acknowledged.get(delays.size()) > LOST_MILLIS * 1_000_000) {
                throw new IllegalStateException("an event did not become visible");
            }
            Thread.sleep(10);
        }
        sender.join();
        return delays;
    }

    private static void sendProbes(String brokers, int seconds, List<Long> acknowledged, AtomicBoolean allSent) {
        Stopwatch watch = Stopwatch.start();
        try (EventLoader probes = new EventLoader(brokers)) {
            while (watch.seconds() < seconds) {
                String event = String.format(
                        Locale.ROOT,
                        "{\"type\":\"visit\",\"id\":\"probe-%1$d\",\"ts\":%2$d,\"showroom\":\"showroom-1\","
                                + "\"region\":\"region-1\",\"visitor\":\"probe-%1$d\",\"exposures\":{\"%3$s\":\"p499\"}}",
                        acknowledged.size(),
                        BenchEvents.START.toEpochMilli() + 1_000,
                        BenchEvents.experimentId(0));
                probes.send(event.getBytes(StandardCharsets.UTF_8));
                probes.flush();
                acknowledged.add(System.nanoTime());
                Thread.sleep((long) (Math.random() * PROBE_EVERY_MILLIS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException("the probes stopped", e);
        } finally {
            allSent.set(true);
        }
    }

    /** Whether the machine itself stood still: how late a thread wakes up that only sleeps. */
    private static final class StallWatch {
        private volatile boolean stopped;
        private volatile double longest;
        private final Thread thread = new Thread(this::watch, "stalls");

        StallWatch() {
            thread.setDaemon(true);
            thread.start();
        }

        private void watch() {
            long before = System.nanoTime();
            while (!stopped) {
                try {
                    Thread.sleep(20);
                } catch (InterruptedException e) {
                    return;
                }
                long now = System.nanoTime();
                longest = Math.max(longest, (now - before) / 1e9);
                before = now;
            }
        }

        double longestSeconds() {
            stopped = true;
            return longest;
        }
    }

    private long received() throws Exception {
        return report().path("accounting").path("received").asLong();
    }

    private long units() throws Exception {
        long units = 0;
        for (JsonNode variant : report().path("variants")) {
            units += variant.path("units").asLong();
        }
        return units;
    }

    private JsonNode report() throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                http.send(HttpRequest.newBuilder(report).build(), HttpResponse.BodyHandlers.ofByteArray());
        return response.statusCode() == 200 ? JSON.readTree(response.body()) : JSON.createObjectNode();
    }

    private static void print(List<Double> delays, long highest, double flowed, double stall) {
        Collections.sort(delays);
        System.out.printf(
                Locale.ROOT,
                "most that the stack took: %,d events/s; under %,.0f events/s, %d probes: p50 %.2f s, p90 %.2f s, p99 %.2f s,"
                        + " max %.2f s (target p99 <= 2 s); a thread that only sleeps stood still for %.2f s at most%n",
                highest,
                flowed,
                delays.size(),
                quantile(delays, 0.5),
                quantile(delays, 0.9),
                quantile(delays, 0.99),
                quantile(delays, 1),
                stall);
    }

    private static double quantile(List<Double> sorted, double q) {
        return sorted.get((int) Math.max(0, Math.ceil(q * sorted.size()) - 1));
    }
}
