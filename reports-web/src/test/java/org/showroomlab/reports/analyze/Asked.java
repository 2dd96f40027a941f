package org.showroomlab.reports.analyze;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** Requests as tests write them (single quotes), and the reference values that stats keeps. */
final class Asked {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path ORACLES = Path.of("..", "stats", "src", "test", "resources", "oracles");

    private Asked() {}

    /** The results of several items. */
    static JsonNode all(String... items) {
        String body = "{\"analyses\":[" + String.join(",", items).replace('\'', '"') + "]}";
        return read(Analyze.respond(body.getBytes(UTF_8))).get("results");
    }

    /** The result of one item. */
    static JsonNode one(String item) {
        return all(item).get(0);
    }

    /** A reference entry with its inputs and expected values. */
    static JsonNode method(String id) {
        return entries(file("methods.json").get("oracles")).stream()
                .filter(o -> o.get("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The cases that another library produced. */
    static List<JsonNode> peer(String name) {
        return entries(file("peers.json").get(name).get("cases"));
    }

    private static List<JsonNode> entries(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    private static JsonNode file(String name) {
        try {
            return MAPPER.readTree(ORACLES.resolve(name).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
