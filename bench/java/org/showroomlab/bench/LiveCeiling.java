package org.showroomlab.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** {@code BROKERS EVENTS}: two consumers that parse the needed fields with Jackson's streaming parser, and no more. */
final class LiveCeiling {
    private static final JsonFactory JSON = new JsonFactory();

    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong sum = new AtomicLong();
    private final String brokers;
    private final String group = UUID.randomUUID().toString();
    private final long events;

    private LiveCeiling(String brokers, long events) {
        this.brokers = brokers;
        this.events = events;
    }

    public static void main(String[] arguments) throws InterruptedException {
        LiveCeiling ceiling = new LiveCeiling(arguments[0], Long.parseLong(arguments[1]));
        Thread first = new Thread(ceiling::consume);
        Thread second = new Thread(ceiling::consume);
        first.start();
        second.start();
        Stopwatch watch = Consumed.whenMoreThan(0);
        while (ceiling.taken.get() < ceiling.events / 2) {
            Thread.sleep(1);
        }
        Stopwatch secondHalf = Stopwatch.start();
        first.join();
        second.join();
        secondHalf.print("second-half");
        watch.print("consuming");
        System.out.println("checksum " + ceiling.sum.get());
    }

    private void consume() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "group.id", group, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("visits", "purchases"));
            while (taken.get() < events) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(50));
                long hash = 0;
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    hash += parse(record.value());
                }
                sum.addAndGet(hash);
                taken.addAndGet(records.count());
            }
        }
    }

    private static long parse(byte[] event) {
        long hash = 0;
        try (JsonParser parser = JSON.createParser(event)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "type", "id", "showroom", "region", "visitor", "kind" ->
                        hash += parser.getText().hashCode();
                    case "ts", "quantity", "amount_minor" -> hash += parser.getLongValue();
                    case "exposures" -> {
                        while (parser.nextToken() == JsonToken.FIELD_NAME) {
                            hash += parser.currentName().hashCode();
                            parser.nextToken();
                            hash += parser.getText().hashCode();
                        }
                    }
                    default -> parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return hash;
    }
}
