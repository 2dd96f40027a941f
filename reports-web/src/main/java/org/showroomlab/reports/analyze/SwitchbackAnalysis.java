package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.clusters.RandomizationResult;
import org.showroomlab.stats.clusters.SwitchbackTest;

/** The differences of block pairs: their mean, the sign-flip test and the t-test. */
final class SwitchbackAnalysis implements Analysis {

    @Override
    public ObjectNode answer(Fields item) {
        double[] differences = item.numbers("differences");
        SwitchbackTest test = SwitchbackTest.withDefaults()
                .withAlpha(item.significance().alpha())
                .with(item.significance().alternative());
        Computable<RandomizationResult> flips = test.signFlip(differences);
        ObjectNode json = mean(flips);
        json.set("sign_flip", signFlip(flips));
        json.set(
                "t",
                Answers.effect(
                        test.difference(differences), Arrays.stream(differences).average()));
        return json;
    }

    private static ObjectNode mean(Computable<RandomizationResult> flips) {
        return flips.value()
                .map(r -> Answers.object().put("mean", r.estimate()))
                .orElseGet(() -> Answers.refused(Answers.object(), flips, "mean"));
    }

    private static ObjectNode signFlip(Computable<RandomizationResult> flips) {
        return flips.value()
                .map(r -> Answers.object()
                        .put("p_value", r.pValue())
                        .put("count", r.count())
                        .put("of", r.of())
                        .put("exact", r.exact()))
                .orElseGet(() -> Answers.refused(Answers.object(), flips, "p_value", "count", "of"));
    }
}
