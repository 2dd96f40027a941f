package org.showroomlab.reports.export.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.report.Comparison;
import org.showroomlab.reports.report.ProgrammeEffect;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.Scorecard;
import org.showroomlab.reports.report.Summary;
import org.showroomlab.stats.Computable;

/**
 * The summary as a flat table: one row per experiment and treatment. What the scorecard takes from an experiment stands in
 * the row of the treatment that it is of, and what the programme achieved together in none: it is no experiment's.
 */
public final class SummaryTable {
    static final List<String> HEADER = Table.columns(List.of(
            List.of(
                    "quarter",
                    "experiment",
                    "name",
                    "owner",
                    "start",
                    "end",
                    "as_of",
                    "status",
                    "decision",
                    "reasons",
                    "units",
                    "primary_metric",
                    "unit",
                    "variant",
                    "control",
                    "method"),
            EffectCells.DIFFERENCE,
            List.of("p_value_adjusted"),
            EffectCells.RELATIVE,
            List.of("reason", "relative_reason"),
            List.of("benefit", "benefit_std_error", "benefit_shrunken", "relative_shrunken", "scorecard_reason")));

    private SummaryTable() {}

    public static Table of(Summary summary) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Summary.Line line : summary.experiments()) {
            line.primary().comparisons().forEach(c -> rows.add(cells(line, c, summary.scorecard())));
        }
        return new Table("summary", HEADER, rows);
    }

    private static List<@Nullable Object> cells(Summary.Line line, Comparison c, Scorecard scorecard) {
        Report report = line.report();
        List<@Nullable Object> cells = new ArrayList<>(Arrays.asList(
                line.quarter(),
                report.experiment().id(),
                report.experiment().name(),
                report.experiment().owner(),
                report.experiment().start(),
                report.experiment().end(),
                report.asOf(),
                report.status().wireName(),
                report.verdict().decision().name().toLowerCase(Locale.ROOT),
                ReportTable.reasons(report),
                line.units(),
                line.primary().metric().id(),
                line.primary().unit().label(),
                c.variant(),
                c.control(),
                c.method()));
        cells.addAll(EffectCells.difference(c));
        cells.add(c.pValueAdjusted());
        cells.addAll(EffectCells.relative(c.relative()));
        cells.add(c.difference().reason().orElse(null));
        cells.add(EffectCells.relativeReason(c.relative()));
        cells.addAll(inScorecard(scorecard, report.experiment().id(), c.variant()));
        return cells;
    }

    private static List<@Nullable Object> inScorecard(Scorecard scorecard, String experimentId, String variant) {
        Computable<ProgrammeEffect> raw = scorecard.raw(experimentId);
        if (raw.value().isEmpty()) {
            return Arrays.asList(null, null, null, null, raw.reason().orElse(null));
        }
        ProgrammeEffect effect = raw.orElseThrow();
        if (!effect.variant().equals(variant)) {
            return Arrays.asList(
                    null,
                    null,
                    null,
                    null,
                    "The scorecard takes one treatment of each experiment: " + effect.variant() + ".");
        }
        Computable<Double> shrunken = scorecard.shrunken(experimentId);
        return Arrays.asList(
                effect.benefit(),
                effect.stdError(),
                shrunken.value().orElse(null),
                shrunken.value().map(effect::change).orElse(null),
                shrunken.reason().orElse(null));
    }
}
