package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalDouble;
import org.showroomlab.stats.arms.Proportion;
import org.showroomlab.stats.arms.ProportionTest;

/** The difference of two proportions, with Fisher's exact p-value beside it. */
final class ProportionAnalysis implements Analysis {

    private static final String NO_FISHER =
            "Fisher's exact test needs units in both arms, and in tables this large it would only repeat the score test.";

    @Override
    public ObjectNode answer(Fields item) {
        Proportion control = ArmFields.proportion(item, "control");
        Proportion treatment = ArmFields.proportion(item, "treatment");
        ProportionTest test =
                new ProportionTest(item.significance(), item.choice("ci_method", ProportionTest.CiMethod.NEWCOMBE));
        ObjectNode json = ArmPair.of(control, treatment).comparison(item, test.difference(control, treatment));
        OptionalDouble fisher = test.fisherPValue(control, treatment);
        Answers.number(json, "fisher_p_value", fisher);
        return fisher.isPresent() ? json : json.put("reason", NO_FISHER);
    }
}
