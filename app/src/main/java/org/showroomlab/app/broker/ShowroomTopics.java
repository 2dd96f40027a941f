package org.showroomlab.app.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.showroomlab.ingest.event.EventType;
import org.showroomlab.jobs.source.ResultSinks;

/** The topics of the platform. */
public final class ShowroomTopics {
    private static final int PARTITIONS = 2;

    /** A job that starts anew counts from the beginning: events that brokers had deleted by then would be missing. */
    private static final String FOREVER = "-1";

    private static final int ANSWER_SECONDS = 15;

    private ShowroomTopics() {}

    /**
     * Makes the topics that are not there yet; those that are stay as they are.
     *
     * @throws BrokerUnavailable when the brokers do not answer or refuse
     */
    public static void createOn(String brokers) {
        String millis = Long.toString(TimeUnit.SECONDS.toMillis(ANSWER_SECONDS));
        try (Admin admin = Admin.create(
                Map.of("bootstrap.servers", brokers, "default.api.timeout.ms", millis, "request.timeout.ms", millis))) {
            Set<String> present = admin.listTopics().names().get(ANSWER_SECONDS, TimeUnit.SECONDS);
            List<NewTopic> missing =
                    all().stream().filter(t -> !present.contains(t.name())).toList();
            for (var made : admin.createTopics(missing).values().values()) {
                await(made);
            }
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw BrokerUnavailable.at(brokers, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the topics were made", e);
        }
    }

    private static void await(java.util.concurrent.Future<Void> made)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            made.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            // Somebody else may have made it in the meantime.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static List<NewTopic> all() {
        List<NewTopic> topics = new ArrayList<>();
        for (EventType type : EventType.values()) {
            topics.add(topic(type.topic(), PARTITIONS, Map.of("retention.ms", FOREVER)));
        }
        String largest = Integer.toString(ResultSinks.MAX_MESSAGE_BYTES);
        topics.add(
                topic(ResultSinks.RESULTS_TOPIC, 1, Map.of("cleanup.policy", "compact", "max.message.bytes", largest)));
        topics.add(topic(
                ResultSinks.DEAD_LETTERS_TOPIC, 1, Map.of("retention.ms", FOREVER, "max.message.bytes", largest)));
        return topics;
    }

    /** How often it is kept is the brokers' own default. */
    private static NewTopic topic(String name, int partitions, Map<String, String> settings) {
        return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings);
    }
}
