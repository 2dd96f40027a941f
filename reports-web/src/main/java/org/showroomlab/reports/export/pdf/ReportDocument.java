package org.showroomlab.reports.export.pdf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.reports.export.pdf.Grid.Cell;
import org.showroomlab.reports.export.pdf.Grid.Column;
import org.showroomlab.reports.pages.AccountingView;
import org.showroomlab.reports.pages.DailyPlot;
import org.showroomlab.reports.pages.Figures;
import org.showroomlab.reports.pages.ReportPage;
import org.showroomlab.reports.pages.ResultRow;
import org.showroomlab.reports.report.Accounting;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.Summary;

/** A report to print: the decision first, then what it rests on. */
public final class ReportDocument {
    private final Report report;
    private final ReportPage page;
    private final Paper paper;
    private final Prose prose;

    private ReportDocument(Report report, Paper paper) {
        this.report = report;
        this.page = ReportPage.of(report);
        this.paper = paper;
        this.prose = new Prose(paper);
    }

    /** The bytes of the document; the same report gives the same bytes. */
    public static byte[] of(Report report) {
        try (Paper paper = new Paper(report.experiment().name(), Paper.orEpoch(report.asOf()))) {
            return new ReportDocument(report, paper).written();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] written() throws IOException {
        head();
        verdict();
        results();
        daily();
        new AnalysisSection(paper, prose).write(page);
        health();
        accounting();
        methods();
        return paper.finish(page.experiment().id() + " · " + page.asOf() + " · Showroom Lab, methods version "
                + Report.METHOD_VERSION);
    }

    private void head() throws IOException {
        Experiment e = page.experiment();
        prose.note(e.id() + " · " + report.status().wireName() + " · " + page.asOf());
        prose.title(e.name());
        if (!e.hypothesis().isEmpty()) {
            prose.body(e.hypothesis());
        }
        prose.note((e.owner().isEmpty() ? "" : "Owner " + e.owner() + " · ") + page.period() + " · "
                + Figures.count(report.health().units()) + " units in "
                + report.variants().size() + " arms");
    }

    private void verdict() throws IOException {
        prose.banner(
                page.verdict().label(),
                page.verdict().sentence(),
                Shade.of(page.verdict().tone()));
        if (!page.waitsFor().isEmpty()) {
            prose.item("Provisional, not synced yet: " + page.waitsFor(), Shade.WARN);
        }
        if (!page.decidedAsKnown().isEmpty()) {
            prose.body(page.decidedAsKnown());
        }
        for (var reason : page.verdict().reasons()) {
            prose.item(reason.text(), Shade.INK);
        }
        for (var note : report.notes()) {
            prose.item(note.text(), Shade.MUTED);
        }
    }

    private void results() throws IOException {
        prose.heading("Results");
        List<List<Cell>> rows = new ArrayList<>();
        page.results().forEach(row -> rows.add(cells(row)));
        new Grid(
                        paper,
                        List.of(
                                Column.left("Metric", 1.35f),
                                Column.left("Variant", 0.75f),
                                Column.right("Control", 0.8f),
                                Column.right("Variant level", 0.8f),
                                new Column("Relative change", 1.65f, false, page.axis()),
                                Column.right("Relative", 1.1f),
                                Column.right("Absolute", 1.25f),
                                Column.right("p", 0.6f)))
                .rows(rows);
        for (ResultRow row : page.results()) {
            missing(row);
        }
        prose.note("Every treatment against the control. " + page.correction());
    }

    private static List<Cell> cells(ResultRow row) {
        return List.of(
                Cell.of(row.label(), row.hint()),
                Cell.of(row.variant()),
                Cell.of(row.controlLevel()),
                Cell.of(row.variantLevel()),
                new Cell("", row.word(), row.mark()),
                Cell.of(row.relative(), row.relativeInterval()),
                Cell.of(row.difference(), row.differenceInterval()),
                Cell.of(row.pValue()));
    }

    /** Why a row of the table has a dash instead of a number. */
    private void missing(ResultRow row) throws IOException {
        for (ResultRow.Explained e : row.explanation()) {
            if (e.term().equals(ResultRow.NO_NUMBER) || e.term().equals(ResultRow.NO_RELATIVE)) {
                prose.note(row.label() + ", " + row.variant() + ": " + e.text());
            }
        }
    }

    private void daily() throws IOException {
        String primary = new Summary.Line(report).primary().metric().id();
        List<DailyPlot> plots =
                page.plots().stream().filter(p -> p.metric().equals(primary)).toList();
        if (plots.isEmpty()) {
            return;
        }
        prose.heading("Day by day");
        PlotDrawing drawing = new PlotDrawing(paper);
        for (DailyPlot plot : plots) {
            drawing.draw(plot);
        }
        prose.note("What the data said at the end of each day, with the interval of that day. Looking every day and"
                + " stopping at the first clear interval raises false alarms: the verdict knows that.");
    }

    private void health() throws IOException {
        prose.heading("Health");
        prose.body(page.srmSentence());
        prose.body(page.mixedSentence());
        List<List<Cell>> rows = new ArrayList<>();
        for (Report.VariantUnits variant : report.variants()) {
            rows.add(List.of(
                    Cell.of(variant.id() + (variant.control() ? " (control)" : "")),
                    Cell.of(page.testedCount(variant)),
                    Cell.of(page.plannedCount(variant))));
        }
        Grid.plain(paper, List.of("Arm", page.testedName(), "Planned")).rows(rows);
    }

    private void accounting() throws IOException {
        prose.heading("Accounting");
        AccountingView accounting = page.accounting();
        Accounting total = report.accounting();
        prose.body(accounting.sentence() + (total.closes() ? "." : ", which does not close yet."));
        prose.note(Figures.count(total.conflictingDuplicates()) + " duplicates differed in content, "
                + Figures.count(total.late()) + " came after their experiment was closed, "
                + Figures.count(total.unknownExposures()) + " exposures were to an unknown experiment or variant.");
    }

    private void methods() throws IOException {
        prose.heading("Methods");
        Set<String> methods = new LinkedHashSet<>();
        for (ResultRow row : page.results()) {
            row.explanation().stream()
                    .filter(e -> e.term().equals(ResultRow.METHOD))
                    .forEach(e -> methods.add(e.text()));
        }
        for (String method : methods) {
            prose.item(method, Shade.INK);
        }
        prose.note("Methods version " + Report.METHOD_VERSION + ". Units are " + page.units() + "; days end in "
                + Figures.zone(page.experiment().timeZone()) + ".");
    }
}
