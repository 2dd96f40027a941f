package org.showroomlab.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A child process that sends events into the topics at a rate, so that making them takes nothing of the heap of what is
 * measured.
 */
final class LoadProcess implements AutoCloseable {
    private static final int AT_ONCE = 200;
    private static final long REPORT_EVERY_NANOS = 20_000_000;

    private final Process process;
    private final PrintWriter orders;
    private final Thread listener;
    private volatile long sent;

    private LoadProcess(Process process) {
        this.process = process;
        this.orders = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8));
        this.listener = new Thread(this::listen, "load");
        listener.start();
    }

    static LoadProcess start(String brokers, BenchEvents events) throws IOException {
        return new LoadProcess(new ProcessBuilder(Child.java(
                        List.of("-Xmx512m"),
                        LoadProcess.class,
                        brokers,
                        Long.toString(events.seed()),
                        Long.toString(events.events()),
                        Integer.toString(events.visitors()),
                        Integer.toString(events.experiments())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                sent = Long.parseLong(line);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the load stopped", e);
        }
    }

    /** How many events were handed to the producer. */
    long sent() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the load stopped");
        }
        return sent;
    }

    /** From now on so many a second, and none beyond that number. */
    void send(long perSecond, long upTo) {
        orders.println(perSecond + " " + upTo);
        orders.flush();
    }

    @Override
    public void close() throws InterruptedException {
        orders.close();
        process.waitFor();
        listener.join();
    }

    /** {@code BROKERS SEED EVENTS VISITORS EXPERIMENTS}: the child, which does not outlive its input. */
    public static void main(String[] arguments) throws Exception {
        BenchEvents events = new BenchEvents(
                Long.parseLong(arguments[1]),
                Long.parseLong(arguments[2]),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]));
        Orders orders = new Orders();
        Thread reader = new Thread(orders::read, "orders");
        reader.start();
        try (EventLoader loader = new EventLoader(arguments[0])) {
            Order order = orders.latest;
            long number = 0;
            long begun = number;
            long started = System.nanoTime();
            long reported = started;
            while (!orders.over) {
                long now = System.nanoTime();
                if (order != orders.latest) {
                    order = orders.latest;
                    begun = number;
                    started = now;
                }
                if (now - reported > REPORT_EVERY_NANOS) {
                    reported = now;
                    System.out.println(number);
                    System.out.flush();
                }
                if (number + AT_ONCE > order.upTo() || number - begun > (now - started) / 1e9 * order.perSecond()) {
                    Thread.sleep(2);
                    continue;
                }
                loader.send(events, number, number + AT_ONCE);
                number += AT_ONCE;
            }
        }
    }

    private record Order(long perSecond, long upTo) {}

    private static final class Orders {
        private volatile Order latest = new Order(0, 0);
        private volatile boolean over;

        private void read() {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String[] parts = line.split(" ", -1);
                    latest = new Order(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
                }
            } catch (IOException e) {
                throw new IllegalStateException("nobody says what to send", e);
            } finally {
                over = true;
            }
        }
    }
}
