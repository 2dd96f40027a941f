package org.showroomlab.reports.export.notebook;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.reports.export.tables.ReportTables;
import org.showroomlab.reports.export.tables.Table;
import org.showroomlab.reports.pages.ReportPage;
import org.showroomlab.reports.pages.ResultRow;
import org.showroomlab.reports.report.Comparison;
import org.showroomlab.reports.report.MetricReport;
import org.showroomlab.reports.report.Report;

/** A report that explains its numbers and computes them again before the reader's eyes. */
public final class ReportNotebook {
    private static final List<String> SHEETS = List.of("Verdict", "Comparisons", "Arms", "Daily", "Dimensions");

    private ReportNotebook() {}

    /** The bytes of the notebook; the same report gives the same bytes. */
    public static byte[] of(Report report) {
        ReportPage page = ReportPage.of(report);
        Notebook notebook = new Notebook();
        notebook.text(head(page));
        notebook.text("To run this, choose a Java kernel, for example `io.github.padreati:rapaio-jupyter-kernel:3.0.1`:"
                + " `java -jar rapaio-jupyter-kernel-3.0.1.jar -i -auto` installs it.");
        Recomputation recomputation = new Recomputation(notebook);
        int at = 0;
        for (MetricReport metric : report.metrics()) {
            for (Comparison c : metric.comparisons()) {
                ResultRow row = page.results().get(at++);
                recomputation.add(
                        metric.metric().id(),
                        metric,
                        c,
                        row,
                        report.experiment().alpha());
            }
        }
        recomputation.write();
        recomputation.writeCorrection(report.experiment().correction().name().toLowerCase(Locale.ROOT));
        ReportTables.of(report).stream()
                .filter(table -> !SHEETS.contains(table.name()))
                .findFirst()
                .ifPresent(analysis -> notebook.text(table(analysis)));
        DatabaseCells.write(notebook, report.experiment().id());
        return notebook.bytes();
    }

    private static String head(ReportPage page) {
        Experiment e = page.experiment();
        StringBuilder text = new StringBuilder("# " + Written.markdown(e.name()) + "\n\n");
        if (!e.hypothesis().isEmpty()) {
            text.append(Written.markdown(e.hypothesis())).append("\n\n");
        }
        text.append(
                "`" + e.id() + "`, " + Written.markdown(page.report().status().wireName() + ", " + page.asOf())
                        + ". Methods version " + Report.METHOD_VERSION + ".\n\n");
        text.append("## Verdict: " + page.verdict().label() + "\n\n"
                + Written.markdown(page.verdict().sentence()) + "\n\n");
        page.verdict().reasons().forEach(r -> text.append("- " + Written.markdown(r.text()) + " `" + r.code() + "`\n"));
        page.report().notes().forEach(r -> text.append("- " + Written.markdown(r.text()) + " `" + r.code() + "`\n"));
        text.append("\n" + Written.markdown(page.srmSentence() + " " + page.mixedSentence()) + "\n\n");
        text.append(Written.markdown(page.accounting().sentence()) + ".\n\n" + Written.markdown(page.correction()));
        return text.toString();
    }

    private static String table(Table table) {
        StringBuilder text = new StringBuilder("## Special analysis: " + Written.markdown(table.name()) + "\n\n");
        appendRow(text, table.header());
        text.append("|").append(" --- |".repeat(table.header().size())).append('\n');
        table.rows().forEach(row -> appendRow(text, row));
        return text.toString();
    }

    private static void appendRow(StringBuilder text, List<? extends @Nullable Object> cells) {
        text.append('|');
        for (Object cell : cells) {
            text.append(' ')
                    .append(Written.markdown(Objects.toString(cell, "")))
                    .append(" |");
        }
        text.append('\n');
    }
}
