package org.showroomlab.bench;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts deliveries into their topics, one event per message, with the visitor as the key. */
final class EventLoader implements AutoCloseable {
    private static final byte[] VISITOR = {'"', 'v', 'i', 's', 'i', 't', 'o', 'r', '"', ':', '"'};

    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final LineBuffer line = new LineBuffer(1_024);

    EventLoader(String brokers) {
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        brokers,
                        "linger.ms",
                        "10",
                        "compression.type",
                        "lz4",
                        "batch.size",
                        "65536"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void send(BenchEvents events, long from, long to) {
        for (long number = from; number < to; number++) {
            line.clear();
            events.append(number, line);
            send(Arrays.copyOf(line.bytes(), line.size() - 1));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
    void send(byte[] event) {
        String topic = event[9] == 'p' ? "purchases" : "visits";
        producer.send(new ProducerRecord<>(topic, visitor(event), event), (metadata, e) -> {
            if (e != null) {
                failure.compareAndSet(null, e);
            }
        });
    }

    private static byte[] visitor(byte[] event) {
        int at = 0;
        while (!Arrays.equals(event, at, at + VISITOR.length, VISITOR, 0, VISITOR.length)) {
            at++;
        }
        int start = at + VISITOR.length;
        int end = start;
        while (event[end] != '"') {
            end++;
        }
        return Arrays.copyOfRange(event, start, end);
    }

    /** Returns when the broker has everything. */
    void flush() {
        producer.flush();
        Exception e = failure.get();
        if (e != null) {
            throw new IllegalStateException("an event did not reach its topic", e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
