package org.showroomlab.stats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** The reference values with their recipes; each entry names its source. */
public final class Oracles {

    private static final JsonNode METHODS = read("methods.json");
    private static final JsonNode PEERS = read("peers.json");

    private Oracles() {}

    /** One entry of the table of methods: `inputs`, `expected`, `tolerance`, `source`. */
    public static JsonNode method(String id) {
        return StreamSupport.stream(METHODS.get("oracles").spliterator(), false)
                .filter(o -> o.get("id").asText().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no oracle " + id));
    }

    /** The cases that another library produced: `id`, `input`, `expected`. */
    public static List<JsonNode> peer(String name) {
        List<JsonNode> cases = new ArrayList<>();
        PEERS.get(name).get("cases").forEach(cases::add);
        return cases;
    }

    /** Every id in the table of methods. */
    public static List<String> methodIds() {
        return StreamSupport.stream(METHODS.get("oracles").spliterator(), false)
                .map(o -> o.get("id").asText())
                .toList();
    }

    /** Every group of cases that another library produced. */
    public static List<String> peerNames() {
        List<String> names = new ArrayList<>();
        PEERS.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** A JSON array of numbers. */
    public static double[] doubles(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(Oracles::number)
                .toArray();
    }

    /** A JSON array of integers. */
    public static long[] longs(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .toArray();
    }

    /** A number that may be written as text, such as Infinity. */
    public static double number(JsonNode node) {
        return node.isTextual() ? Double.parseDouble(node.asText()) : node.asDouble();
    }

    private static JsonNode read(String name) {
        try (InputStream in = Objects.requireNonNull(Oracles.class.getResourceAsStream("/oracles/" + name))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
