package org.showroomlab.reports.report;

import java.util.List;
import org.showroomlab.ingest.experiment.Metric;

/**
 * One metric: its arms, their comparisons to the control, day by day and by dimension.
 *
 * @param daily as of the end of each day; the last point is the report. Empty where only a verdict is wanted
 */
public record MetricReport(
        Metric metric,
        ValueUnit unit,
        List<ArmReport> arms,
        List<Comparison> comparisons,
        List<DailyPoint> daily,
        List<SliceReport> dimensions) {
    public MetricReport {
        arms = List.copyOf(arms);
        comparisons = List.copyOf(comparisons);
        daily = List.copyOf(daily);
        dimensions = List.copyOf(dimensions);
    }

    MetricReport withComparisons(List<Comparison> adjusted) {
        return new MetricReport(metric, unit, arms, adjusted, daily, dimensions);
    }

    MetricReport withDimensions(List<SliceReport> adjusted) {
        return new MetricReport(metric, unit, arms, comparisons, daily, adjusted);
    }

    /** How much each treatment's effect differs between the values of each dimension. */
    public List<Heterogeneity> heterogeneity() {
        return Heterogeneity.of(dimensions);
    }

    /** The arm of that variant. */
    public ArmReport arm(String variant) {
        return arms.stream()
                .filter(a -> a.variant().equals(variant))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no arm " + variant));
    }
}
