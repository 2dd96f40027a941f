package org.showroomlab.app.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.showroomlab.jobs.source.EventSources;

/**
 * What the topics of events hold; nothing where one is not there. By offsets, so that the marks of transactions count, too.
 * Every question throws a {@link KafkaException} when the brokers do not answer it.
 */
final class EventTopics implements CatchingUp.Records {
    private static final ListOffsetsOptions COMMITTED = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);

    private final Admin admin;

    EventTopics(Admin admin) {
        this.admin = admin;
    }

    @Override
    public Map<String, Long> now(boolean withDeleted) {
        List<TopicPartition> partitions = partitions();
        return byTopic(offsets(partitions, OffsetSpec.latest()), deleted(partitions, withDeleted));
    }

    @Override
    public Map<String, Long> before(long millis, boolean withDeleted) {
        List<TopicPartition> partitions = partitions();
        Map<TopicPartition, Long> ends = new HashMap<>(offsets(partitions, OffsetSpec.latest()));
        offsets(partitions, OffsetSpec.forTimestamp(millis)).forEach((partition, offset) -> {
            // Where nothing came since, there is no such offset.
            if (offset >= 0) {
                ends.put(partition, offset);
            }
        });
        return byTopic(ends, deleted(partitions, withDeleted));
    }

    private Map<TopicPartition, Long> deleted(Collection<TopicPartition> partitions, boolean withDeleted) {
        return withDeleted ? Map.of() : offsets(partitions, OffsetSpec.earliest());
    }

    private static Map<String, Long> byTopic(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> deleted) {
        Map<String, Long> records = new HashMap<>();
        ends.forEach((partition, end) ->
                records.merge(partition.topic(), Math.max(0, end - deleted.getOrDefault(partition, 0L)), Long::sum));
        return records;
    }

    private List<TopicPartition> partitions() {
        List<TopicPartition> partitions = new ArrayList<>();
        admin.describeTopics(EventSources.TOPICS)
                .topicNameValues()
                .forEach((topic, description) -> partitions(description)
                        .forEach(partition -> partitions.add(new TopicPartition(topic, partition))));
        return partitions;
    }

    private static List<Integer> partitions(KafkaFuture<TopicDescription> description) {
        try {
            return answer(description).partitions().stream()
                    .map(partition -> partition.partition())
                    .toList();
        } catch (KafkaException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return List.of();
            }
            throw e;
        }
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> questions =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> which));
        return answer(admin.listOffsets(questions, COMMITTED).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, answer -> answer.getValue().offset()));
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "the brokers do not say what the topics of events hold: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
