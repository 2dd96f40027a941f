package org.showroomlab.reports.export.pdf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.showroomlab.reports.export.pdf.Grid.Cell;
import org.showroomlab.reports.export.pdf.Grid.Column;
import org.showroomlab.reports.pages.Figures;
import org.showroomlab.reports.pages.ResultRow;
import org.showroomlab.reports.pages.ScorecardView;
import org.showroomlab.reports.pages.SummaryPage;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.Summary;

/** The programme to print: its scorecard, and a table for each quarter with why each verdict is what it is. */
public final class SummaryDocument {
    private SummaryDocument() {}

    /** The bytes of the document; the same summary gives the same bytes. */
    public static byte[] of(Summary summary) {
        try (Paper paper = new Paper("Programme summary", Paper.orEpoch(summary.asOf()))) {
            return written(SummaryPage.of(summary), paper);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] written(SummaryPage page, Paper paper) throws IOException {
        Prose prose = new Prose(paper);
        prose.note(page.asOf());
        prose.title("Programme summary");
        prose.body(
                "Every experiment by the quarter it started in, with its verdict and the change of its primary metric.");
        if (!page.lines().isEmpty()) {
            scorecard(page.scorecard(), prose, paper);
        }
        for (String quarter : page.summary().quarters()) {
            prose.heading(quarter.substring(5) + " " + quarter.substring(0, 4) + ": " + page.experimentCount(quarter)
                    + ", " + page.verdictCounts(quarter));
            quarter(page, quarter, paper);
        }
        if (page.summary().experiments().isEmpty()) {
            prose.body("There is no experiment yet.");
        }
        for (String sentence : page.accountingSentences()) {
            prose.note(sentence + ".");
        }
        prose.note("Intervals are of the relative change of the primary metric, each at its experiment’s own level.");
        return paper.finish(
                "Programme summary · " + page.asOf() + " · Showroom Lab, methods version " + Report.METHOD_VERSION);
    }

    private static void scorecard(ScorecardView scorecard, Prose prose, Paper paper) throws IOException {
        prose.heading(scorecard.title());
        if (!scorecard.rows().isEmpty()) {
            new Grid(
                            paper,
                            List.of(
                                    Column.left("Of all quarters", 1),
                                    Column.right("Value", 1),
                                    Column.right("95 % interval", 1),
                                    Column.left("What it is", 4)))
                    .rows(scorecard.rows().stream()
                            .map(row -> List.of(
                                    Cell.of(row.name()),
                                    Cell.of(row.figure()),
                                    Cell.of(row.interval()),
                                    Cell.of("", row.meaning())))
                            .toList());
        }
        for (String note : scorecard.notes()) {
            prose.note(note);
        }
    }

    private static void quarter(SummaryPage page, String quarter, Paper paper) throws IOException {
        List<List<Cell>> rows = new ArrayList<>();
        for (SummaryPage.Line line : page.lines(quarter)) {
            boolean first = true;
            for (ResultRow effect : line.effects()) {
                rows.add(List.of(
                        first ? name(line.report()) : Cell.of(""),
                        Cell.of(first ? line.verdict().label() : ""),
                        new Cell("", line.metric() + ", " + effect.variant() + ": " + effect.word(), effect.mark()),
                        Cell.of(effect.relative(), below(effect, line.shrunken(effect))),
                        Cell.of(first ? Figures.count(line.report().health().units()) : ""),
                        Cell.of("", first ? line.verdict().why() : "")));
                first = false;
            }
        }
        new Grid(
                        paper,
                        List.of(
                                Column.left("Experiment", 1.6f),
                                Column.left("Verdict", 0.85f),
                                new Column("Primary effect, relative", 1.7f, false, page.axis()),
                                Column.right("Relative", 1.1f),
                                Column.right("Units", 0.75f),
                                Column.left("Why", 2)))
                .rows(rows);
    }

    private static String below(ResultRow effect, String shrunken) {
        return effect.relativeInterval() + (shrunken.isEmpty() ? "" : " " + shrunken);
    }

    private static Cell name(Report report) {
        String owner = report.experiment().owner();
        return Cell.of(
                report.experiment().name(),
                (owner.isEmpty() ? "" : owner + " · ") + report.status().wireName());
    }
}
