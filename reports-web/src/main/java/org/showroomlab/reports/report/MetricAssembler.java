package org.showroomlab.reports.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.showroomlab.ingest.event.EventField;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Experiment.UnitKind;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.ingest.experiment.Variant;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;

/** Makes the report of one metric from the sums of its experiment. */
final class MetricAssembler {
    private final Experiment experiment;
    private final Metric metric;
    private final ExperimentSums sums;
    private final MetricMethod method;
    private final boolean switchback;
    private final Variant control;
    private final LocalDate lastDay;

    /** @param lastDay the day of the report, with which the daily series ends */
    MetricAssembler(Experiment experiment, Metric metric, ExperimentSums sums, LocalDate lastDay) {
        this.experiment = experiment;
        this.metric = metric;
        this.sums = sums;
        this.method = MetricMethod.of(experiment, metric, sums);
        this.switchback = MetricMethod.isSwitchback(experiment, sums);
        this.control = experiment.variants().get(experiment.controlIndex());
        this.lastDay = lastDay;
    }

    /** @param maturedCohorts how many cohorts have had their outcome window; empty where all units are judged */
    MetricReport assemble(ReportAssembler.Detail detail, OptionalInt maturedCohorts) {
        boolean whole = detail == ReportAssembler.Detail.EVERYTHING;
        Map<String, ArmSums> all = arms(v -> sums.total(metric.id(), v.id()));
        return new MetricReport(
                metric,
                ValueUnit.of(metric, experiment),
                armReports(all),
                comparisons(all, whole),
                maturedCohorts.isPresent() ? matured(maturedCohorts.getAsInt()) : null,
                whole ? daily() : List.of(),
                slices());
    }

    private SliceReport matured(int cohorts) {
        Map<String, ArmSums> arms = arms(v -> sums.totalOfCohortsBefore(cohorts, metric.id(), v.id()));
        return new SliceReport(Experiment.COHORT, "", armReports(arms), comparisons(arms, false));
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
                Basis.of(metric, arm),
                method.level(arm),
                method.arm(arm),
                method.armInterval(arm),
                method.uncappedArm(arm),
                experiment.unit() == UnitKind.VISITOR ? null : clusters(arm));
    }

    private static int clusters(ArmSums arm) {
        return (int) arm.cells().keySet().stream()
                .map(ClusterCell::cluster)
                .distinct()
                .count();
    }

    /** @param randomized whether to look at all assignments, which is slow and for the main comparison only */
    private List<Comparison> comparisons(Map<String, ArmSums> arms, boolean randomized) {
        ArmSums controlSums = sumsOf(arms, control);
        return treatments()
                .map(v -> comparison(v.id(), controlSums, sumsOf(arms, v), randomized))
                .toList();
    }

    private Comparison comparison(String variant, ArmSums controlSums, ArmSums treatment, boolean randomized) {
        return new Comparison(
                variant,
                control.id(),
                method.name(controlSums, treatment),
                Estimands.sentence(experiment, metric, switchback, variant, control.id()),
                method.estimate(controlSums, treatment),
                method.difference(controlSums, treatment),
                null,
                method.relative(controlSums, treatment),
                method.anytime(controlSums, treatment),
                method.adjusted(controlSums, treatment),
                method.uncappedDifference(controlSums, treatment),
                randomized ? method.randomization(controlSums, treatment) : null);
    }

    private List<DailyPoint> daily() {
        Map<String, ExperimentSums.Clock> clocks = new LinkedHashMap<>();
        experiment.variants().forEach(v -> clocks.put(v.id(), sums.clock(metric.id(), v.id())));
        List<DailyPoint> points = new ArrayList<>();
        for (LocalDate day : sums.daysThrough(lastDay)) {
            Map<String, ArmSums> arms = new LinkedHashMap<>();
            clocks.forEach((variant, clock) -> arms.put(variant, clock.asOf(day)));
            ArmSums controlSums = sumsOf(arms, control);
            arms.forEach((variant, arm) -> points.add(
                    variant.equals(control.id())
                            ? new DailyPoint(day, variant, method.level(arm), level(arm), method.anytimeInterval(arm))
                            : changeOn(day, variant, controlSums, arm)));
        }
        return points;
    }

    private DailyPoint changeOn(LocalDate day, String variant, ArmSums controlSums, ArmSums arm) {
        return new DailyPoint(
                day,
                variant,
                method.estimate(controlSums, arm),
                change(controlSums, arm),
                method.anytime(controlSums, arm).map(Effect::ci));
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
                slices.add(new SliceReport(dimension.name(), value, armReports(arms), comparisons(arms, false)));
            }
        }
        return slices;
    }

    private static ArmSums sumsOf(Map<String, ArmSums> arms, Variant variant) {
        return arms.getOrDefault(variant.id(), new ArmSums());
    }
}
