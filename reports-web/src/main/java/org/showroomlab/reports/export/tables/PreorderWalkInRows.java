package org.showroomlab.reports.export.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.special.Channels;
import org.showroomlab.reports.special.PreorderWalkIn;
import org.showroomlab.reports.special.Returns;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.survival.CurveTest;

/** The reading of a drop as rows of the report's table; {@code metric} starts with the key of the analysis. */
final class PreorderWalkInRows {
    private final Report report;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    private PreorderWalkInRows(Report report) {
        this.report = report;
    }

    static List<List<@Nullable Object>> of(Report report) {
        Computable<?> analysis = report.analysis();
        PreorderWalkInRows table = new PreorderWalkInRows(report);
        if (analysis != null && analysis.value().orElse(null) instanceof PreorderWalkIn reading) {
            table.add(reading);
        }
        return table.rows;
    }

    private void add(PreorderWalkIn reading) {
        for (PreorderWalkIn.Contrast c : reading.contrasts()) {
            effect("demand_effect", "censored_binomial", "share", c, c.demand());
            effect("sales_effect", "newcombe", "share", c, c.sales());
            effect("picked_up", "aalen_johansen", "share", c, c.pickedUp());
            effect("rmst_hours", "restricted_mean", "hours", c, c.rmst());
            test("gray", c, c.gray());
            test("log_rank", c, c.logRank());
        }
        for (PreorderWalkIn.Arm arm : reading.arms()) {
            number("exposed", arm, arm.exposed());
            number("preordered", arm, arm.preordered());
            restrictedMean(arm);
            arm.incidence().reason().ifPresent(reason -> set(row("picked_up", arm.variant()), "reason", reason));
            arm.incidence().value().orElse(List.of()).forEach(point -> {
                level("picked_up", "hours", point.hours(), arm.variant(), arm.exposed(), point.pickedUp());
                level("cancelled", "hours", point.hours(), arm.variant(), arm.exposed(), point.cancelled());
                level("no_show", "hours", point.hours(), arm.variant(), arm.exposed(), point.noShow());
            });
        }
        reading.stock().value().orElse(List.of()).forEach(this::stock);
        reading.stock().reason().ifPresent(reason -> set(row("stock", ""), "reason", reason));
        channels(reading.channels());
        returns(reading.returns());
    }

    private void number(String name, PreorderWalkIn.Arm arm, long visitors) {
        List<@Nullable Object> row = row(name, arm.variant());
        set(row, "unit", "visitors");
        set(row, "units", arm.exposed());
        set(row, "estimate", visitors);
    }

    private void restrictedMean(PreorderWalkIn.Arm arm) {
        List<@Nullable Object> row = row("rmst_hours", arm.variant());
        set(row, "method", "restricted_mean");
        set(row, "unit", "hours");
        set(row, "units", arm.exposed());
        set(
                row,
                "estimate",
                arm.rmst().value().map(PreorderWalkIn.Level::estimate).orElse(null));
        set(
                row,
                "std_error",
                arm.rmst().value().map(PreorderWalkIn.Level::stdError).orElse(null));
        set(
                row,
                "ci_low",
                arm.rmst()
                        .value()
                        .map(level -> EffectCells.finite(level.ci().low()))
                        .orElse(null));
        set(
                row,
                "ci_high",
                arm.rmst()
                        .value()
                        .map(level -> EffectCells.finite(level.ci().high()))
                        .orElse(null));
        set(row, "reason", arm.rmst().reason().orElse(null));
    }

    private void stock(PreorderWalkIn.StockLine line) {
        String place = line.sku() == null ? line.showroom() : line.showroom() + "/" + line.sku();
        piece(
                "allotment",
                place,
                line,
                line.allotment().isPresent() ? line.allotment().getAsLong() : null);
        piece("sold", place, line, line.sold());
        piece("sell_through", place, line, line.sellThrough());
        piece("sold_out_at", place, line, line.soldOutAt());
        piece("hours_to_sold_out", place, line, line.soldOutHours());
        piece(
                "turned_away",
                place,
                line,
                line.turnedAway().isPresent() ? line.turnedAway().getAsLong() : null);
    }

    private void piece(String name, String place, PreorderWalkIn.StockLine line, @Nullable Object value) {
        List<@Nullable Object> row = row("stock." + name, line.variant());
        set(row, "dimension", "showroom/sku");
        set(row, "dimension_value", place);
        set(row, "estimate", value);
        set(row, "reason", value == null ? line.reason() : null);
    }

    private void channels(Channels channels) {
        for (Channels.Arm arm : channels.arms()) {
            level(
                    "channels.units",
                    "channel",
                    "online",
                    arm.variant(),
                    arm.visitors(),
                    arm.online().pieces());
            level(
                    "channels.units",
                    "channel",
                    "walk_in",
                    arm.variant(),
                    arm.visitors(),
                    arm.walkIn().pieces());
            level(
                    "channels.units",
                    "channel",
                    "",
                    arm.variant(),
                    arm.visitors(),
                    arm.total().pieces());
        }
        for (Channels.Contrast c : channels.contrasts()) {
            effect("channels.online", "welch", "units", c.variant(), c.control(), c.online());
            effect("channels.walk_in", "welch", "units", c.variant(), c.control(), c.walkIn());
            effect("channels.total", "welch", "units", c.variant(), c.control(), c.total());
        }
    }

    private void returns(Returns returns) {
        returns.arms().value().orElse(List.of()).forEach(arm -> {
            List<@Nullable Object> row = row("returned_units", arm.variant());
            set(row, "estimate", arm.returned());
        });
        returns.arms().reason().ifPresent(reason -> set(row("returned_units", ""), "reason", reason));
    }

    private void effect(String name, String method, String unit, PreorderWalkIn.Contrast c, Computable<Effect> effect) {
        effect(name, method, unit, c.variant(), c.control(), effect);
    }

    private void effect(
            String name, String method, String unit, String variant, String control, Computable<Effect> effect) {
        List<@Nullable Object> row = row(name, variant);
        set(row, "control", control);
        set(row, "method", method);
        set(row, "unit", unit);
        int at = ReportTable.HEADER.indexOf("difference");
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
        List<@Nullable Object> row =
                Arrays.asList(Collections.<@Nullable Object>nCopies(ReportTable.HEADER.size(), null)
                        .toArray());
        set(row, "experiment", report.experiment().id());
        set(row, "as_of", report.asOf());
        set(row, "status", report.status().wireName());
        set(row, "decision", ReportTable.lower(report.verdict().decision()));
        set(row, "metric", "preorder_walk_in." + name);
        set(row, "type", "analysis");
        set(row, "variant", variant);
        rows.add(row);
        return row;
    }

    private static void set(List<@Nullable Object> row, String column, @Nullable Object value) {
        row.set(ReportTable.HEADER.indexOf(column), value);
    }
}
