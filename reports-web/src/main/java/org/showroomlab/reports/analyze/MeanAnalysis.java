package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.arms.LinAdjustment;
import org.showroomlab.stats.arms.RelativeEffect;
import org.showroomlab.stats.arms.RelativeLift;
import org.showroomlab.stats.arms.WelchTest;

/** The difference of two means, and the same adjusted by a covariate (CUPED) when its sums are given. */
final class MeanAnalysis implements Analysis {

    @Override
    public ObjectNode answer(Fields item) {
        return ArmFields.hasCovariate(item) ? adjusted(item) : plain(item);
    }

    private static ObjectNode plain(Fields item) {
        return comparison(item, ArmFields.mean(item, "control"), ArmFields.mean(item, "treatment"));
    }

    private static ObjectNode adjusted(Fields item) {
        ArmMoments control = ArmFields.meanWithCovariate(item, "control");
        ArmMoments treatment = ArmFields.meanWithCovariate(item, "treatment");
        LinAdjustment adjustment =
                new LinAdjustment(item.significance(), item.choice("adjust", LinAdjustment.Method.LIN));
        ObjectNode json = comparison(item, control, treatment);
        json.set("adjusted", Answers.effect(adjustment.difference(control, treatment)));
        RelativeLift.Method interval = item.choice("relative_method", RelativeLift.Method.LOG_RATIO);
        json.set(
                "adjusted_relative",
                Answers.effect(adjustment.lift(control, treatment, interval).map(RelativeEffect::effect)));
        return json;
    }

    private static ObjectNode comparison(Fields item, ArmMoments control, ArmMoments treatment) {
        WelchTest test = new WelchTest(item.significance());
        return ArmPair.of(control, treatment).comparison(item, test.difference(control, treatment));
    }
}
