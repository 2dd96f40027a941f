package org.showroomlab.reports.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Some 400 items at the edge of what can be asked, over all types: no units, one, two; no variance; all or none converted;
 * 10^12 units; sums near the end of the doubles; empty arms and lists; ties; weights of zero; and items that are none.
 */
class AnalyzeExtremesTest {

    @Test
    void everyNumberIsOneOrHasAReason() throws IOException {
        try (InputStream in = Objects.requireNonNull(AnalyzeExtremesTest.class.getResourceAsStream("extremes.json"))) {
            byte[] request = in.readAllBytes();
            JsonNode asked = new ObjectMapper().readTree(request).get("analyses");
            JsonNode results =
                    new ObjectMapper().readTree(Analyze.respond(request)).get("results");
            assertThat(results).hasSameSizeAs(asked);
            for (int i = 0; i < results.size(); i++) {
                check(results.get(i), asked.get(i).toString());
            }
        }
    }

    private static void check(JsonNode node, String item) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                assertThat(field.getValue().isNull() && !node.has("reason"))
                        .as("%s is null without a reason: %s", field.getKey(), item)
                        .isFalse();
            }
            assertThat(node.path("error").asText()).as(item).doesNotContain("Exception", "NaN", "null");
        }
        node.forEach(child -> check(child, item));
    }
}
