package org.showroomlab.reports.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.ingest.experiment.Variant;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Significance;

/** Makes the report of one metric from the sums of its experiment. */
final class MetricAssembler {
    private final Experiment experiment;
    private final Metric metric;
    private final ExperimentSums sums;
    private final MetricMethod method;
    private final Variant control;

    MetricAssembler(Experiment experiment, Metric metric, ExperimentSums sums) {
        this.experiment = experiment;
        this.metric = metric;
        this.sums = sums;
        this.method = new MetricMethod(
                metric, new Significance(experiment.alpha(), Alternative.TWO_SIDED), experiment.covariateDays() > 0);
        this.control = experiment.variants().get(experiment.controlIndex());
    }

    MetricReport assemble() {
        ValueUnit unit = ValueUnit.of(metric, experiment);
        return CountedMetrics.reason(experiment, metric)
                .map(reason -> notCounted(unit, reason))
                .orElseGet(() -> counted(unit));
    }

    private MetricReport counted(ValueUnit unit) {
        Map<String, ArmSums> all = arms(v -> sums.total(metric.id(), v.id()));
        return new MetricReport(metric, unit, armReports(all), comparisons(all), daily(), slices());
    }

    private MetricReport notCounted(ValueUnit unit, String reason) {
        List<ArmReport> arms = experiment.variants().stream()
                .map(v -> new ArmReport(
                        v.id(), 0, 0, CountedMetrics.refusal(reason), CountedMetrics.refusal(reason), null))
                .toList();
        List<Comparison> comparisons = treatments()
                .map(v -> new Comparison(
                        v.id(),
                        control.id(),
                        "not_counted",
                        Estimands.sentence(experiment, metric, v.id(), control.id()),
                        CountedMetrics.refusal(reason),
                        null,
                        CountedMetrics.refusal(reason),
                        CountedMetrics.refusal(reason),
                        null,
                        null))
                .toList();
        return new MetricReport(metric, unit, arms, comparisons, List.of(), List.of());
    }

    private Map<String, ArmSums> arms(Function<Variant, ArmSums> sumsOf) {
        Map<String, ArmSums> arms = new LinkedHashMap<>();
        experiment.variants().forEach(v -> arms.put(v.id(), sumsOf.apply(v)));
        return arms;
    }

    private Stream<Variant> treatments() {
        return experiment.variants().stream().filter(v -> !v.control());
    }

    private List<ArmReport> armReports(Map<String, ArmSums> arms) {
        return experiment.variants().stream()
                .map(v -> armReport(v.id(), sumsOf(arms, v)))
                .toList();
    }

    private ArmReport armReport(String variant, ArmSums arm) {
        return new ArmReport(
                variant,
                arm.n(),
                arm.events(),
                method.arm(arm),
                method.armInterval(arm),
                metric.cap() == null ? null : method.uncappedArm(arm));
    }

    private List<Comparison> comparisons(Map<String, ArmSums> arms) {
        ArmSums controlSums = sumsOf(arms, control);
        return treatments()
                .map(v -> comparison(v.id(), controlSums, sumsOf(arms, v)))
                .toList();
    }

    private Comparison comparison(String variant, ArmSums controlSums, ArmSums treatment) {
        return new Comparison(
                variant,
                control.id(),
                method.name(controlSums, treatment),
                Estimands.sentence(experiment, metric, variant, control.id()),
                method.difference(controlSums, treatment),
                null,
                method.relative(controlSums, treatment),
                method.anytime(controlSums, treatment),
                experiment.covariateDays() > 0 ? method.adjusted(controlSums, treatment) : null,
                metric.cap() == null ? null : method.uncappedDifference(controlSums, treatment));
    }

    private List<DailyPoint> daily() {
        Map<String, ExperimentSums.Clock> clocks = new LinkedHashMap<>();
        experiment.variants().forEach(v -> clocks.put(v.id(), sums.clock(metric.id(), v.id())));
        List<DailyPoint> points = new ArrayList<>();
        for (LocalDate day : sums.days()) {
            Map<String, ArmSums> arms = new LinkedHashMap<>();
            clocks.forEach((variant, clock) -> arms.put(variant, clock.asOf(day)));
            ArmSums controlSums = sumsOf(arms, control);
            arms.forEach((variant, arm) -> points.add(
                    variant.equals(control.id())
                            ? new DailyPoint(day, variant, level(arm), method.anytimeInterval(arm))
                            : new DailyPoint(
                                    day,
                                    variant,
                                    change(controlSums, arm),
                                    method.anytime(controlSums, arm).map(Effect::ci))));
        }
        return points;
    }

    private Computable<DailyPoint.Estimated> level(ArmSums arm) {
        Computable<ArmEstimate> estimate = method.arm(arm);
        return estimate.flatMap(e -> method.armInterval(arm).map(ci -> new DailyPoint.Estimated(e.estimate(), ci)));
    }

    private Computable<DailyPoint.Estimated> change(ArmSums controlSums, ArmSums arm) {
        Computable<Effect> difference = method.difference(controlSums, arm);
        return difference.map(effect -> new DailyPoint.Estimated(effect.estimate(), effect.ci()));
    }

    private List<SliceReport> slices() {
        List<SliceReport> slices = new ArrayList<>();
        for (EventField dimension : experiment.dimensions()) {
            for (String value : sums.valuesOf(dimension.name())) {
                Map<String, ArmSums> arms = arms(v -> sums.total(metric.id(), v.id(), dimension.name(), value));
                slices.add(new SliceReport(dimension.name(), value, armReports(arms), comparisons(arms)));
            }
        }
        return slices;
    }

    private static ArmSums sumsOf(Map<String, ArmSums> arms, Variant variant) {
        return arms.getOrDefault(variant.id(), new ArmSums());
    }
}
