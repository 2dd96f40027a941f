package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.design.PowerCurve;

/** Size, effect or power of a planned test: whichever one is not given. */
final class PowerAnalysis implements Analysis {

    @Override
    public ObjectNode answer(Fields item) {
        PowerMetric metric = item.choice("metric", PowerMetric.class);
        PowerCurve curve = metric.curve(item);
        List<String> quantities = List.of("n", metric.effectName(), "power");
        List<String> missing = quantities.stream().filter(q -> !item.has(q)).toList();
        if (missing.size() != 1) {
            throw new InvalidItem("Exactly one of " + String.join(", ", quantities) + " must be left out: "
                    + (missing.isEmpty() ? "none is" : String.join(", ", missing) + " are") + ".");
        }
        return switch (quantities.indexOf(missing.get(0))) {
            case 0 -> size(metric, curve.sizeFor(effect(item, metric), item.share("power")));
            case 1 -> found(missing.get(0), curve.effectFor(n(item, curve), item.share("power")));
            default -> Answers.object().put("power", curve.power(n(item, curve), effect(item, metric)));
        };
    }

    private static double n(Fields item, PowerCurve curve) {
        double n = item.number("n");
        if (!(n >= curve.smallestN())) {
            throw new InvalidItem(item.name("n") + " must be at least " + curve.smallestN() + ": " + n + ".");
        }
        return n;
    }

    private static double effect(Fields item, PowerMetric metric) {
        return metric == PowerMetric.PROPORTION ? item.share("p1") : item.number(metric.effectName());
    }

    private static ObjectNode found(String name, Computable<Double> value) {
        return value.value()
                .map(v -> Answers.object().put(name, v))
                .orElseGet(() -> Answers.refused(Answers.object(), value, name));
    }

    /** Clusters come whole; visitors as R gives them, with the whole number beside. */
    private static ObjectNode size(PowerMetric metric, Computable<Double> n) {
        ObjectNode json = found("n", n);
        n.value().ifPresent(exact -> {
            long whole = (long) Math.ceil(exact - 1e-9);
            if (metric == PowerMetric.CLUSTERS) {
                json.put("n", whole).put("n_exact", exact);
            } else {
                json.put("n_whole", whole);
            }
        });
        return json;
    }
}
