package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.showroomlab.stats.monitoring.AsymptoticSequence;

/** The difference and the relative lift in the band that may be looked at any time. */
final class AnytimeAnalysis implements Analysis {

    @Override
    public ObjectNode answer(Fields item) {
        ArmPair arms = ArmPair.ofMeanOrProportion(item);
        AsymptoticSequence band = new AsymptoticSequence(item.significance(), item.positive("tuning_n"));
        ObjectNode json = Answers.object();
        json.set(
                "difference",
                Answers.effect(
                        arms.both((c, t) ->
                                band.difference(c, t, arms.difference().orElseThrow())),
                        arms.difference()));
        json.set(
                "relative",
                Answers.effect(
                        arms.liftWithStdError()
                                .flatMap(lift -> band.band(lift.estimate(), lift.stdError(), arms.units())),
                        arms.lift()));
        return json;
    }
}
