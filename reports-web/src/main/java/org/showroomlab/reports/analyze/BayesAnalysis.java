package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.arms.Proportion;
import org.showroomlab.stats.bayes.BetaPosterior;
import org.showroomlab.stats.bayes.NormalPosterior;

/**
 * What to believe about the relative lift, under a normal prior or a flat one. Of proportions without a prior on the lift
 * {@code beta_binomial} stands beside it: what to believe about their difference under a uniform prior on each, which needs
 * no large samples and no control that converts.
 */
final class BayesAnalysis implements Analysis {
    private static final Computable<BetaPosterior> TOO_MANY = Computable.notComputable(
            "too_many_units", "Of more than a billion units it would only repeat the normal view.");

    @Override
    public ObjectNode answer(Fields item) {
        Computable<NormalPosterior> posterior =
                ArmPair.ofMeanOrProportion(item).liftWithStdError().flatMap(lift -> posterior(item, lift));
        ObjectNode json = posterior
                .value()
                .map(p -> json(p, item.alpha()))
                .orElseGet(() -> Answers.refused(Answers.object(), posterior, "chance_to_win", "expected_loss", "ci"));
        if (ArmPair.ofProportions(item) && !item.has("prior")) {
            json.set("beta_binomial", betaBinomial(item));
        }
        return json;
    }

    private static ObjectNode betaBinomial(Fields item) {
        Proportion controlData = ArmFields.proportion(item, "control");
        Proportion treatmentData = ArmFields.proportion(item, "treatment");
        if (Math.max(controlData.n(), treatmentData.n()) > BetaPosterior.MOST_UNITS) {
            return Answers.refused(
                    Answers.object(), TOO_MANY, "chance_to_win", "expected_loss", "control_ci", "treatment_ci");
        }
        BetaPosterior control = BetaPosterior.of(controlData);
        BetaPosterior treatment = BetaPosterior.of(treatmentData);
        ObjectNode json = Answers.object()
                .put("chance_to_win", treatment.chanceToBeat(control))
                .put("expected_loss", treatment.expectedLossAgainst(control));
        json.set("control_ci", Answers.interval(control.interval(item.alpha())));
        json.set("treatment_ci", Answers.interval(treatment.interval(item.alpha())));
        return json;
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
