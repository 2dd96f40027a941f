package org.showroomlab.reports.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.showroomlab.reports.store.DecisionSnapshot;

/** What was known when a decision was due, beside the restated verdict. */
final class AsKnownJson {
    private AsKnownJson() {}

    static ObjectNode of(DecisionSnapshot snapshot, String restated) {
        ObjectNode json = JsonNumbers.object()
                .put("as_of", snapshot.asOf().toString())
                .put("known_at", snapshot.knownAt().toString())
                .put("decision", snapshot.decision())
                .put("differs_from_restated", !snapshot.decision().equals(restated))
                .put("method_version", snapshot.methodVersion());
        ArrayNode reasons = json.putArray("reasons");
        for (String code : snapshot.reasons().split(",", -1)) {
            if (!code.isEmpty()) {
                reasons.add(code);
            }
        }
        ArrayNode comparisons = json.putArray("comparisons");
        snapshot.lines().forEach(line -> comparisons.add(line(line)));
        return json;
    }

    private static ObjectNode line(DecisionSnapshot.Line line) {
        ObjectNode json = JsonNumbers.object()
                .put("metric", line.metric())
                .put("variant", line.variant())
                .put("control", line.control())
                .put("estimate", line.estimate());
        json.putArray("ci").add(line.low()).add(line.high());
        json.put("p_value", line.pValue());
        if (line.estimate() == null) {
            json.put("reason", "not computable when it was recorded");
        }
        return json;
    }
}
