package org.showroomlab.reports.report;

import java.util.List;
import java.util.Optional;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.design.NonInferiorityPower;
import org.showroomlab.stats.verdict.Finding;
import org.showroomlab.stats.verdict.MetricEvidence;
import org.showroomlab.stats.verdict.NonInferiority;
import org.showroomlab.stats.verdict.Role;

/**
 * Whether each guardrail that the verdict does not take for shown could have been: the power of its test when the change does
 * nothing, for its margin and the uncertainty that the data turned out to have. Of one that holds there is no question.
 */
final class GuardrailPower {
    private static final double WANTED = 0.8;

    private GuardrailPower() {}

    /**
     * What each could have shown.
     *
     * @param judged what the verdict judges
     * @param alpha the one-sided level of each guardrail
     */
    static List<Finding.Underpowered> findings(List<MetricReport> metrics, List<MetricEvidence> judged, double alpha) {
        return judged.stream()
                .filter(evidence -> evidence.role() == Role.GUARDRAIL && evidence.margin() > 0)
                .flatMap(evidence -> finding(metrics, evidence, alpha).stream())
                .toList();
    }

    private static Optional<Finding.Underpowered> finding(
            List<MetricReport> metrics, MetricEvidence evidence, double alpha) {
        double tolerated = evidence.margin() * Math.abs(evidence.controlEstimate());
        double stdError = stdError(metrics, evidence);
        return evidence.difference()
                .value()
                .filter(effect -> stdError > 0 && tolerated > 0)
                .filter(effect -> !NonInferiority.of(
                                effect, evidence.controlEstimate(), evidence.margin(), evidence.goal(), alpha)
                        .holds(alpha))
                // With two units per arm the standard error of a difference is one unit's standard deviation.
                .map(effect -> new Finding.Underpowered(
                        evidence.metric() + " (" + evidence.variant() + ")",
                        test(effect, stdError, alpha).power(2, tolerated),
                        WANTED));
    }

    /** Of the difference itself: a band that holds on every day has none. */
    private static double stdError(List<MetricReport> metrics, MetricEvidence evidence) {
        return metrics.stream()
                .filter(metric -> metric.metric().id().equals(evidence.metric()))
                .flatMap(metric -> metric.judged().stream())
                .filter(comparison -> comparison.variant().equals(evidence.variant()))
                .flatMap(comparison -> comparison.difference().value().stream())
                .mapToDouble(Effect::stdError)
                .findFirst()
                .orElse(0);
    }

    private static NonInferiorityPower test(Effect judged, double stdError, double alpha) {
        return judged.stdError() > 0
                ? new NonInferiorityPower(stdError, alpha)
                : NonInferiorityPower.boundedAt(
                        (judged.ci().high() - judged.ci().low()) / 2 / stdError, stdError);
    }
}
