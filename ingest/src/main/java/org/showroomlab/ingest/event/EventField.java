package org.showroomlab.ingest.event;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A field of an event that experiment files may name, at the top level or as {@code attributes.x}.
 *
 * @param name as on the wire
 * @param kind what its values are
 * @param types the event types that can carry it
 * @param reader the value on an event ({@link String}, {@link Boolean}, {@link Long} scaled by {@link #scale}, or an
 *     {@link AttributeValue}); {@code null} when the event does not carry it
 * @param scale decimal places of the {@code Long}s
 */
public record EventField(
        String name, Kind kind, Set<EventType> types, Function<Event, @Nullable Object> reader, int scale) {

    /** What the values of a field are. */
    public enum Kind {
        TEXT,
        NUMBER,
        FLAG,
        /** An attribute: text on some events, a number on others. */
        ATTRIBUTE
    }

    /**
     * Whether another cache than the assigned one served a view: by what it says of a failover, or by the cache's name. It
     * follows from fields, and no event or experiment file can name it.
     */
    public static final EventField SERVED_ELSEWHERE = new EventField(
            "*served_elsewhere",
            Kind.FLAG,
            EnumSet.of(EventType.CACHE_TIMING),
            event -> isServedElsewhere((Event.CacheTiming) event),
            0);

    private static final String ATTRIBUTE_PREFIX = "attributes.";

    /** The field of that name; empty when no event has one. */
    public static Optional<EventField> named(String name) {
        if (name.startsWith(ATTRIBUTE_PREFIX) && name.length() > ATTRIBUTE_PREFIX.length()) {
            String key = name.substring(ATTRIBUTE_PREFIX.length());
            return Optional.of(new EventField(
                    name,
                    Kind.ATTRIBUTE,
                    EnumSet.allOf(EventType.class),
                    event -> event.header().attributes().get(key),
                    Decimal6.DECIMAL_PLACES));
        }
        return Arrays.stream(KnownField.values())
                .map(KnownField::field)
                .filter(f -> f.name.equals(name))
                .findFirst();
    }

    /** The names of these kinds that events of these types can carry; an attribute can be of any kind. */
    public static String allowedNames(Set<EventType> types, Set<Kind> kinds) {
        String known = Arrays.stream(KnownField.values())
                .map(KnownField::field)
                .filter(f -> kinds.contains(f.kind))
                .filter(f -> f.types.stream().anyMatch(types::contains))
                .map(EventField::name)
                .collect(Collectors.joining(", "));
        return known.isEmpty() ? ATTRIBUTE_PREFIX + "…" : known + ", " + ATTRIBUTE_PREFIX + "…";
    }

    private static boolean isServedElsewhere(Event.CacheTiming timing) {
        String servedBy = timing.servedBy();
        return Boolean.TRUE.equals(timing.failover())
                || (servedBy != null && !servedBy.isEmpty() && !servedBy.equals(timing.cache()));
    }

    public @Nullable Object read(Event event) {
        return types.contains(event.type()) ? reader.apply(event) : null;
    }

    /** Whether a number can be read from it. */
    public boolean canBeNumeric() {
        return kind == Kind.NUMBER || kind == Kind.ATTRIBUTE;
    }

    /** A name is one field; readers of attributes are made anew each time. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventField field && name.equals(field.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
