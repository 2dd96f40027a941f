package org.showroomlab.app.live;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.showroomlab.jobs.source.EventSources;

/** What the topics of events hold. */
final class EventTopics {
    private EventTopics() {}

    /**
     * How many records there are, by topic; none of a topic that is not there.
     *
     * @throws KafkaException when the brokers do not say so
     */
    static Map<String, Long> records(Admin admin) {
        Map<String, Long> records = new HashMap<>();
        Map<TopicPartition, OffsetSpec> first = new HashMap<>();
        Map<TopicPartition, OffsetSpec> end = new HashMap<>();
        admin.describeTopics(EventSources.TOPICS).topicNameValues().forEach((topic, description) -> {
            records.put(topic, 0L);
            for (TopicPartition partition : partitions(topic, description)) {
                first.put(partition, OffsetSpec.earliest());
                end.put(partition, OffsetSpec.latest());
            }
        });
        answer(admin.listOffsets(end).all())
                .forEach((partition, last) -> records.merge(partition.topic(), last.offset(), Long::sum));
        answer(admin.listOffsets(first).all())
                .forEach((partition, earliest) -> records.merge(partition.topic(), -earliest.offset(), Long::sum));
        return records;
    }

    private static List<TopicPartition> partitions(String topic, KafkaFuture<TopicDescription> description) {
        try {
            return description.get().partitions().stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return List.of();
            }
            throw failure(e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static KafkaException failure(ExecutionException e) {
        return new KafkaException(
                "the brokers do not say what the topics of events hold: " + e.getCause(), e.getCause());
    }
}
