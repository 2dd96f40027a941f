package org.showroomlab.ingest.experiment;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One mapping of an experiment file, read field by field; what is wrong is collected with its line and path, and reading
 * goes on, so that one run shows every problem of a file.
 */
final class YamlReader {
    /** SQL texts, C programs and spreadsheets end at one. */
    private static final String NUL = "has a NUL character; allowed: text without NUL characters";

    private final String file;
    private final String path;
    private final Node node;
    private final Map<String, Node> fields = new LinkedHashMap<>();
    private final Set<String> known = new TreeSet<>();
    private final List<InvalidExperiment.Problem> problems;

    YamlReader(String file, String path, Node node, List<InvalidExperiment.Problem> problems) {
        this.file = file;
        this.path = path;
        this.node = node;
        this.problems = problems;
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::addField);
        } else {
            problem(node, path, "must be a mapping of fields");
        }
    }

    private void addField(NodeTuple tuple) {
        String name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
        if (name.indexOf('\0') >= 0) {
            problem(tuple.getKeyNode(), at(name.replace("\0", "\\0")), NUL);
            return;
        }
        if (fields.put(name, tuple.getValueNode()) != null) {
            problem(tuple.getKeyNode(), at(name), "stands twice");
        }
    }

    /** The field's node; empty when absent or null. */
    Optional<Node> node(String name) {
        known.add(name);
        return Optional.ofNullable(fields.get(name)).filter(n -> !n.getTag().equals(Tag.NULL));
    }

    String requiredText(String name) {
        return text(name).orElseGet(() -> {
            missing(name);
            return "";
        });
    }

    Optional<String> text(String name) {
        return node(name).flatMap(n -> scalar(n, at(name)));
    }

    /** A value read from the field's text; {@code null} from the parser means "not acceptable". */
    <T> Optional<T> parsed(String name, String allowed, BiFunction<String, Node, @Nullable T> parser) {
        Optional<Node> at = node(name);
        Optional<String> text = at.flatMap(n -> scalar(n, at(name)));
        if (text.isEmpty()) {
            return Optional.empty();
        }
        T value = parser.apply(text.get(), at.get());
        if (value == null) {
            problem(at.get(), at(name), "is '" + text.get() + "'; allowed: " + allowed);
        }
        return Optional.ofNullable(value);
    }

    <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        String allowed =
                Arrays.stream(type.getEnumConstants()).map(YamlReader::wireName).collect(Collectors.joining(", "));
        return parsed(
                name,
                allowed,
                (text, n) -> Arrays.stream(type.getEnumConstants())
                        .filter(e -> wireName(e).equals(text))
                        .findFirst()
                        .orElse(null));
    }

    Optional<BigDecimal> decimal(String name, String allowed, java.util.function.Predicate<BigDecimal> valid) {
        return parsed(name, allowed, (text, n) -> number(text).filter(valid).orElse(null));
    }

    Optional<Long> integer(String name, long min, long max) {
        return decimal(
                        name,
                        "an integer from " + min + " to " + max,
                        v -> v.stripTrailingZeros().scale() <= 0
                                && v.compareTo(BigDecimal.valueOf(min)) >= 0
                                && v.compareTo(BigDecimal.valueOf(max)) <= 0)
                .map(BigDecimal::longValueExact);
    }

    Optional<Boolean> flag(String name) {
        return parsed(name, "true, false", (text, n) -> switch (text) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> null;
        });
    }

    /** The mapping under the field. */
    Optional<YamlReader> mapping(String name) {
        return node(name).map(n -> new YamlReader(file, at(name), n, problems));
    }

    /** The mappings of the list under the field. */
    List<YamlReader> mappings(String name) {
        List<YamlReader> readers = new ArrayList<>();
        List<Node> nodes = node(name).map(n -> items(n, at(name))).orElse(List.of());
        for (int i = 0; i < nodes.size(); i++) {
            readers.add(new YamlReader(file, at(name) + "[" + i + "]", nodes.get(i), problems));
        }
        return readers;
    }

    /** A scalar, or the scalars of a list. */
    List<String> texts(String name) {
        Optional<Node> n = node(name);
        if (n.isEmpty()) {
            return List.of();
        }
        List<Node> nodes = n.get() instanceof SequenceNode sequence ? sequence.getValue() : List.of(n.get());
        return nodes.stream()
                .map(item -> scalar(item, at(name)))
                .flatMap(Optional::stream)
                .toList();
    }

    Set<String> fieldNames() {
        return fields.keySet();
    }

    /** Refuses every field that was not asked for. */
    void refuseUnknownFields() {
        fields.forEach((name, value) -> {
            if (!known.contains(name)) {
                problem(value, at(name), "unknown field; allowed: " + String.join(", ", known));
            }
        });
    }

    void missing(String name) {
        problem(node, at(name), "is required");
    }

    void problem(String name, String message) {
        problem(fields.getOrDefault(name, node), at(name), message);
    }

    private void problem(Node where, String field, String message) {
        int line = where.getStartMark().map(Mark::getLine).orElse(0) + 1;
        problems.add(new InvalidExperiment.Problem(file, line, field, message));
    }

    private List<Node> items(Node list, String field) {
        if (list instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problem(list, field, "must be a list");
        return List.of();
    }

    private Optional<String> scalar(Node value, String field) {
        if (value instanceof ScalarNode scalar) {
            String text = scalar.getValue().replace("\0", "");
            if (text.length() < scalar.getValue().length()) {
                problem(value, field, NUL);
            }
            return Optional.of(text);
        }
        problem(value, field, "must be a single value");
        return Optional.empty();
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    static Optional<BigDecimal> number(String text) {
        try {
            // No experiment needs more digits, and huge exponents would make later arithmetic explode.
            return text.length() > 40
                    ? Optional.empty()
                    : Optional.of(new BigDecimal(text)).filter(v -> Math.abs((long) v.scale()) <= 40);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String wireName(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
