package org.showroomlab.reports.export.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.report.ArmReport;
import org.showroomlab.reports.report.MetricReport;
import org.showroomlab.reports.report.Report;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Interval;

/** Every metric's level in every arm, one row each. */
final class ArmTable {
    private static final List<String> HEADER = List.of(
            "variant",
            "control",
            "weight",
            "exposed_units",
            "metric",
            "type",
            "unit",
            "units",
            "clusters",
            "events",
            "estimate",
            "std_error",
            "ci_low",
            "ci_high",
            "reason",
            "uncapped",
            "uncapped_std_error",
            "uncapped_reason");

    private ArmTable() {}

    static Table of(Report report) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Report.VariantUnits variant : report.variants()) {
            report.metrics().forEach(metric -> rows.add(row(variant, metric)));
        }
        return new Table("Arms", HEADER, rows);
    }

    private static List<@Nullable Object> row(Report.VariantUnits variant, MetricReport metric) {
        ArmReport arm = metric.arm(variant.id());
        Computable<ArmEstimate> uncapped = arm.uncapped();
        return Arrays.asList(
                variant.id(),
                variant.control() ? "yes" : "no",
                variant.weight(),
                variant.units(),
                metric.metric().id(),
                ReportTable.lower(metric.metric().type()),
                metric.unit().label(),
                arm.units(),
                arm.clusters(),
                arm.events(),
                ReportTable.level(arm),
                arm.stdError().value().orElse(null),
                arm.ci().value().map(Interval::low).map(EffectCells::finite).orElse(null),
                arm.ci().value().map(Interval::high).map(EffectCells::finite).orElse(null),
                arm.stdError().reason().or(() -> arm.ci().reason()).orElse(null),
                uncapped == null ? null : estimate(uncapped),
                uncapped == null ? null : stdError(uncapped),
                uncapped == null ? null : uncapped.reason().orElse(null));
    }

    private static @Nullable Double estimate(Computable<ArmEstimate> level) {
        return level.value().map(ArmEstimate::estimate).orElse(null);
    }

    private static @Nullable Double stdError(Computable<ArmEstimate> level) {
        return level.value().map(ArmEstimate::stdError).orElse(null);
    }
}
