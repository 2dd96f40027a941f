package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.health.SampleRatioMismatch;
import org.showroomlab.stats.health.SequentialSampleRatio;

/** Whether the arms have their planned sizes, at one look or at every one. */
final class SampleRatioAnalysis implements Analysis {

    @Override
    public ObjectNode answer(Fields item) {
        return item.has("increments") ? sequential(item) : once(item);
    }

    private static ObjectNode once(Fields item) {
        long[] counts = item.counts("counts");
        double[] weights = weights(item, item.numbers("weights", counts.length));
        Computable<SampleRatioMismatch> result = planned(weights) < 2
                ? Computable.notComputable(
                        "not_enough_data",
                        "A ratio needs two arms that should have units; " + planned(weights) + " should.")
                : SampleRatioMismatch.test(counts, weights);
        return result.value()
                .map(r -> Answers.object()
                        .put("statistic", r.statistic())
                        .put("df", r.df())
                        .put("p_value", r.pValue()))
                .orElseGet(() -> Answers.refused(Answers.object(), result, "statistic", "df", "p_value"));
    }

    private static ObjectNode sequential(Fields item) {
        double[] weights = weights(item, item.numbers("weights"));
        List<long[]> increments = item.countLists("increments");
        for (int i = 0; i < increments.size(); i++) {
            if (increments.get(i).length != weights.length) {
                throw new InvalidItem(item.name("increments") + "[" + i + "] must have " + weights.length
                        + " entries, one per weight: " + increments.get(i).length + ".");
            }
        }
        Computable<List<Double>> pValues = planned(weights) < Math.max(2, weights.length)
                ? Computable.notComputable(
                        "not_enough_data",
                        "The sequential test needs two arms that should have units, and no other; of " + weights.length
                                + " arms " + planned(weights) + " should.")
                : SequentialSampleRatio.pValues(increments, weights);
        ObjectNode json = Answers.object();
        if (pValues.value().isEmpty()) {
            return Answers.refused(json, pValues, "p_values");
        }
        json.set("p_values", Answers.numbers(pValues.orElseThrow()));
        return json;
    }

    private static double[] weights(Fields item, double[] weights) {
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0)) {
                throw new InvalidItem(item.name("weights") + "[" + i + "] must be at least 0: " + weights[i] + ".");
            }
        }
        return weights;
    }

    /** Arms with a weight above 0. */
    private static long planned(double[] weights) {
        return Arrays.stream(weights).filter(w -> w > 0).count();
    }
}
