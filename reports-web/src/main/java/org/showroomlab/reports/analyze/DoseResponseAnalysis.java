package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.showroomlab.reports.special.MonotoneCurve;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.dose.LogDose;

/** A response over doses: the monotone curve, in input order, and the line on the log of the dose. */
final class DoseResponseAnalysis implements Analysis {

    @Override
    public ObjectNode answer(Fields item) {
        double[] dose = item.numbers("dose");
        double[] y = item.numbers("y", dose.length);
        double[] w = weights(item, dose.length);
        MonotoneCurve.Direction direction = item.choice("direction", MonotoneCurve.Direction.class);
        ObjectNode json = Answers.object();
        json.set("isotonic", Answers.numbers(direction.fit(dose, y, w)));
        json.set("log_dose", logDose(dose, y, w));
        return json;
    }

    private static double[] weights(Fields item, int size) {
        double[] w = item.numbers("w", size);
        IntStream.range(0, size).filter(i -> !(w[i] > 0)).findFirst().ifPresent(i -> {
            throw new InvalidItem(item.name("w") + "[" + i + "] must be greater than 0: " + w[i] + ".");
        });
        return w;
    }

    private static ObjectNode logDose(double[] dose, double[] y, double[] w) {
        Computable<LogDose> fit = Arrays.stream(dose).allMatch(d -> d > 0)
                ? LogDose.fit(dose, y, w)
                : Computable.notComputable("dose_not_positive", "Only a dose greater than 0 has a logarithm.");
        return fit.value()
                .map(DoseResponseAnalysis::line)
                .orElseGet(() -> Answers.refused(Answers.object(), fit, "intercept", "slope", "std_error", "p_value"));
    }

    private static ObjectNode line(LogDose fit) {
        ObjectNode json = Answers.object().put("intercept", fit.intercept()).put("slope", fit.slope());
        return fit.test()
                .value()
                .map(t -> json.put("std_error", t.stdError())
                        .put("df", t.df().orElseThrow())
                        .put("p_value", t.pValue()))
                .orElseGet(() -> Answers.refused(json, fit.test(), "std_error", "p_value"));
    }
}
