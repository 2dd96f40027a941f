package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
        Computable<SampleRatioMismatch> result =
                SampleRatioMismatch.test(counts, item.numbers("weights", counts.length));
        return result.value()
                .map(r -> Answers.object()
                        .put("statistic", r.statistic())
                        .put("df", r.df())
                        .put("p_value", r.pValue()))
                .orElseGet(() -> Answers.refused(Answers.object(), result, "statistic", "df", "p_value"));
    }

    private static ObjectNode sequential(Fields item) {
        double[] weights = item.numbers("weights");
        List<long[]> increments = item.countLists("increments");
        for (int i = 0; i < increments.size(); i++) {
            if (increments.get(i).length != weights.length) {
                throw new InvalidItem(item.name("increments") + "[" + i + "] must have " + weights.length
                        + " entries, one per weight: " + increments.get(i).length + ".");
            }
        }
        Computable<List<Double>> pValues = SequentialSampleRatio.pValues(increments, weights);
        ObjectNode json = Answers.object();
        if (pValues.value().isEmpty()) {
            return Answers.refused(json, pValues, "p_values");
        }
        json.set("p_values", Answers.numbers(pValues.orElseThrow()));
        return json;
    }
}
