package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.many.RandomEffects;

/** Several estimates of one kind of effect, shrunk towards their mean. */
final class ShrinkAnalysis implements Analysis {

    /** How the variance between effects is estimated. */
    enum Method {
        DL(RandomEffects.Method.DERSIMONIAN_LAIRD),
        REML(RandomEffects.Method.REML),
        PAULE_MANDEL(RandomEffects.Method.PAULE_MANDEL);

        private final RandomEffects.Method method;

        Method(RandomEffects.Method method) {
            this.method = method;
        }
    }

    @Override
    public ObjectNode answer(Fields item) {
        double[] estimates = item.numbers("estimates");
        double[] stdErrors = item.numbers("std_errors", estimates.length);
        for (int i = 0; i < stdErrors.length; i++) {
            if (!(stdErrors[i] > 0)) {
                throw new InvalidItem(
                        item.name("std_errors") + "[" + i + "] must be greater than 0: " + stdErrors[i] + ".");
            }
        }
        Computable<RandomEffects> fit = RandomEffects.of(estimates, stdErrors, item.choice("method", Method.DL).method);
        return fit.value()
                .map(ShrinkAnalysis::json)
                .orElseGet(() -> Answers.refused(Answers.object(), fit, "mu", "mu_std_error", "tau2", "q", "shrunken"));
    }

    private static ObjectNode json(RandomEffects fit) {
        ObjectNode json = Answers.object()
                .put("mu", fit.mu())
                .put("mu_std_error", fit.muStdError())
                .put("tau2", fit.tau2())
                .put("q", fit.q())
                .put("q_p_value", fit.qPValue());
        json.set("shrunken", Answers.numbers(fit.shrunken()));
        return json;
    }
}
