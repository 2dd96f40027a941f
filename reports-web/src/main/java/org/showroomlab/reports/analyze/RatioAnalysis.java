package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.arms.RatioTest;

/** The difference of two ratios of sums. */
final class RatioAnalysis implements Analysis {

    @Override
    public ObjectNode answer(Fields item) {
        ArmMoments control = ArmFields.ratio(item, "control");
        ArmMoments treatment = ArmFields.ratio(item, "treatment");
        RatioTest test = new RatioTest(item.significance());
        return ArmPair.of(control, treatment).comparison(item, test.difference(control, treatment));
    }
}
