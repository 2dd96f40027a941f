package org.showroomlab.reports.export.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.report.DailyPoint;
import org.showroomlab.reports.report.MetricReport;
import org.showroomlab.reports.report.Report;
import org.showroomlab.stats.Interval;

/** What was known at the end of each day, one row per metric, day and variant. */
final class DailyTable {
    private static final List<String> HEADER = List.of(
            "metric",
            "type",
            "unit",
            "day",
            "variant",
            "number",
            "estimate",
            "ci_low",
            "ci_high",
            "anytime_ci_low",
            "anytime_ci_high",
            "reason",
            "anytime_reason");

    private DailyTable() {}

    static Table of(Report report) {
        List<String> controls = report.variants().stream()
                .filter(Report.VariantUnits::control)
                .map(Report.VariantUnits::id)
                .toList();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (MetricReport metric : report.metrics()) {
            metric.daily().forEach(point -> rows.add(row(metric, point, controls.contains(point.variant()))));
        }
        return new Table("Daily", HEADER, rows);
    }

    private static List<@Nullable Object> row(MetricReport metric, DailyPoint point, boolean control) {
        Interval unknown = Interval.UNBOUNDED;
        Interval ci = point.value().value().map(DailyPoint.Estimated::ci).orElse(unknown);
        Interval anytime = point.anytimeCi().value().orElse(unknown);
        return Arrays.asList(
                metric.metric().id(),
                ReportTable.lower(metric.metric().type()),
                metric.unit().label(),
                point.day(),
                point.variant(),
                control ? "level" : "difference to control",
                point.estimate().isPresent() ? point.estimate().getAsDouble() : null,
                EffectCells.finite(ci.low()),
                EffectCells.finite(ci.high()),
                EffectCells.finite(anytime.low()),
                EffectCells.finite(anytime.high()),
                point.value().reason().orElse(null),
                point.anytimeCi().reason().orElse(null));
    }
}
