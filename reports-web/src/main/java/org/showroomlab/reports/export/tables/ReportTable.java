package org.showroomlab.reports.export.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.report.ArmReport;
import org.showroomlab.reports.report.Comparison;
import org.showroomlab.reports.report.Heterogeneity;
import org.showroomlab.reports.report.MetricReport;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.SliceReport;
import org.showroomlab.reports.special.SpecialReading;
import org.showroomlab.reports.special.SpecialRow;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.clusters.RandomizationResult;
import org.showroomlab.stats.many.RandomEffects;
import org.showroomlab.stats.verdict.Reason;

/** A report as a flat table: one row per metric, comparison and dimension value, and the numbers of its special analysis. */
public final class ReportTable {
    static final List<String> HEADER = Table.columns(List.of(
            List.of(
                    "experiment",
                    "as_of",
                    "status",
                    "decision",
                    "reasons",
                    "metric",
                    "type",
                    "role",
                    "unit",
                    "dimension",
                    "dimension_value",
                    "variant",
                    "control",
                    "method",
                    "estimand",
                    "control_units",
                    "units",
                    "control_estimate",
                    "estimate"),
            EffectCells.DIFFERENCE,
            List.of("p_value_adjusted"),
            EffectCells.RELATIVE,
            List.of(
                    "adjusted",
                    "adjusted_std_error",
                    "adjusted_df",
                    "adjusted_ci_low",
                    "adjusted_ci_high",
                    "adjusted_p_value",
                    "reason",
                    "control_clusters",
                    "clusters",
                    "randomization_p_value",
                    "shrunken_difference",
                    "heterogeneity_q",
                    "heterogeneity_q_p_value",
                    "heterogeneity_i2",
                    "heterogeneity_tau2",
                    "anytime_ci_low",
                    "anytime_ci_high",
                    "anytime_p_value",
                    "uncapped",
                    "uncapped_std_error",
                    "uncapped_df",
                    "uncapped_ci_low",
                    "uncapped_ci_high",
                    "uncapped_p_value",
                    "relative_reason",
                    "adjusted_reason",
                    "anytime_reason",
                    "uncapped_reason",
                    "randomization_reason",
                    "matured_control_units",
                    "matured_units",
                    "matured_difference",
                    "matured_std_error",
                    "matured_df",
                    "matured_ci_low",
                    "matured_ci_high",
                    "matured_p_value")));

    private final Report report;
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    private ReportTable(Report report) {
        this.report = report;
    }

    public static Table of(Report report) {
        ReportTable table = new ReportTable(report);
        report.metrics().forEach(table::addMetric);
        Computable<SpecialReading> reading = report.analysis();
        if (reading != null) {
            reading.value().ifPresent(special -> special.rows().forEach(row -> table.addSpecial(special.key(), row)));
            reading.reason().ifPresent(table::addRefused);
        }
        table.rows.addAll(PreorderWalkInRows.of(report));
        return new Table("report", HEADER, table.rows);
    }

    private void addMetric(MetricReport metric) {
        metric.comparisons().forEach(c -> addRow(metric, "", "", metric.arms(), c, null));
        List<Heterogeneity> heterogeneity = metric.heterogeneity();
        for (SliceReport slice : metric.dimensions()) {
            slice.comparisons()
                    .forEach(c -> addRow(
                            metric,
                            slice.name(),
                            slice.value(),
                            slice.arms(),
                            c,
                            heterogeneity.stream()
                                    .filter(h -> h.dimension().equals(slice.name())
                                            && h.variant().equals(c.variant()))
                                    .findFirst()
                                    .orElse(null)));
        }
    }

    private void addRow(
            MetricReport metric,
            String dimension,
            String value,
            List<ArmReport> arms,
            Comparison c,
            @Nullable Heterogeneity heterogeneity) {
        ArmReport control = arm(arms, c.control());
        ArmReport treatment = arm(arms, c.variant());
        List<@Nullable Object> cells = new ArrayList<>(Arrays.asList(
                report.experiment().id(),
                report.asOf(),
                report.status().wireName(),
                lower(report.verdict().decision()),
                reasons(report),
                metric.metric().id(),
                lower(metric.metric().type()),
                lower(metric.metric().role()),
                metric.unit().label(),
                dimension,
                value,
                c.variant(),
                c.control(),
                c.method(),
                c.estimand(),
                control.units(),
                treatment.units(),
                level(control),
                level(treatment)));
        cells.addAll(EffectCells.difference(c));
        cells.add(c.pValueAdjusted());
        cells.addAll(EffectCells.relative(c.relative()));
        cells.addAll(EffectCells.absolute(c.adjusted()));
        cells.add(c.difference().reason().orElse(null));
        cells.add(control.clusters());
        cells.add(treatment.clusters());
        cells.add(randomizationPValue(c));
        cells.addAll(
                heterogeneity == null
                        ? Collections.<@Nullable Object>nCopies(5, null)
                        : shrunken(heterogeneity, value));
        cells.addAll(EffectCells.absolute(c.anytime()).subList(3, 6));
        cells.addAll(EffectCells.absolute(c.uncapped()));
        cells.add(EffectCells.relativeReason(c.relative()));
        for (Computable<?> other :
                Arrays.<@Nullable Computable<?>>asList(c.adjusted(), c.anytime(), c.uncapped(), c.randomization())) {
            cells.add(other == null ? null : other.reason().orElse(null));
        }
        cells.addAll(matured(metric, dimension.isEmpty() ? c.variant() : ""));
        rows.add(cells);
    }

    /** What the verdict goes by, where that is not all units. */
    private static List<@Nullable Object> matured(MetricReport metric, String variant) {
        SliceReport matured = metric.matured();
        Optional<Comparison> judged = matured == null
                ? Optional.empty()
                : matured.comparisons().stream()
                        .filter(c -> c.variant().equals(variant))
                        .findFirst();
        if (matured == null || judged.isEmpty()) {
            return Collections.nCopies(2 + EffectCells.DIFFERENCE.size(), null);
        }
        Comparison c = judged.get();
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(arm(matured.arms(), c.control()).units());
        cells.add(arm(matured.arms(), c.variant()).units());
        cells.addAll(EffectCells.absolute(c.difference()));
        return cells;
    }

    private static List<@Nullable Object> shrunken(Heterogeneity h, String value) {
        Optional<RandomEffects> fit = h.fit().value();
        return Arrays.asList(
                h.shrunken(value).value().orElse(null),
                fit.map(RandomEffects::q).orElse(null),
                fit.map(RandomEffects::qPValue).orElse(null),
                h.iSquared().value().orElse(null),
                fit.map(RandomEffects::tau2).orElse(null));
    }

    /** A special analysis that says nothing but why. */
    private void addRefused(String reason) {
        analysisRow(lower(report.experiment().analysis())).accept("reason", reason);
    }

    /** A row of the special analysis: what a row of a metric has beyond it stays empty. */
    private BiConsumer<String, @Nullable Object> analysisRow(String name) {
        List<@Nullable Object> cells = new ArrayList<>(Collections.nCopies(HEADER.size(), null));
        BiConsumer<String, @Nullable Object> set = (column, value) -> cells.set(HEADER.indexOf(column), value);
        set.accept("experiment", report.experiment().id());
        set.accept("as_of", report.asOf());
        set.accept("status", report.status().wireName());
        set.accept("decision", lower(report.verdict().decision()));
        set.accept("reasons", reasons(report));
        set.accept("metric", name);
        set.accept("type", "analysis");
        rows.add(cells);
        return set;
    }

    private void addSpecial(String key, SpecialRow row) {
        BiConsumer<String, @Nullable Object> set = analysisRow(key + "." + row.number());
        set.accept("dimension", row.dimension());
        set.accept("dimension_value", row.dimensionValue());
        set.accept("variant", row.variant());
        set.accept("control", row.control());
        set.accept("method", row.method());
        set.accept("estimand", row.sentence());
        row.value().value().ifPresent(value -> {
            set.accept(row.control().isEmpty() ? "estimate" : "difference", value.estimate());
            set.accept("std_error", EffectCells.finite(value.stdError()));
            set.accept("ci_low", EffectCells.finite(value.ci().low()));
            set.accept("ci_high", EffectCells.finite(value.ci().high()));
        });
        set.accept("df", row.df());
        set.accept("p_value", row.pValue());
        set.accept("reason", row.value().reason().orElse(null));
    }

    /** The codes behind the decision. */
    static String reasons(Report report) {
        return report.verdict().reasons().stream().map(Reason::code).collect(Collectors.joining(" "));
    }

    private static ArmReport arm(List<ArmReport> arms, String variant) {
        return arms.stream()
                .filter(a -> a.variant().equals(variant))
                .findFirst()
                .orElseThrow();
    }

    static @Nullable Double level(ArmReport arm) {
        return arm.level().isPresent() ? arm.level().getAsDouble() : null;
    }

    private static @Nullable Double randomizationPValue(Comparison c) {
        var randomization = c.randomization();
        return randomization == null
                ? null
                : randomization.value().map(RandomizationResult::pValue).orElse(null);
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
