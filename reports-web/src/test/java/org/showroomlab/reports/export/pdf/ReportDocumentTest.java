package org.showroomlab.reports.export.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.showroomlab.reports.FileSamples;
import org.showroomlab.reports.ScorecardSamples;
import org.showroomlab.reports.export.Format;
import org.showroomlab.reports.export.Reports;
import org.showroomlab.reports.pages.ReportPage;
import org.showroomlab.reports.pages.ResultRow;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.SummaryAssembler;
import org.showroomlab.reports.store.Store;
import org.showroomlab.stats.verdict.Reason;

/** Printed reports as a reader finds them: text that can be selected, embedded fonts, pages of a size. */
class ReportDocumentTest {
    private static List<String> experiments() {
        return FileSamples.ids();
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void verdictAndNumbersStandInTheText(String id) throws IOException {
        Report report = FileSamples.report(id);
        String text = text(Reports.render(report, Format.PDF));
        ReportPage page = ReportPage.of(report);
        assertThat(text)
                .contains(flat(page.verdict().label()), flat(page.verdict().sentence()), flat(page.asOf()));
        for (Reason reason : page.verdict().reasons()) {
            assertThat(text).contains(flat(reason.text()));
        }
        for (ResultRow row : page.results()) {
            assertThat(text)
                    .contains(
                            flat(row.label()),
                            flat(row.relative()),
                            flat(row.relativeInterval()),
                            flat(row.difference()),
                            flat(row.differenceInterval()),
                            flat(row.pValue()));
        }
        assertThat(text)
                .contains(flat(page.srmSentence()), flat(page.accounting().sentence()), "methodsversion");
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void pagesAreA4WithEmbeddedFontsAndNumbers(String id) throws IOException {
        byte[] bytes = Reports.render(FileSamples.report(id), Format.PDF);
        keep(id, bytes);
        try (PDDocument document = Loader.loadPDF(bytes)) {
            assertThat(document.getNumberOfPages()).isBetween(1, 5);
            for (PDPage page : document.getPages()) {
                assertThat(page.getMediaBox().getWidth()).isEqualTo(PDRectangle.A4.getWidth());
                for (COSName name : page.getResources().getFontNames()) {
                    assertThat(page.getResources().getFont(name).isEmbedded()).isTrue();
                }
                assertThat(page.getResources().getXObjectNames())
                        .as("pictures are drawn")
                        .isEmpty();
            }
        }
        assertThat(text(bytes)).contains("page1of");
    }

    /** For looking at them: {@code mvn test -Dtest=ReportDocumentTest -Dshowroom.keep=DIR}. */
    private static void keep(String name, byte[] bytes) throws IOException {
        String folder = System.getProperty("showroom.keep", "");
        if (!folder.isEmpty()) {
            Files.write(Path.of(folder, name + ".pdf"), bytes);
        }
    }

    @Test
    void namesArePrintedWhateverTheyAreWrittenIn() throws IOException {
        String text = text(Reports.render(FileSamples.report("hostile"), Format.PDF));
        assertThat(text).contains("=cmd|'/Ccalc'!A0", "Preiserhöhung„groß“&<b>,", "'Ü'\"x\"");
    }

    @Test
    void signsThatReportsNeedHaveGlyphs() throws IOException {
        try (PDDocument document = new PDDocument()) {
            assertThat(Typeface.in(document).printable("−≥≤α–×±√²·ȳΣ’∞✗日\n")).isEqualTo("−≥≤α–×±√²·ȳΣ’∞?? ");
        }
    }

    @Test
    void theSummaryHasEveryExperimentWithItsVerdict() throws IOException {
        try (Store store = FileSamples.store()) {
            byte[] bytes = Reports.renderSummary(store, Format.PDF);
            keep("summary", bytes);
            String text = text(bytes);
            SummaryAssembler.assemble(store).experiments().forEach(line -> {
                ReportPage page = ReportPage.of(line.report());
                assertThat(text)
                        .contains(
                                flat(page.experiment().name()),
                                flat(page.verdict().label()));
            });
        }
    }

    @Test
    void theSummaryBeginsWithTheScorecard() throws IOException {
        byte[] bytes = Reports.render(ScorecardSamples.summary(), Format.PDF);
        keep("scorecard", bytes);
        assertThat(text(bytes))
                .containsSubsequence(
                        flat("Scorecard of 10 finished experiments"),
                        flat("Impact +121 % [+84.9, +163] %"),
                        flat("Q1 2026: 11 experiments"),
                        flat("shrunken +18.6 %"));
    }

    @Test
    void anEmptyProgrammeIsAPageToo() throws IOException {
        try (Store store = Store.inMemory()) {
            assertThat(text(Reports.renderSummary(store, Format.PDF))).contains("Thereisnoexperimentyet.");
        }
    }

    @Test
    void theSameReportGivesTheSameBytes() {
        assertThat(Reports.render(FileSamples.report("spend"), Format.PDF))
                .isEqualTo(Reports.render(FileSamples.report("spend"), Format.PDF));
    }

    private static String text(byte[] bytes) throws IOException {
        try (PDDocument document = Loader.loadPDF(bytes)) {
            return flat(new PDFTextStripper().getText(document));
        }
    }

    /** Lines break where a page wants it. */
    private static String flat(String text) {
        return text.replaceAll("[\\s\\u00a0\\u202f]+", "");
    }
}
