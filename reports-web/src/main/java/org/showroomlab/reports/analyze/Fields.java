package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.Significance;

/**
 * The fields of one JSON object, read strictly: every complaint names the field by its path and says what is allowed. A
 * field that is null counts as absent.
 *
 * @param object the object
 * @param path its place in the item, ending in a dot; empty for the item itself
 */
record Fields(JsonNode object, String path) {

    static Fields of(JsonNode node, String path) {
        if (!node.isObject()) {
            throw new InvalidItem((path.isEmpty() ? "An analysis" : path) + " must be an object.");
        }
        return new Fields(node, path.isEmpty() ? "" : path + ".");
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    /** The path of a field, for messages. */
    String name(String field) {
        return path + field;
    }

    /** The path of the object itself, for messages. */
    String place() {
        return path.isEmpty() ? "the analysis" : path.substring(0, path.length() - 1);
    }

    Fields fields(String name) {
        return of(required(name, "an object"), name(name));
    }

    List<Fields> list(String name) {
        return elements(name, "objects", Fields::of);
    }

    BigDecimal decimal(String name) {
        return JsonNumber.decimal(required(name, "a number"), name(name));
    }

    double number(String name) {
        return decimal(name).doubleValue();
    }

    double number(String name, double otherwise) {
        return has(name) ? number(name) : otherwise;
    }

    double positive(String name) {
        double value = number(name);
        if (!(value > 0)) {
            throw new InvalidItem(name(name) + " must be greater than 0: " + value + ".");
        }
        return value;
    }

    /** A number strictly between 0 and 1. */
    double share(String name) {
        double value = number(name);
        if (!(value > 0 && value < 1)) {
            throw new InvalidItem(name(name) + " must be between 0 and 1, both excluded: " + value + ".");
        }
        return value;
    }

    long count(String name) {
        return JsonNumber.count(required(name, JsonNumber.COUNT), name(name));
    }

    double[] numbers(String name) {
        return elements(name, "numbers", JsonNumber::decimal).stream()
                .mapToDouble(BigDecimal::doubleValue)
                .toArray();
    }

    /** As many numbers as another list has entries. */
    double[] numbers(String name, int size) {
        double[] values = numbers(name);
        sameLength(name, values.length, size);
        return values;
    }

    /** The same with all their digits. */
    List<BigDecimal> decimals(String name, int size) {
        List<BigDecimal> values = elements(name, "numbers", JsonNumber::decimal);
        sameLength(name, values.size(), size);
        return values;
    }

    long[] counts(String name) {
        return elements(name, "counts", JsonNumber::count).stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    /** As many counts as another list has entries. */
    long[] counts(String name, int size) {
        long[] values = counts(name);
        sameLength(name, values.length, size);
        return values;
    }

    List<long[]> countLists(String name) {
        return elements(name, "lists of counts", (node, at) -> {
            if (!node.isArray()) {
                throw new InvalidItem(at + " must be a list of counts.");
            }
            List<Long> counts = new ArrayList<>();
            node.forEach(n -> counts.add(JsonNumber.count(n, at + "[" + counts.size() + "]")));
            return counts.stream().mapToLong(Long::longValue).toArray();
        });
    }

    <E extends Enum<E>> E choice(String name, Class<E> type) {
        String text = required(name, "one of " + allowed(type)).asText();
        return choice(name, type, text);
    }

    <E extends Enum<E>> E choice(String name, E otherwise) {
        return has(name)
                ? choice(name, otherwise.getDeclaringClass(), object.get(name).asText())
                : otherwise;
    }

    <E extends Enum<E>> List<E> choices(String name, Class<E> type) {
        return has(name)
                ? elements(name, "names", (node, at) -> choice(name, type, node.asText()))
                : List.of(type.getEnumConstants());
    }

    Significance significance() {
        return new Significance(alpha(), choice("alternative", Alternative.TWO_SIDED));
    }

    double alpha() {
        return has("alpha") ? share("alpha") : Significance.DEFAULT.alpha();
    }

    private <E extends Enum<E>> E choice(String name, Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(e -> wireName(e).equals(text))
                .findFirst()
                .orElseThrow(
                        () -> new InvalidItem(name(name) + " must be one of " + allowed(type) + ": \"" + text + "\"."));
    }

    private <T> List<T> elements(String name, String what, BiFunction<JsonNode, String, T> reader) {
        JsonNode list = required(name, "a list of " + what);
        if (!list.isArray()) {
            throw new InvalidItem(name(name) + " must be a list of " + what + ".");
        }
        List<T> values = new ArrayList<>(list.size());
        list.forEach(node -> values.add(reader.apply(node, name(name) + "[" + values.size() + "]")));
        return values;
    }

    private JsonNode required(String name, String what) {
        if (!has(name)) {
            throw new InvalidItem(name(name) + " is missing: it must be " + what + ".");
        }
        return object.get(name);
    }

    private void sameLength(String name, int length, int size) {
        if (length != size) {
            throw new InvalidItem(
                    name(name) + " must have " + size + " entries, as the list beside it: " + length + ".");
        }
    }

    static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String allowed(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Fields::wireName).collect(Collectors.joining(", "));
    }
}
