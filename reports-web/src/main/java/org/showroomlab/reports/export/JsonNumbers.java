package org.showroomlab.reports.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.showroomlab.reports.report.Comparison;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.verdict.Reason;

/** How numbers look in JSON: what cannot be computed is null beside its reason, an open end is null. */
final class JsonNumbers {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonNumbers() {}

    static ObjectNode object() {
        return NODES.objectNode();
    }

    static ArrayNode array() {
        return NODES.arrayNode();
    }

    static byte[] bytes(ObjectNode json) {
        return (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static ObjectMapper mapper() {
        return MAPPER;
    }

    static ArrayNode interval(Interval ci) {
        ArrayNode ends = array();
        addFinite(ends, ci.low());
        addFinite(ends, ci.high());
        return ends;
    }

    private static void addFinite(ArrayNode to, double value) {
        if (Double.isFinite(value)) {
            to.add(value);
        } else {
            to.addNull();
        }
    }

    /** Estimate, standard error, degrees of freedom where there are any, interval and p-value. */
    static ObjectNode effect(Computable<Effect> computable) {
        ObjectNode json = object();
        if (computable.value().isEmpty()) {
            return refused(json, computable, List.of("estimate", "std_error", "df", "ci", "p_value"));
        }
        Effect effect = computable.orElseThrow();
        json.put("estimate", effect.estimate()).put("std_error", effect.stdError());
        effect.df().ifPresent(df -> json.put("df", df));
        json.set("ci", interval(effect.ci()));
        json.put("p_value", effect.pValue());
        return effect.ci().equals(Interval.UNBOUNDED)
                ? json.put("reason", "A randomisation test alone gives no interval.")
                        .put("reason_code", "no_interval")
                : json;
    }

    /** The same of a difference that may be known without its error. */
    static ObjectNode difference(Comparison comparison) {
        ObjectNode json = effect(comparison.difference());
        comparison.estimate().ifPresent(estimate -> json.put("estimate", estimate));
        return json;
    }

    static ObjectNode refused(ObjectNode json, Computable<?> refusal, List<String> numbers) {
        numbers.forEach(json::putNull);
        return json.put("reason", refusal.reason().orElse("unknown"))
                .put("reason_code", refusal.code().orElse("unknown"));
    }

    static ArrayNode reasons(List<Reason> reasons) {
        ArrayNode list = array();
        reasons.forEach(r -> {
            ObjectNode json = list.addObject().put("code", r.code()).put("text", r.text());
            if (r.metric() != null) {
                json.put("metric", r.metric());
            }
            if (r.variant() != null) {
                json.put("variant", r.variant());
            }
        });
        return list;
    }
}
