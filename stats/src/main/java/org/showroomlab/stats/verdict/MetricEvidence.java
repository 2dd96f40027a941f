package org.showroomlab.stats.verdict;

import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;

/**
 * What one metric says about one treatment.
 *
 * @param metric the metric's id
 * @param variant the treatment's id
 * @param role what it is for
 * @param goal which direction is better
 * @param difference treatment − control, two-sided, unadjusted for other metrics
 * @param controlEstimate the control's level, which a relative margin refers to
 * @param margin the tolerated worsening of a guardrail as a fraction of the control's level, ≥ 0; 0 for other roles
 * @param unit in which its sentence is written
 */
public record MetricEvidence(
        String metric,
        String variant,
        Role role,
        Goal goal,
        Computable<Effect> difference,
        double controlEstimate,
        double margin,
        DisplayUnit unit) {

    /** Checks the numbers. */
    public MetricEvidence {
        if (!(margin >= 0 && margin < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("margin must be finite and >= 0: " + margin);
        }
        if (!Double.isFinite(controlEstimate)) {
            throw new IllegalArgumentException("controlEstimate must be finite: " + controlEstimate);
        }
    }

    /** A success metric. */
    public static MetricEvidence success(String metric, String variant, Goal goal, Computable<Effect> difference) {
        return new MetricEvidence(metric, variant, Role.SUCCESS, goal, difference, 0, 0, DisplayUnit.PLAIN);
    }

    /** A guardrail with its margin relative to the control's level. */
    public static MetricEvidence guardrail(
            String metric,
            String variant,
            Goal goal,
            Computable<Effect> difference,
            double controlEstimate,
            double margin) {
        return new MetricEvidence(
                metric, variant, Role.GUARDRAIL, goal, difference, controlEstimate, margin, DisplayUnit.PLAIN);
    }

    String name() {
        return metric + " (" + variant + ")";
    }
}
