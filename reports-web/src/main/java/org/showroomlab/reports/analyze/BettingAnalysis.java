package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.monitoring.BettingSequence;

/** The confidence sequence of a mean of values in [0, 1], after the last of them. */
final class BettingAnalysis implements Analysis {

    @Override
    public ObjectNode answer(Fields item) {
        double[] values = item.numbers("values");
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= 0 && values[i] <= 1)) {
                throw new InvalidItem(item.name("values") + "[" + i + "] must be in [0, 1]: " + values[i] + ".");
            }
        }
        Computable<Interval> ci =
                BettingSequence.withDefaults().withAlpha(item.alpha()).interval(values);
        ObjectNode json = Answers.object();
        if (ci.value().isEmpty()) {
            return Answers.refused(json, ci, "ci");
        }
        return json.set("ci", Answers.interval(ci.orElseThrow()));
    }
}
