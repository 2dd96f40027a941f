package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.bayes.NormalPosterior;

/** What to believe about the relative lift, under a normal prior or a flat one. */
final class BayesAnalysis implements Analysis {

    @Override
    public ObjectNode answer(Fields item) {
        Computable<NormalPosterior> posterior =
                ArmPair.ofMeanOrProportion(item).liftWithStdError().flatMap(lift -> posterior(item, lift));
        return posterior
                .value()
                .map(p -> json(p, item.alpha()))
                .orElseGet(() -> Answers.refused(Answers.object(), posterior, "chance_to_win", "expected_loss", "ci"));
    }

    private static Computable<NormalPosterior> posterior(Fields item, Effect lift) {
        if (!item.has("prior")) {
            return NormalPosterior.flat(lift.estimate(), lift.stdError());
        }
        Fields prior = item.fields("prior");
        return NormalPosterior.withPrior(lift.estimate(), lift.stdError(), prior.number("mean"), prior.positive("sd"));
    }

    private static ObjectNode json(NormalPosterior posterior, double alpha) {
        ObjectNode json = Answers.object()
                .put("chance_to_win", posterior.chanceToWin())
                .put("expected_loss", posterior.expectedLoss());
        json.set("ci", Answers.interval(posterior.interval(alpha)));
        return json.put("mean", posterior.mean()).put("sd", posterior.sd());
    }
}
