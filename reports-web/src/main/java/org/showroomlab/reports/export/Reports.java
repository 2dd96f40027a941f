package org.showroomlab.reports.export;

import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.export.notebook.ReportNotebook;
import org.showroomlab.reports.export.notebook.SummaryNotebook;
import org.showroomlab.reports.export.pdf.ReportDocument;
import org.showroomlab.reports.export.pdf.SummaryDocument;
import org.showroomlab.reports.export.tables.ReportTable;
import org.showroomlab.reports.export.tables.ReportTables;
import org.showroomlab.reports.export.tables.SummaryTable;
import org.showroomlab.reports.export.xlsx.ReportWorkbook;
import org.showroomlab.reports.pages.Pages;
import org.showroomlab.reports.report.DeclaredPrior;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.ReportAssembler;
import org.showroomlab.reports.report.Summary;
import org.showroomlab.reports.report.SummaryAssembler;
import org.showroomlab.reports.store.Store;

/** Reports and summaries as bytes. */
public final class Reports {
    private Reports() {}

    /**
     * One experiment's report.
     *
     * @throws org.showroomlab.reports.report.UnknownExperiment when there is none with that id
     */
    public static byte[] render(Store store, String experimentId, Format format) {
        return render(ReportAssembler.assemble(store, experimentId), format);
    }

    /** A report that is at hand. */
    public static byte[] render(Report report, Format format) {
        return switch (format) {
            case JSON -> JsonNumbers.bytes(ReportJson.of(report));
            case CSV -> CsvTable.bytes(ReportTable.of(report));
            case HTML -> Pages.report(report, Pages.Mode.FILE);
            case XLSX -> ReportWorkbook.of(ReportTables.of(report), report.asOf());
            case PDF -> ReportDocument.of(report);
            case IPYNB -> ReportNotebook.of(report);
        };
    }

    /** The summary of all experiments of the store. */
    public static byte[] renderSummary(Store store, Format format) {
        return renderSummary(store, null, format);
    }

    /** @param prior what effects are shrunken by while too few experiments are finished to learn it from them */
    public static byte[] renderSummary(Store store, @Nullable DeclaredPrior prior, Format format) {
        return render(SummaryAssembler.assemble(store, prior), format);
    }

    /** A summary that is at hand. */
    public static byte[] render(Summary summary, Format format) {
        return switch (format) {
            case JSON -> JsonNumbers.bytes(SummaryJson.of(summary));
            case CSV -> CsvTable.bytes(SummaryTable.of(summary));
            case HTML -> Pages.summary(summary, Pages.Mode.FILE);
            case XLSX -> ReportWorkbook.of(ReportTables.of(summary), summary.asOf());
            case PDF -> SummaryDocument.of(summary);
            case IPYNB -> SummaryNotebook.of(summary);
        };
    }
}
