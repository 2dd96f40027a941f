package org.showroomlab.app.live;

import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.simulate.Delivery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends deliveries to their topics in order, a long time squeezed into a short one. */
public final class DeliveryReplay {
    /** As fast as the broker takes them. */
    public static final double WITHOUT_PAUSES = Double.POSITIVE_INFINITY;

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryReplay.class);
    private static final int REPORT_EVERY = 500;

    /** How long brokers may be away before a record counts as refused. */
    public static final Duration PATIENCE = Duration.ofMinutes(10);

    /**
     * Topics judge compressed records, so a long line may get in. One that is longer than this could not leave the job
     * again: as a dead letter it needs a third more, and {@link
     * org.showroomlab.jobs.source.ResultSinks#MAX_MESSAGE_BYTES} is the end.
     */
    private static final int MAX_REQUEST_BYTES = 5 << 20;

    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final String brokers;
    private final double speed;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicReference<@Nullable Exception> firstRefusal = new AtomicReference<>();
    private volatile boolean stopped;

    /** When the brokers answered last, or were first asked for what they have not answered. */
    private volatile long waitingSinceNanos;

    /** A replay in which this many milliseconds of the deliveries' time pass per millisecond. */
    public DeliveryReplay(String brokers, double speed) {
        this.brokers = brokers;
        this.speed = speed;
    }

    /**
     * Sends all, or until {@link #stop}, and returns when each has arrived or been refused.
     *
     * @param progress is told how many are sent and the delivery time of the last
     * @return how many were sent, those that were {@link #refused} included
     */
    public long send(Iterator<Delivery> deliveries, BiConsumer<Long, Long> progress) {
        long startedNanos = System.nanoTime();
        long firstMillis = Long.MIN_VALUE;
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            while (deliveries.hasNext() && !stopped) {
                Delivery delivery = deliveries.next();
                if (firstMillis == Long.MIN_VALUE) {
                    firstMillis = delivery.deliveredAtMillis();
                }
                awaitTurn(delivery.deliveredAtMillis() - firstMillis, startedNanos);
                send(producer, delivery);
                if (sent.get() % REPORT_EVERY == 0) {
                    progress.accept(sent.get(), delivery.deliveredAtMillis());
                }
            }
        }
        return sent.get();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
    private void send(KafkaProducer<byte[], byte[]> producer, Delivery delivery) {
        String topic = delivery.topic().topic();
        // A record without a key is spread over the partitions; all that have an empty one would go to the same.
        byte[] key = delivery.key().length == 0 ? null : delivery.key();
        if (sent.getAndIncrement() == answered.get()) {
            waitingSinceNanos = System.nanoTime();
        }
        producer.send(new ProducerRecord<>(topic, key, delivery.value()), (metadata, failure) -> {
            waitingSinceNanos = System.nanoTime();
            answered.incrementAndGet();
            if (failure != null) {
                LOG.error("an event did not reach topic {}", topic, failure);
                refused.incrementAndGet();
                firstRefusal.compareAndSet(null, failure);
            }
        });
    }

    /** How many were sent so far, those that were {@link #refused} included. */
    public long sent() {
        return sent.get();
    }

    /** For how long brokers have been asked without an answer. */
    public Duration unanswered() {
        return sent.get() == answered.get()
                ? Duration.ZERO
                : Duration.ofNanos(Math.max(0, System.nanoTime() - waitingSinceNanos));
    }

    /** How many the brokers did not take, whatever was tried. */
    public long refused() {
        return refused.get();
    }

    /** Why the first of them was not taken. */
    public Optional<Exception> firstRefusal() {
        return Optional.ofNullable(firstRefusal.get());
    }

    /** Lets {@link #send} return soon; what was sent before arrives. */
    public void stop() {
        stopped = true;
    }

    private void awaitTurn(long sinceFirstMillis, long startedNanos) {
        long dueNanos = startedNanos + (long) (TimeUnit.MILLISECONDS.toNanos(sinceFirstMillis) / speed);
        long wait = dueNanos - System.nanoTime();
        // Below a few milliseconds a pause costs more than it paces.
        while (wait > 5_000_000 && !stopped) {
            LockSupport.parkNanos(Math.min(wait, LONGEST_PAUSE_NANOS));
            wait = dueNanos - System.nanoTime();
        }
    }

    /** Idempotent, so that what is sent again after a broker died stands in its topic once. */
    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        brokers,
                        "linger.ms",
                        "10",
                        "compression.type",
                        "lz4",
                        "acks",
                        "all",
                        "enable.idempotence",
                        "true",
                        "delivery.timeout.ms",
                        Long.toString(PATIENCE.toMillis()),
                        "max.block.ms",
                        Long.toString(PATIENCE.toMillis()),
                        "max.request.size",
                        Integer.toString(MAX_REQUEST_BYTES)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
