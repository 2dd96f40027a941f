package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalDouble;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;

/** How answers are written: what cannot be computed is null beside its reason, an open end is null. */
final class Answers {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Answers() {}

    static ObjectNode object() {
        return NODES.objectNode();
    }

    static ArrayNode list() {
        return NODES.arrayNode();
    }

    static ArrayNode numbers(double... values) {
        ArrayNode list = list();
        for (double value : values) {
            add(list, value);
        }
        return list;
    }

    static ArrayNode numbers(Iterable<Double> values) {
        ArrayNode list = list();
        values.forEach(value -> add(list, value));
        return list;
    }

    static ArrayNode interval(Interval ci) {
        return numbers(ci.low(), ci.high());
    }

    /** Infinite is an open end or a boundary that cannot be crossed. */
    private static void add(ArrayNode list, double value) {
        if (Double.isFinite(value)) {
            list.add(value);
        } else {
            list.addNull();
        }
    }

    static ObjectNode effect(Computable<Effect> effect) {
        return effect(effect, OptionalDouble.empty());
    }

    /** An effect; a refused one still shows the point estimate where there is one. */
    static ObjectNode effect(Computable<Effect> effect, OptionalDouble estimate) {
        if (effect.value().isPresent()) {
            return effect(effect.orElseThrow());
        }
        ObjectNode json = object();
        number(json, "estimate", estimate);
        json.putNull("std_error").putNull("ci");
        return refused(json.putNull("p_value"), effect);
    }

    private static ObjectNode effect(Effect effect) {
        ObjectNode json = object().put("estimate", effect.estimate()).put("std_error", effect.stdError());
        effect.df().ifPresent(df -> json.put("df", df));
        json.set("ci", interval(effect.ci()));
        return json.put("p_value", effect.pValue());
    }

    static void number(ObjectNode json, String name, OptionalDouble value) {
        value.ifPresentOrElse(v -> json.put(name, v), () -> json.putNull(name));
    }

    /** The same object with the named numbers as null and the reason beside them. */
    static ObjectNode refused(ObjectNode json, Computable<?> refusal, String... names) {
        for (String name : names) {
            json.putNull(name);
        }
        return json.put("reason", refusal.reason().orElseThrow())
                .put("reason_code", refusal.code().orElseThrow());
    }
}
