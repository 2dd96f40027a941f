package org.showroomlab.ingest.experiment;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.AttributeValue;
import org.showroomlab.ingest.event.Event;
import org.showroomlab.ingest.event.EventField;

/** A conjunction of conditions, each "this field has one of these values"; an event without the field does not match. */
public record Filter(List<Condition> conditions) {
    public static final Filter ALL = new Filter(List.of());

    public Filter {
        conditions = List.copyOf(conditions);
    }

    /** The order of conditions means nothing. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Filter filter && Set.copyOf(conditions).equals(Set.copyOf(filter.conditions));
    }

    @Override
    public int hashCode() {
        return Set.copyOf(conditions).hashCode();
    }

    /**
     * One field and the values it may have.
     *
     * @param texts the allowed values as text
     * @param numbers those that are numbers, without trailing zeros, for numeric fields
     */
    public record Condition(EventField field, Set<String> texts, Set<BigDecimal> numbers) {
        public Condition {
            texts = Set.copyOf(texts);
            numbers = Set.copyOf(numbers);
        }

        boolean matches(Event event) {
            return accepts(field.read(event));
        }

        private boolean accepts(@Nullable Object value) {
            if (value instanceof String text) {
                return texts.contains(text);
            }
            if (value instanceof Long scaled) {
                return numbers.contains(
                        BigDecimal.valueOf(scaled, field.scale()).stripTrailingZeros());
            }
            if (value instanceof Boolean flag) {
                return texts.contains(flag.toString());
            }
            if (value instanceof AttributeValue.Text text) {
                return texts.contains(text.value());
            }
            return value instanceof AttributeValue.Numeric number
                    && numbers.contains(number.value().stripTrailingZeros());
        }
    }

    public boolean matches(Event event) {
        for (Condition condition : conditions) {
            if (!condition.matches(event)) {
                return false;
            }
        }
        return true;
    }

    /** This filter with the conditions on the other's fields replaced by the other's. */
    public Filter overriddenBy(Filter other) {
        List<Condition> merged = new ArrayList<>(other.conditions);
        for (Condition condition : conditions) {
            if (other.conditions.stream()
                    .noneMatch(c -> c.field().name().equals(condition.field().name()))) {
                merged.add(condition);
            }
        }
        return new Filter(merged);
    }
}
