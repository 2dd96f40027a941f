package org.showroomlab.ingest.experiment;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.event.EventType;

/**
 * What one side of a metric adds up: the value of the matching events.
 *
 * @param where events that add; the empty filter matches all
 * @param subtract events that take away instead ({@code where} with its fields replaced by those under
 *     {@code subtract}); {@code null}: none
 * @param value the field that is summed; {@code null}: 1 per event
 */
public record Measure(
        Set<EventType> events,
        Filter where,
        @Nullable Filter subtract,
        @Nullable EventField value) {
    public Measure {
        events = Set.copyOf(events);
    }

    /** Whether a unit may have less than 0: attributes are any numbers. */
    public boolean canBeNegative() {
        return subtract != null || (value != null && value.kind() == EventField.Kind.ATTRIBUTE);
    }

    /** Decimal places of the exact integers in which the values are added up. */
    public int scale() {
        return value == null ? 0 : value.scale();
    }
}
