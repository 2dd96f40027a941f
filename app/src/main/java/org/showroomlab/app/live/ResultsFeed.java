package org.showroomlab.app.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.showroomlab.jobs.results.ResultCodec;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.source.ResultSinks;
import org.showroomlab.reports.store.ResultPartition;
import org.showroomlab.reports.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the {@code results} topic into a store. The store keeps the offsets with the rows, so this goes on exactly where
 * the stored rows end, whatever happened to the process.
 */
public final class ResultsFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResultsFeed.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration STOP = Duration.ofSeconds(20);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Store store;
    private final Thread thread;

    private ResultsFeed(String brokers, Store store) {
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", brokers,
                        "enable.auto.commit", "false",
                        "max.poll.records", "20000",
                        "default.api.timeout.ms", "20000"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.store = store;
        this.thread = new Thread(this::feed, "results-feed");
    }

    /**
     * Starts reading.
     *
     * @throws org.apache.kafka.common.KafkaException when the brokers do not answer
     */
    public static ResultsFeed start(String brokers, Store store) {
        ResultsFeed feed = new ResultsFeed(brokers, store);
        try {
            feed.assign();
        } catch (RuntimeException e) {
            feed.consumer.close();
            throw e;
        }
        feed.thread.start();
        return feed;
    }

    private void assign() {
        List<TopicPartition> partitions = consumer.partitionsFor(ResultSinks.RESULTS_TOPIC).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(partitions);
        Map<ResultPartition, Long> offsets = store.offsets();
        for (TopicPartition partition : partitions) {
            Long stored = offsets.get(new ResultPartition(partition.topic(), partition.partition()));
            if (stored == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, stored);
            }
        }
    }

    private void feed() {
        try (consumer) {
            while (!Thread.currentThread().isInterrupted()) {
                take(consumer.poll(POLL));
            }
        } catch (WakeupException e) {
            LOG.debug("stopping", e);
        } catch (RuntimeException e) {
            LOG.error("the results feed stopped", e);
        }
    }

    private void take(ConsumerRecords<byte[], byte[]> records) {
        if (records.isEmpty()) {
            return;
        }
        Map<String, ResultRow> newest = new LinkedHashMap<>();
        Map<ResultPartition, Long> next = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            next.put(new ResultPartition(record.topic(), record.partition()), record.offset() + 1);
            if (record.value() != null) {
                ResultRow row = ResultCodec.decode(record.value());
                newest.put(row.rowKey(), row);
            }
        }
        store.apply(new ArrayList<>(newest.values()), next);
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
