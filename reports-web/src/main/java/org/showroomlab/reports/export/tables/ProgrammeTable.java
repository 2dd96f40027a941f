package org.showroomlab.reports.export.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.pages.ScorecardView;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.Scorecard;
import org.showroomlab.reports.report.Summary;
import org.showroomlab.stats.many.ProgrammePace;
import org.showroomlab.stats.many.ProgrammeScorecard;

/** The programme: its scorecard, and how many experiments of each quarter were decided how. */
final class ProgrammeTable {
    private static final List<String> HEADER = List.of("quarter", "item", "value", "text");

    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    private ProgrammeTable() {}

    static Table of(Summary summary) {
        ProgrammeTable table = new ProgrammeTable();
        table.add("as of, UTC", summary.asOf(), null);
        table.add("method version", Report.METHOD_VERSION, null);
        table.addScorecard(summary.scorecard());
        summary.quarters().forEach(quarter -> table.addQuarter(quarter, summary.of(quarter)));
        return new Table("Programme", HEADER, table.rows);
    }

    private void addScorecard(Scorecard scorecard) {
        Map<String, String> meanings = new LinkedHashMap<>();
        ScorecardView view = new ScorecardView(scorecard);
        view.rows().forEach(row -> meanings.put(row.name(), row.meaning()));
        add("finished experiments", scorecard.finished().size(), "of all quarters");
        scorecard.pace().value().ifPresent(pace -> addPace(pace, meanings));
        scorecard.achieved().value().ifPresent(card -> addAchieved(card, meanings));
        view.notes().forEach(note -> add("note", null, note));
    }

    private void addPace(ProgrammePace pace, Map<String, String> meanings) {
        add("win rate, share", pace.winRate(), meanings.get("Win rate"));
        add("win rate, share, low", pace.winRateInterval().low(), null);
        add("win rate, share, high", pace.winRateInterval().high(), null);
        add("finished per 30 days", pace.perThirtyDays(), meanings.get("Velocity"));
    }

    private void addAchieved(ProgrammeScorecard card, Map<String, String> meanings) {
        add("relative impact", Math.expm1(card.impact()), meanings.get("Impact"));
        add("relative impact, low", Math.expm1(card.impactInterval().low()), null);
        add("relative impact, high", Math.expm1(card.impactInterval().high()), null);
        add("relative avoided loss", -Math.expm1(-card.avoidedLoss()), meanings.get("Avoided loss"));
        add("relative typical effect", Math.expm1(card.effects().mu()), meanings.get("Typical effect"));
    }

    private void addQuarter(String quarter, List<Summary.Line> lines) {
        Map<String, Integer> decisions = new LinkedHashMap<>();
        lines.forEach(line ->
                decisions.merge(ReportTable.lower(line.report().verdict().decision()), 1, Integer::sum));
        addOf(quarter, "experiments", lines.size());
        decisions.forEach((decision, count) -> addOf(quarter, decision, count));
        addOf(
                quarter,
                "exposed units",
                lines.stream().mapToLong(Summary.Line::units).sum());
    }

    private void add(String item, @Nullable Object value, @Nullable String text) {
        rows.add(Arrays.asList(null, item, value, text));
    }

    private void addOf(String quarter, String item, Number value) {
        rows.add(Arrays.asList(quarter, item, value, null));
    }
}
