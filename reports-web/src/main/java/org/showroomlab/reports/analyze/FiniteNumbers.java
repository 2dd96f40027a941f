package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The last look at an answer: JSON has no NaN and no infinity, so such a number becomes null beside a reason. */
final class FiniteNumbers {

    private FiniteNumbers() {}

    static ObjectNode only(ObjectNode answer) {
        clean(answer);
        return answer;
    }

    private static void clean(JsonNode node) {
        node.forEach(FiniteNumbers::clean);
        if (node instanceof ObjectNode object) {
            List<String> names = object.properties().stream()
                    .filter(field -> infinite(field.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
            names.forEach(object::putNull);
            if (!names.isEmpty() && !object.has("reason")) {
                object.put("reason", "A number is beyond the range of a double.");
            }
        }
    }

    private static boolean infinite(JsonNode value) {
        return value.isDouble() && !Double.isFinite(value.doubleValue());
    }
}
