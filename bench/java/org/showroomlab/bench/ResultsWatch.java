package org.showroomlab.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.ResultCodec;
import org.showroomlab.jobs.source.ResultSinks;

/** Sees from the results topic when everything that was received has also become an answer. */
final class ResultsWatch implements AutoCloseable {
    static final String CLIENT = "bench-watch";

    private final KafkaConsumer<byte[], byte[]> consumer;
    private static final String ACCOUNTING = ResultCodec.DEFAULT_JOB + "\u001fa\u001f";

    private final Map<String, AccountingRow> rows = new HashMap<>();

    /** Looks only at what is written from now on. */
    ResultsWatch(String brokers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "client.id", CLIENT, "max.poll.records", "20000"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> results = List.of(new TopicPartition(ResultSinks.RESULTS_TOPIC, 0));
        consumer.assign(results);
        consumer.seekToEnd(results);
        consumer.position(results.get(0));
    }

    /** Waits until so many events were received and every one of them is accounted for. */
    void awaitReceived(long events) {
        while (received() < events || accounted() < received()) {
            poll();
        }
    }

    /** Waits until so many events are accounted for, whatever is under way. */
    void awaitAccounted(long events) {
        while (accounted() < events) {
            poll();
        }
    }

    private void poll() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
            if (isAccounting(record.key()) && ResultCodec.decode(record.value()) instanceof AccountingRow row) {
                rows.put(row.source(), row);
            }
        }
    }

    /** Told by the key, because to decode all rows would cost the job its processor. */
    private static boolean isAccounting(byte[] key) {
        return new String(key, StandardCharsets.UTF_8).startsWith(ACCOUNTING);
    }

    private long received() {
        return rows.values().stream().mapToLong(AccountingRow::received).sum();
    }

    private long accounted() {
        return rows.values().stream()
                .mapToLong(row -> row.counted() + row.inNoExperiment() + row.duplicates() + row.deadLettered())
                .sum();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
