package org.showroomlab.app.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.showroomlab.ingest.event.EventType;
import org.showroomlab.jobs.source.ResultSinks;

/** The topics of the platform on a new broker. */
public final class ShowroomTopics {
    private static final int PARTITIONS = 2;

    private ShowroomTopics() {}

    public static void createOn(String brokers) {
        List<NewTopic> topics = new ArrayList<>();
        for (EventType type : EventType.values()) {
            topics.add(new NewTopic(type.topic(), PARTITIONS, (short) 1));
        }
        String largest = Integer.toString(ResultSinks.MAX_MESSAGE_BYTES);
        topics.add(new NewTopic(ResultSinks.RESULTS_TOPIC, 1, (short) 1)
                .configs(Map.of("cleanup.policy", "compact", "max.message.bytes", largest)));
        topics.add(new NewTopic(ResultSinks.DEAD_LETTERS_TOPIC, 1, (short) 1)
                .configs(Map.of("max.message.bytes", largest)));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.createTopics(topics).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topics could not be made", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the topics were made", e);
        }
    }
}
