package org.showroomlab.reports.report;

import java.util.List;
import java.util.Optional;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.design.NonInferiorityPower;
import org.showroomlab.stats.verdict.Finding;
import org.showroomlab.stats.verdict.Goal;
import org.showroomlab.stats.verdict.NonInferiority;

/**
 * Whether each guardrail that was not shown to hold could have been: the power of its non-inferiority test when the change
 * does nothing, for its margin and the uncertainty that the data turned out to have. Of one that holds there is no question.
 */
final class GuardrailPower {
    private static final double WANTED = 0.8;
    private static final double ALPHA = 0.05;

    private GuardrailPower() {}

    static List<Finding.Underpowered> findings(List<MetricReport> metrics) {
        return metrics.stream()
                .filter(m -> m.metric().role() == Metric.Role.GUARDRAIL)
                .flatMap(m -> m.comparisons().stream().flatMap(c -> finding(m, c).stream()))
                .toList();
    }

    private static Optional<Finding.Underpowered> finding(MetricReport metric, Comparison comparison) {
        var margin = metric.metric().margin();
        if (margin == null || margin.signum() == 0) {
            return Optional.empty();
        }
        double level = metric.arm(comparison.control())
                .estimate()
                .value()
                .map(ArmEstimate::estimate)
                .orElse(0.0);
        Goal goal = metric.metric().goal() == Metric.Goal.INCREASE ? Goal.INCREASE : Goal.DECREASE;
        double tolerated = margin.doubleValue() * Math.abs(level);
        return comparison
                .difference()
                .value()
                .filter(effect -> effect.stdError() > 0 && tolerated > 0)
                .filter(effect -> !NonInferiority.of(effect, level, margin.doubleValue(), goal, ALPHA)
                        .holds(ALPHA))
                .map(effect -> new Finding.Underpowered(
                        metric.metric().id() + " (" + comparison.variant() + ")",
                        power(effect.stdError(), tolerated),
                        WANTED));
    }

    /** With two units per arm the standard error of a difference is one unit's standard deviation. */
    private static double power(double stdError, double tolerated) {
        return new NonInferiorityPower(stdError, ALPHA).power(2, tolerated);
    }
}
