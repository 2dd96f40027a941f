package org.showroomlab.reports.verify;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.event.EventType;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Filter;
import org.showroomlab.ingest.experiment.Measure;
import org.showroomlab.ingest.experiment.Metric;

/**
 * How the fields that experiments name are read from the table {@code events}. A known field is a column of its name,
 * numbers in scaled units; an attribute has three columns: its text, its number in millionths, and whether it is one.
 */
final class EventColumns {
    private static final String ATTRIBUTE_PREFIX = "attributes.";
    private static final String NUMERIC = "('BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE')";

    /** Beyond these no value of an event can be equal to a number of a filter. */
    private static final BigDecimal MAX_COMPARED = new BigDecimal("1e30");

    private final Map<String, Integer> attributes = new LinkedHashMap<>();

    EventColumns(List<Experiment> experiments) {
        for (Experiment experiment : experiments) {
            experiment.countedDimensions().forEach(this::register);
            for (Metric metric : experiment.countedMetrics()) {
                measures(metric).forEach(this::register);
            }
        }
    }

    static List<Measure> measures(Metric metric) {
        Measure per = metric.per();
        return per == null ? List.of(metric.measure()) : List.of(metric.measure(), per);
    }

    private void register(Measure measure) {
        register(measure.where());
        Filter subtract = measure.subtract();
        if (subtract != null) {
            register(subtract);
        }
        EventField value = measure.value();
        if (value != null) {
            register(value);
        }
    }

    private void register(Filter filter) {
        filter.conditions().forEach(condition -> register(condition.field()));
    }

    private void register(EventField field) {
        if (field.kind() == EventField.Kind.ATTRIBUTE) {
            attributes.putIfAbsent(field.name(), attributes.size());
        }
    }

    /** The columns of all attributes that some experiment names. */
    String definitions() {
        return attributes.keySet().stream().map(this::definition).collect(Collectors.joining());
    }

    private String definition(String name) {
        String pointer = "/"
                + name.substring(ATTRIBUTE_PREFIX.length()).replace("~", "~0").replace("/", "~1");
        String type = "json_type(text, " + Sql.text("/attributes" + pointer) + ")";
        String value = "json_extract_string(attributes, " + Sql.text(pointer) + ")";
        String column = attribute(name);
        return ",\n case when " + type + " = 'VARCHAR' then " + value + " end as " + column + "_text"
                + ",\n case when " + type + " in " + NUMERIC + " then micros(" + value + ") end as " + column
                + "_number"
                + ",\n coalesce(" + type + " in " + NUMERIC + ", false) as " + column + "_is_number";
    }

    private String attribute(String name) {
        return "attribute_" + attributes.get(name);
    }

    /** The value that is added up, in scaled units; null where the event has none. */
    String value(@Nullable EventField field) {
        if (field == null) {
            return "1";
        }
        return field.kind() == EventField.Kind.ATTRIBUTE ? attribute(field.name()) + "_number" : Sql.name(field.name());
    }

    /** The value as the text of a dimension; empty where the event has none. */
    String dimensionValue(EventField field) {
        if (field.kind() == EventField.Kind.ATTRIBUTE) {
            String column = "e." + attribute(field.name());
            return "coalesce(" + column + "_text, plain(" + column + "_number), '')";
        }
        return "coalesce(e." + Sql.name(field.name()) + ", '')";
    }

    /** Whether an event is of one of the types. */
    static String isOneOf(Set<EventType> types) {
        return "type in ("
                + Sql.texts(types.stream().map(EventType::wireName).sorted().toList()) + ")";
    }

    /** Whether an event satisfies every condition; an event without a field does not. */
    String satisfies(Filter filter) {
        return filter.conditions().stream()
                .map(condition -> "coalesce(" + hasOneOf(condition) + ", false)")
                .collect(Collectors.joining(" and ", "(true and ", ")"))
                .replace("(true and )", "true");
    }

    private String hasOneOf(Filter.Condition condition) {
        EventField field = condition.field();
        return switch (field.kind()) {
            case TEXT, FLAG -> among(Sql.name(field.name()), Sql.texts(condition.texts()));
            case NUMBER -> among(Sql.name(field.name()), scaled(condition.numbers(), field.scale()));
            case ATTRIBUTE ->
                "coalesce(" + among(attribute(field.name()) + "_text", Sql.texts(condition.texts())) + ", false) or "
                        + among(attribute(field.name()) + "_number", scaled(condition.numbers(), field.scale()));
        };
    }

    private static String among(String column, String values) {
        return values.isEmpty() ? "false" : column + " in (" + values + ")";
    }

    private static String scaled(Set<BigDecimal> numbers, int scale) {
        return numbers.stream()
                .filter(number -> number.abs().compareTo(MAX_COMPARED) < 0)
                .map(number -> number.movePointRight(scale))
                .filter(number -> number.stripTrailingZeros().scale() <= 0)
                .map(number -> number.toBigIntegerExact() + "::hugeint")
                .collect(Collectors.joining(", "));
    }

    /** Whether some measure reads an attribute of the event whose number does not fit 64 bits. */
    String unreadable(List<Experiment> experiments) {
        List<String> cases = new ArrayList<>(List.of("false"));
        for (Experiment experiment : experiments) {
            for (Metric metric : experiment.countedMetrics()) {
                for (Measure measure : measures(metric)) {
                    EventField value = measure.value();
                    if (value != null && value.kind() == EventField.Kind.ATTRIBUTE) {
                        String column = attribute(value.name());
                        cases.add("(" + matches(measure) + " and " + column + "_is_number and not fits_64_bits("
                                + column + "_number))");
                    }
                }
            }
        }
        return String.join("\n or ", cases);
    }

    /** "The event's type is listed under event, and it satisfies where, or else it satisfies subtract." */
    String matches(Measure measure) {
        return isOneOf(measure.events()) + " and (" + satisfies(measure.where()) + " or " + subtracts(measure) + ")";
    }

    /** "An event that satisfies both subtracts." */
    String subtracts(Measure measure) {
        Filter subtract = measure.subtract();
        return subtract == null ? "false" : satisfies(subtract);
    }
}
