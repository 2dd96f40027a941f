package org.showroomlab.reports.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Metric;

/**
 * One metric: its arms, their comparisons to the control, day by day and by dimension.
 *
 * @param matured the units whose outcome window is over, where the verdict goes by them alone; {@code null} where it goes by
 *     all
 * @param daily as of the end of each day; the last point is the report. Empty where only a verdict is wanted
 */
public record MetricReport(
        Metric metric,
        ValueUnit unit,
        List<ArmReport> arms,
        List<Comparison> comparisons,
        @Nullable SliceReport matured,
        List<DailyPoint> daily,
        List<SliceReport> dimensions) {
    public MetricReport {
        arms = List.copyOf(arms);
        comparisons = List.copyOf(comparisons);
        daily = List.copyOf(daily);
        dimensions = List.copyOf(dimensions);
    }

    MetricReport withComparisons(List<Comparison> adjusted) {
        return new MetricReport(metric, unit, arms, adjusted, matured, daily, dimensions);
    }

    MetricReport withDimensions(List<SliceReport> adjusted) {
        return new MetricReport(metric, unit, arms, comparisons, matured, daily, adjusted);
    }

    /** How much each treatment's effect differs between the values of each dimension. */
    public List<Heterogeneity> heterogeneity() {
        return Heterogeneity.of(dimensions);
    }

    /** The comparisons that the verdict goes by. */
    public List<Comparison> judged() {
        return matured == null ? comparisons : matured.comparisons();
    }

    /** The arm that the verdict goes by. */
    ArmReport judgedArm(String variant) {
        return matured == null ? arm(variant) : arm(matured.arms(), variant);
    }

    /** The arm of that variant. */
    public ArmReport arm(String variant) {
        return arm(arms, variant);
    }

    private static ArmReport arm(List<ArmReport> arms, String variant) {
        return arms.stream()
                .filter(a -> a.variant().equals(variant))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no arm " + variant));
    }
}
