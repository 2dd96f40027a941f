package org.showroomlab.ingest.event;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The four kinds of event, each with its name on the wire and the Kafka topic that carries it. */
public enum EventType {
    VISIT("visit", "visits"),
    CACHE_TIMING("cache_timing", "cache-timings"),
    PURCHASE("purchase", "purchases"),
    STOCK("stock", "stock");

    private final String wireName;
    private final String topic;

    EventType(String wireName, String topic) {
        this.wireName = wireName;
        this.topic = topic;
    }

    public String wireName() {
        return wireName;
    }

    public String topic() {
        return topic;
    }

    public static Optional<EventType> ofWireName(String name) {
        return Arrays.stream(values()).filter(t -> t.wireName.equals(name)).findFirst();
    }

    /** All names on the wire, for messages that say what is allowed. */
    public static String allowedNames() {
        return Arrays.stream(values()).map(EventType::wireName).collect(Collectors.joining(", "));
    }
}
