package org.showroomlab.reports.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.verdict.DecisionRule;
import org.showroomlab.stats.verdict.Finding;
import org.showroomlab.stats.verdict.Goal;
import org.showroomlab.stats.verdict.MetricEvidence;
import org.showroomlab.stats.verdict.Role;
import org.showroomlab.stats.verdict.Verdict;
import org.showroomlab.stats.verdict.VerdictInput;

/** Hands the evidence of a report to the decision rule. */
final class VerdictAssembler {
    private VerdictAssembler() {}

    static Verdict verdict(
            Experiment experiment,
            Status status,
            Health health,
            List<Report.VariantUnits> variants,
            List<MetricReport> metrics) {
        List<MetricEvidence> evidence = metrics.stream()
                .flatMap(m -> m.comparisons().stream().map(c -> evidence(m, c)))
                .toList();
        VerdictInput input = status == Status.ENDED ? VerdictInput.ended(evidence) : VerdictInput.running(evidence);
        input = input.withAlpha(experiment.alpha()).with(new Finding.MixedUnits(health.mixedUnits(), health.units()));
        String counts = variants.stream().map(v -> v.id() + " " + v.units()).collect(Collectors.joining(", "));
        if (health.srm().value().isPresent()) {
            input = input.with(
                    new Finding.SampleRatio(health.srm().orElseThrow().pValue(), counts));
        }
        return DecisionRule.decide(input);
    }

    private static MetricEvidence evidence(MetricReport metric, Comparison comparison) {
        BigDecimal margin = metric.metric().margin();
        return new MetricEvidence(
                metric.metric().id(),
                comparison.variant(),
                role(metric.metric().role()),
                metric.metric().goal() == Metric.Goal.INCREASE ? Goal.INCREASE : Goal.DECREASE,
                comparison.difference(),
                metric.arm(comparison.control())
                        .estimate()
                        .value()
                        .map(ArmEstimate::estimate)
                        .orElse(0.0),
                margin == null ? 0 : margin.doubleValue());
    }

    /** Primary metrics decide; secondary ones are shown and corrected, but ship nothing. */
    private static Role role(Metric.Role role) {
        return switch (role) {
            case PRIMARY -> Role.SUCCESS;
            case SECONDARY -> Role.EXPLORATORY;
            case GUARDRAIL -> Role.GUARDRAIL;
        };
    }
}
