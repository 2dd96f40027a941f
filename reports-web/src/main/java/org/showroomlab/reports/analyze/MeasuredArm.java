package org.showroomlab.reports.analyze;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalDouble;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Variable;
import org.showroomlab.stats.arms.Proportion;
import org.showroomlab.stats.arms.RatioTest;

/**
 * One arm as it is written: one unit has an estimate and no standard error, none has neither.
 *
 * @param n units
 * @param estimate mean, ratio or share where there is one
 * @param measured the estimate with its standard error
 */
record MeasuredArm(long n, OptionalDouble estimate, Computable<ArmEstimate> measured) {

    static MeasuredArm of(ArmMoments arm) {
        double denominator = arm.mean(Variable.D);
        OptionalDouble ratio = arm.n() == 0 || denominator == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(arm.mean(Variable.Y) / denominator);
        return new MeasuredArm(arm.n(), ratio, RatioTest.withDefaults().arm(arm));
    }

    static MeasuredArm of(Proportion arm) {
        OptionalDouble share = arm.n() == 0 ? OptionalDouble.empty() : OptionalDouble.of(arm.share());
        return new MeasuredArm(arm.n(), share, arm.estimate());
    }

    ObjectNode json() {
        ObjectNode json = Answers.object().put("n", n);
        Answers.number(json, "estimate", estimate);
        return measured.value()
                .map(arm -> json.put("std_error", arm.stdError()))
                .orElseGet(() -> Answers.refused(json, measured, "std_error"));
    }
}
