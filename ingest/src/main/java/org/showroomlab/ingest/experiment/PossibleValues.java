package org.showroomlab.ingest.experiment;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.Predicate;
import org.showroomlab.ingest.event.AllowedValues;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.event.EventType;

/**
 * The values, as text, that valid events can carry in one field.
 *
 * @param accepted whether an event can carry the value
 * @param allowed what can be carried, for a person
 */
record PossibleValues(Predicate<String> accepted, String allowed) {

    static PossibleValues of(EventField field) {
        return switch (field.name()) {
            case "type" ->
                among(Arrays.stream(EventType.values()).map(EventType::wireName).toList());
            case "kind" -> among(AllowedValues.PURCHASE_KINDS);
            case "status" -> among(AllowedValues.CACHE_STATUSES);
            case "channel" -> among(AllowedValues.CHANNELS);
            case "market" -> new PossibleValues(AllowedValues.COUNTRIES::contains, "an ISO 3166 country such as PT");
            case "currency" -> new PossibleValues(AllowedValues.CURRENCIES::contains, "an ISO 4217 code such as EUR");
            default -> ofKind(field.kind());
        };
    }

    private static PossibleValues ofKind(EventField.Kind kind) {
        return switch (kind) {
            case NUMBER -> new PossibleValues(value -> YamlReader.number(value).isPresent(), "a number");
            case FLAG -> new PossibleValues(value -> value.equals("true") || value.equals("false"), "true, false");
            case TEXT, ATTRIBUTE -> new PossibleValues(value -> true, "any text");
        };
    }

    private static PossibleValues among(Collection<String> values) {
        return new PossibleValues(
                values::contains, String.join(", ", values.stream().sorted().toList()));
    }

    boolean accepts(String value) {
        return accepted.test(value);
    }
}
