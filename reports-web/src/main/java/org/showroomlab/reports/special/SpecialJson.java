package org.showroomlab.reports.special;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.many.ComparisonWithBest;

/** Numbers of a reading in JSON: what cannot be computed is null beside its reason, an open end is null. */
final class SpecialJson {
    private SpecialJson() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static ArrayNode numbers(Iterable<Double> values) {
        ArrayNode list = array();
        values.forEach(value -> {
            if (Double.isFinite(value)) {
                list.add(value);
            } else {
                list.addNull();
            }
        });
        return list;
    }

    static ArrayNode interval(Interval ci) {
        return numbers(java.util.List.of(ci.low(), ci.high()));
    }

    static ObjectNode estimated(Computable<Estimated> value) {
        if (value.value().isEmpty()) {
            return refused(object(), value, "estimate", "std_error", "ci");
        }
        Estimated level = value.orElseThrow();
        ObjectNode json = object().put("estimate", level.estimate());
        if (Double.isFinite(level.stdError())) {
            json.put("std_error", level.stdError());
        } else {
            json.putNull("std_error").put("reason", ArmEstimate.OPEN);
        }
        json.set("ci", interval(level.ci()));
        return json;
    }

    static ObjectNode effect(Computable<Effect> computable) {
        if (computable.value().isEmpty()) {
            return refused(object(), computable, "estimate", "std_error", "ci", "p_value");
        }
        Effect effect = computable.orElseThrow();
        ObjectNode json = object().put("estimate", effect.estimate()).put("std_error", effect.stdError());
        effect.df().ifPresent(df -> json.put("df", df));
        json.set("ci", interval(effect.ci()));
        return json.put("p_value", effect.pValue());
    }

    static void put(ObjectNode json, ComparisonWithBest own) {
        json.put("lower", own.lower())
                .put("upper", own.upper())
                .put("could_be_best", own.couldBeBest())
                .put("chance_best", own.chanceBest());
    }

    /** The same object with the named numbers as null and the reason beside them. */
    static ObjectNode refused(ObjectNode json, Computable<?> refusal, String... names) {
        for (String name : names) {
            json.putNull(name);
        }
        return json.put("reason", refusal.reason().orElse("unknown"))
                .put("reason_code", refusal.code().orElse("unknown"));
    }
}
