package org.showroomlab.reports.export.tables;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The special analysis as it stands in JSON, one row per number: what its reading has beyond effects and levels. */
final class AnalysisTable {
    private static final List<String> HEADER = List.of("key", "value");

    private AnalysisTable() {}

    static Table of(String key, JsonNode json) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        add(rows, "", json);
        return new Table(key + " in full", HEADER, rows);
    }

    private static void add(List<List<@Nullable Object>> rows, String path, JsonNode node) {
        if (node.isObject()) {
            node.properties()
                    .forEach(e -> add(rows, path.isEmpty() ? e.getKey() : path + "." + e.getKey(), e.getValue()));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                add(rows, path + "[" + i + "]", node.get(i));
            }
        } else {
            rows.add(Arrays.asList(path, cell(node)));
        }
    }

    private static @Nullable Object cell(JsonNode node) {
        if (node.isNumber()) {
            return node.numberValue();
        }
        return node.isNull() ? null : node.asText();
    }
}
