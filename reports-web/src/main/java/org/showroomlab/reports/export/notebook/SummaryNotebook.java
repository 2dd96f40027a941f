package org.showroomlab.reports.export.notebook;

import java.util.List;
import org.showroomlab.reports.pages.ResultRow;
import org.showroomlab.reports.pages.SummaryPage;
import org.showroomlab.reports.report.Comparison;
import org.showroomlab.reports.report.MetricReport;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.Summary;

/** The programme as a notebook: its verdicts, its scorecard, and every primary comparison, computed again. */
public final class SummaryNotebook {
    private SummaryNotebook() {}

    /** The bytes of the notebook; the same summary gives the same bytes. */
    public static byte[] of(Summary summary) {
        SummaryPage page = SummaryPage.of(summary);
        Notebook notebook = new Notebook();
        notebook.text(head(page));
        ScorecardCells.write(notebook, page.scorecard());
        List<SummaryPage.Line> lines = page.lines();
        Recomputation recomputation = new Recomputation(notebook);
        for (int i = 0; i < summary.experiments().size(); i++) {
            Summary.Line line = summary.experiments().get(i);
            MetricReport primary = line.primary();
            String key =
                    line.report().experiment().id() + "/" + primary.metric().id();
            int at = 0;
            for (Comparison c : primary.comparisons()) {
                ResultRow row = lines.get(i).effects().get(at++);
                recomputation.add(
                        key, primary, c, row, line.report().experiment().alpha());
            }
        }
        recomputation.write();
        ScorecardCells.writeRecomputation(notebook, summary.scorecard());
        DatabaseCells.write(notebook, "");
        return notebook.bytes();
    }

    private static String head(SummaryPage page) {
        StringBuilder text = new StringBuilder("# Programme summary\n\n" + Written.markdown(page.asOf())
                + ". Methods version " + Report.METHOD_VERSION + ".\n\n");
        text.append("| Quarter | Experiment | Status | Verdict | Why |\n| --- | --- | --- | --- | --- |\n");
        for (String quarter : page.summary().quarters()) {
            for (SummaryPage.Line line : page.lines(quarter)) {
                text.append("| " + quarter + " | "
                        + Written.markdown(line.report().experiment().name()) + " | "
                        + line.report().status().wireName() + " | "
                        + line.verdict().label() + " | "
                        + Written.markdown(line.verdict().why())
                        + " |\n");
            }
        }
        return text.toString();
    }
}
