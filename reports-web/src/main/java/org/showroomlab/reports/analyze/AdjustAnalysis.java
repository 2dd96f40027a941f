package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.showroomlab.stats.many.EBenjaminiHochberg;
import org.showroomlab.stats.many.PValueAdjustment;

/** Several p-values or e-values, corrected for being several. */
final class AdjustAnalysis implements Analysis {

    /** What e-values can be adjusted by. */
    enum EMethod {
        E_BH
    }

    /** What p-values can be adjusted by. */
    enum Method {
        HOLM,
        HOCHBERG,
        HOMMEL,
        BONFERRONI,
        BENJAMINI_HOCHBERG,
        BENJAMINI_YEKUTIELI
    }

    @Override
    public ObjectNode answer(Fields item) {
        return item.has("e_values") ? ofEValues(item) : ofPValues(item);
    }

    private static ObjectNode ofPValues(Fields item) {
        double[] pValues = item.numbers("p_values");
        for (int i = 0; i < pValues.length; i++) {
            if (!(pValues[i] >= 0 && pValues[i] <= 1)) {
                throw new InvalidItem(item.name("p_values") + "[" + i + "] must be in [0, 1]: " + pValues[i] + ".");
            }
        }
        double[] adjusted = PValueAdjustment.valueOf(
                        item.choice("method", Method.class).name())
                .adjust(pValues);
        boolean[] rejected = new boolean[adjusted.length];
        for (int i = 0; i < adjusted.length; i++) {
            rejected[i] = adjusted[i] <= item.alpha();
        }
        ObjectNode json = Answers.object();
        json.set("p_values", Answers.numbers(adjusted));
        return withRejected(json, rejected);
    }

    private static ObjectNode ofEValues(Fields item) {
        item.choice("method", EMethod.E_BH);
        return withRejected(Answers.object(), EBenjaminiHochberg.reject(item.numbers("e_values"), item.alpha()));
    }

    private static ObjectNode withRejected(ObjectNode json, boolean[] rejected) {
        ArrayNode list = Answers.list();
        int count = 0;
        for (boolean r : rejected) {
            list.add(r);
            count += r ? 1 : 0;
        }
        json.set("rejected", list);
        return json.put("rejected_count", count);
    }
}
