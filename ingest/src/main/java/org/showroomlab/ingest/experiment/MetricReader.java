package org.showroomlab.ingest.experiment;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.event.Decimal6;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.event.EventType;
import org.showroomlab.ingest.experiment.Experiment.UnitKind;
import org.showroomlab.ingest.experiment.Metric.Goal;
import org.showroomlab.ingest.experiment.Metric.Role;

/** Reads the metrics of an experiment file. */
final class MetricReader {
    private static final String ID_PATTERN = "[A-Za-z0-9_.-]{1,64}";
    private static final int MAX_METRICS = 500;

    private final YamlReader root;
    private final UnitKind unit;

    MetricReader(YamlReader root, UnitKind unit) {
        this.root = root;
        this.unit = unit;
    }

    List<Metric> metrics() {
        List<YamlReader> readers = root.mappings("metrics");
        if (readers.isEmpty() || readers.size() > MAX_METRICS) {
            root.problem("metrics", "needs 1 to " + MAX_METRICS + " metrics, has " + readers.size());
        }
        List<Metric> metrics = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (YamlReader reader : readers) {
            Metric metric = metric(reader);
            if (!metric.id().isEmpty() && !ids.add(metric.id())) {
                reader.problem("id", "'" + metric.id() + "' stands twice among the metrics");
            }
            metrics.add(metric);
        }
        return metrics;
    }

    private Metric metric(YamlReader reader) {
        String id = reader.parsed("id", ID_PATTERN, (text, n) -> text.matches(ID_PATTERN) ? text : null)
                .orElse("");
        if (reader.node("id").isEmpty()) {
            reader.missing("id");
        }
        Optional<Metric.Type> type = reader.choice("type", Metric.Type.class);
        if (reader.node("type").isEmpty()) {
            reader.missing("type");
        }
        Metric metric = new Metric(
                id,
                type.orElse(Metric.Type.MEAN),
                measure(reader),
                reader.mapping("per").map(this::perMeasure).orElse(null),
                windowHours(reader),
                cap(reader),
                fraction(reader, "quantile"),
                reader.decimal("at_most", "a number within ±1e12", MetricReader::isModerate)
                        .orElse(null),
                reader.decimal(
                                "margin",
                                "a number from 0 to 1",
                                v -> v.signum() >= 0 && v.compareTo(BigDecimal.ONE) <= 0)
                        .orElse(null),
                reader.choice("goal", Goal.class).orElse(Goal.INCREASE),
                reader.choice("role", Role.class).orElse(Role.SECONDARY));
        type.ifPresent(t -> checkType(reader, metric));
        reader.refuseUnknownFields();
        return metric;
    }

    private static void checkType(YamlReader reader, Metric metric) {
        Metric.Type type = metric.type();
        requireExactlyFor(reader, "per", metric.per() != null, type == Metric.Type.RATIO, "ratio");
        requireExactlyFor(reader, "quantile", metric.quantile() != null, type == Metric.Type.QUANTILE, "quantile");
        requireExactlyFor(reader, "at_most", metric.atMost() != null, type == Metric.Type.SHARE, "share");
        boolean needsValue = type == Metric.Type.QUANTILE || type == Metric.Type.SHARE;
        if (needsValue && reader.node("value").isEmpty()) {
            reader.missing("value");
        }
        if (type == Metric.Type.PROPORTION && metric.measure().value() != null) {
            reader.problem("value", "a proportion counts units with a matching event and takes no value");
        }
        if (metric.cap() != null && type != Metric.Type.MEAN) {
            reader.problem("cap", "is only for metrics of type mean");
        } else if (metric.cap() != null && metric.measure().scale() == 0 && isFraction(metric.cap())) {
            reader.problem("cap", "must be a whole number, as the values are that it bounds (counts, or minor units)");
        }
        if (metric.measure().subtract() != null && needsValue) {
            reader.problem("subtract", "is only for metrics of type mean, proportion or ratio");
        }
        if (metric.margin() != null && metric.role() != Role.GUARDRAIL) {
            reader.problem("margin", "is only for metrics with role guardrail");
        }
    }

    private static boolean isFraction(BigDecimal cap) {
        return cap.stripTrailingZeros().scale() > 0;
    }

    private static void requireExactlyFor(
            YamlReader reader, String field, boolean present, boolean wanted, String typeName) {
        if (wanted && reader.node(field).isEmpty()) {
            reader.missing(field);
        } else if (present && !wanted) {
            reader.problem(field, "is only for metrics of type " + typeName);
        }
    }

    private Measure perMeasure(YamlReader reader) {
        Measure measure = measure(reader);
        reader.refuseUnknownFields();
        return measure;
    }

    private Measure measure(YamlReader reader) {
        Set<EventType> events = events(reader);
        Filter where = filter(reader, "where", events).orElse(Filter.ALL);
        Filter subtract =
                filter(reader, "subtract", events).map(where::overriddenBy).orElse(null);
        return new Measure(events, where, subtract, value(reader, events));
    }

    private Set<EventType> events(YamlReader reader) {
        Set<EventType> events = EnumSet.noneOf(EventType.class);
        List<String> names = reader.texts("event");
        if (names.isEmpty()) {
            reader.missing("event");
        }
        for (String name : names) {
            EventType.ofWireName(name)
                    .ifPresentOrElse(
                            events::add,
                            () -> reader.problem("event", "is '" + name + "'; allowed: " + EventType.allowedNames()));
        }
        if (unit == UnitKind.VISITOR && events.equals(EnumSet.of(EventType.STOCK))) {
            reader.problem("event", "stock events have no visitor, so they cannot be an outcome of unit visitor");
        }
        return events;
    }

    private @Nullable EventField value(YamlReader reader, Set<EventType> events) {
        return reader.parsed(
                        "value",
                        EventField.allowedNames(events, EnumSet.of(EventField.Kind.NUMBER)),
                        (text, n) -> field(text, events)
                                .filter(EventField::canBeNumeric)
                                .orElse(null))
                .orElse(null);
    }

    private Optional<Filter> filter(YamlReader reader, String name, Set<EventType> events) {
        return reader.mapping(name).map(conditions -> {
            List<Filter.Condition> list = new ArrayList<>();
            for (String fieldName : conditions.fieldNames()) {
                List<String> values = conditions.texts(fieldName);
                Optional<EventField> field = field(fieldName, events);
                if (field.isEmpty()) {
                    conditions.problem(
                            fieldName,
                            "unknown field of these events; allowed: "
                                    + EventField.allowedNames(events, EnumSet.allOf(EventField.Kind.class)));
                } else if (values.isEmpty()) {
                    conditions.problem(fieldName, "needs a value or a list of values");
                } else {
                    refuseImpossible(conditions, field.get(), values);
                    list.add(condition(field.get(), values));
                }
            }
            return new Filter(list);
        });
    }

    /** A value that no event can carry would match nothing, and the metric would be 0 without a word. */
    private static void refuseImpossible(YamlReader conditions, EventField field, List<String> values) {
        PossibleValues possible = PossibleValues.of(field);
        values.stream()
                .filter(value -> !possible.accepts(value))
                .forEach(value -> conditions.problem(
                        field.name(), "is '" + value + "', which no event carries; allowed: " + possible.allowed()));
    }

    private static Filter.Condition condition(EventField field, List<String> values) {
        Set<BigDecimal> numbers = values.stream()
                .map(YamlReader::number)
                .flatMap(Optional::stream)
                .map(Decimal6::round)
                .map(BigDecimal::stripTrailingZeros)
                .collect(Collectors.toSet());
        return new Filter.Condition(field, new HashSet<>(values), numbers);
    }

    private static Optional<EventField> field(String name, Set<EventType> events) {
        return EventField.named(name)
                .filter(f -> events.isEmpty() || f.types().stream().anyMatch(events::contains));
    }

    private static OptionalInt windowHours(YamlReader reader) {
        Optional<Long> hours = reader.integer("window_hours", 1, 87_600);
        return hours.isPresent() ? OptionalInt.of(hours.get().intValue()) : OptionalInt.empty();
    }

    private static @Nullable BigDecimal cap(YamlReader reader) {
        return reader.decimal("cap", "a number above 0, at most 1e12", v -> v.signum() > 0 && isModerate(v))
                .orElse(null);
    }

    private static @Nullable BigDecimal fraction(YamlReader reader, String name) {
        return reader.decimal(
                        name, "a number above 0 and below 1", v -> v.signum() > 0 && v.compareTo(BigDecimal.ONE) < 0)
                .orElse(null);
    }

    private static boolean isModerate(BigDecimal v) {
        return v.abs().compareTo(BigDecimal.valueOf(1_000_000_000_000L)) <= 0;
    }
}
