package org.showroomlab.reports.report;

import java.util.List;
import java.util.Optional;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.design.NonInferiorityPower;
import org.showroomlab.stats.verdict.Finding;

/**
 * Whether each guardrail could have been shown to hold: the power of its non-inferiority test when the change does
 * nothing, for its margin and the uncertainty that the data turned out to have.
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
        double tolerated = margin.doubleValue() * Math.abs(level);
        return comparison
                .difference()
                .value()
                .filter(effect -> effect.stdError() > 0 && tolerated > 0)
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
