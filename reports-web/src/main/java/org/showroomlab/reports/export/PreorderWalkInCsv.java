package org.showroomlab.reports.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.special.PreorderWalkIn;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.survival.CurveTest;

/** The reading of a drop as rows of the report's table; {@code metric} starts with the key of the analysis. */
final class PreorderWalkInCsv {
    private final Report report;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    private PreorderWalkInCsv(Report report) {
        this.report = report;
    }

    static List<List<@Nullable Object>> rows(Report report) {
        Computable<?> analysis = report.analysis();
        PreorderWalkInCsv csv = new PreorderWalkInCsv(report);
        if (analysis != null && analysis.value().orElse(null) instanceof PreorderWalkIn reading) {
            csv.add(reading);
        }
        return csv.rows;
    }

    private void add(PreorderWalkIn reading) {
        for (PreorderWalkIn.Contrast c : reading.contrasts()) {
            effect("demand_effect", "censored_binomial", "share", c, c.demand());
            effect("sales_effect", "newcombe", "share", c, c.sales());
            effect("rmst_hours", "restricted_mean", "hours", c, c.rmst());
            test("gray", c, c.gray());
            test("log_rank", c, c.logRank());
        }
        for (PreorderWalkIn.Arm arm : reading.arms()) {
            arm.incidence().value().orElse(List.of()).forEach(point -> {
                level("picked_up", "hours", point.hours(), arm.variant(), arm.exposed(), point.pickedUp());
                level("cancelled", "hours", point.hours(), arm.variant(), arm.exposed(), point.cancelled());
                level("no_show", "hours", point.hours(), arm.variant(), arm.exposed(), point.noShow());
            });
        }
        reading.stock()
                .value()
                .orElse(List.of())
                .forEach(line ->
                        level("sold", "showroom", line.showroom(), line.variant(), line.exposed(), line.sold()));
    }

    private void effect(String name, String method, String unit, PreorderWalkIn.Contrast c, Computable<Effect> effect) {
        List<@Nullable Object> row = row(name, c.variant());
        set(row, "control", c.control());
        set(row, "method", method);
        set(row, "unit", unit);
        int at = ReportCsv.HEADER.indexOf("difference");
        List<@Nullable Object> cells = EffectCells.absolute(effect);
        for (int i = 0; i < cells.size(); i++) {
            row.set(at + i, cells.get(i));
        }
        set(row, "reason", effect.reason().orElse(null));
    }

    private void test(String name, PreorderWalkIn.Contrast c, Computable<CurveTest> test) {
        List<@Nullable Object> row = row(name, c.variant());
        set(row, "control", c.control());
        set(row, "method", name);
        set(row, "p_value", test.value().map(CurveTest::pValue).orElse(null));
        set(row, "reason", test.reason().orElse(null));
    }

    private void level(String name, String dimension, Object value, String variant, long units, Object estimate) {
        List<@Nullable Object> row = row(name, variant);
        set(row, "dimension", dimension);
        set(row, "dimension_value", value);
        set(row, "units", units);
        set(row, "estimate", estimate);
    }

    private List<@Nullable Object> row(String name, String variant) {
        List<@Nullable Object> row = Arrays.asList(Collections.<@Nullable Object>nCopies(ReportCsv.HEADER.size(), null)
                .toArray());
        set(row, "experiment", report.experiment().id());
        set(row, "as_of", report.asOf());
        set(row, "status", report.status().wireName());
        set(row, "metric", "preorder_walk_in." + name);
        set(row, "type", "analysis");
        set(row, "variant", variant);
        rows.add(row);
        return row;
    }

    private static void set(List<@Nullable Object> row, String column, @Nullable Object value) {
        row.set(ReportCsv.HEADER.indexOf(column), value);
    }
}
