package org.showroomlab.reports.export.xlsx;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.showroomlab.reports.FileSamples;
import org.showroomlab.reports.export.Format;
import org.showroomlab.reports.export.Reports;
import org.showroomlab.reports.export.tables.ReportTables;
import org.showroomlab.reports.export.tables.Table;
import org.showroomlab.reports.report.Comparison;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.SummaryAssembler;
import org.showroomlab.reports.store.Store;
import org.showroomlab.stats.Effect;

/** Workbooks as another program reads them back. */
class ReportWorkbookTest {
    private static List<String> experiments() {
        return FileSamples.ids();
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void everyCellIsThatOfTheReport(String id) throws IOException {
        Report report = FileSamples.report(id);
        List<Table> tables = ReportTables.of(report);
        assertThat(tables).extracting(Table::name).startsWith("Verdict", "Comparisons", "Arms", "Daily", "Dimensions");
        sameCells(Reports.render(report, Format.XLSX), tables);
    }

    @Test
    void theSummaryHasTheProgrammeAndARowPerComparison() throws IOException {
        try (Store store = FileSamples.store()) {
            List<Table> tables = ReportTables.of(SummaryAssembler.assemble(store));
            assertThat(tables).extracting(Table::name).containsExactly("Programme", "Experiments");
            assertThat(tables.get(1).rows())
                    .hasSizeGreaterThanOrEqualTo(FileSamples.ids().size());
            sameCells(Reports.renderSummary(store, Format.XLSX), tables);
        }
    }

    private static void sameCells(byte[] bytes, List<Table> tables) throws IOException {
        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(bytes))) {
            assertThat(workbook.getSheets().map(Sheet::getName))
                    .containsExactlyElementsOf(tables.stream().map(Table::name).toList());
            for (Table table : tables) {
                List<Row> rows = workbook.findSheet(table.name()).orElseThrow().read();
                assertThat(rows).hasSize(table.rows().size() + 1);
                for (int row = 0; row < table.rows().size(); row++) {
                    sameCells(table.rows().get(row), rows.get(row + 1));
                }
            }
        }
    }

    private static void sameCells(List<@Nullable Object> expected, Row row) {
        for (int column = 0; column < expected.size(); column++) {
            Object value = expected.get(column);
            Cell cell = column < row.getCellCount() ? row.getCell(column) : null;
            if (value == null || value.equals("")) {
                assertThat(cell == null || cell.getType() == CellType.EMPTY).isTrue();
                continue;
            }
            assertThat(cell).as("column %d of %s", column, expected).isNotNull();
            sameCell(value, requireNonNull(cell));
        }
    }

    private static void sameCell(Object value, Cell cell) {
        boolean isNumber = value instanceof Number || value instanceof Instant || value instanceof LocalDate;
        assertThat(cell.getType()).as("%s", value).isEqualTo(isNumber ? CellType.NUMBER : CellType.STRING);
        if (value instanceof Number number) {
            assertThat(cell.asNumber().doubleValue()).isEqualTo(new BigDecimal(number.toString()).doubleValue());
        } else if (value instanceof Instant instant) {
            assertThat(cell.asDate().toInstant(ZoneOffset.UTC)).isEqualTo(instant);
        } else if (value instanceof LocalDate day) {
            assertThat(cell.asDate().toLocalDate()).isEqualTo(day);
        } else {
            // XML has no control characters.
            assertThat(cell.asString()).isEqualTo(value.toString().replace("\u0001", ""));
        }
    }

    @Test
    void theNumbersOfAComparisonStandUnderTheirNames() throws IOException {
        Report report = FileSamples.report("spend");
        Comparison revenue = report.metrics().get(0).comparisons().get(0);
        Effect difference = revenue.difference().orElseThrow();
        Map<String, Object> row = row(Reports.render(report, Format.XLSX), "Comparisons", 1);
        assertThat(row)
                .containsEntry("metric", "revenue")
                .containsEntry("unit", "minor units of EUR per visitor")
                .containsEntry("method", revenue.method())
                .containsEntry("estimand", revenue.estimand())
                .containsEntry("difference, in unit", difference.estimate())
                .containsEntry("ci_low, in unit", difference.ci().low())
                .containsEntry("ci_high, in unit", difference.ci().high())
                .containsEntry("p_value", difference.pValue())
                .containsEntry("p_value_adjusted", revenue.pValueAdjusted())
                .containsEntry(
                        "relative", revenue.relative().orElseThrow().effect().estimate())
                .containsEntry(
                        "anytime_ci_low, in unit",
                        revenue.anytime().orElseThrow().ci().low());
    }

    @Test
    void whatHasNoNumberHasItsReason() throws IOException {
        byte[] workbook = Reports.render(FileSamples.report("empty"), Format.XLSX);
        Map<String, Object> row = row(workbook, "Comparisons", 1);
        assertThat(row).doesNotContainKeys("difference, in unit", "p_value");
        assertThat(row)
                .hasEntrySatisfying(
                        "reason", text -> assertThat(text.toString()).isNotEmpty());
        assertThat(row)
                .hasEntrySatisfying(
                        "relative_reason", text -> assertThat(text.toString()).isNotEmpty());
        assertThat(row(workbook, "Arms", 1))
                .hasEntrySatisfying(
                        "reason", text -> assertThat(text.toString()).isNotEmpty());
    }

    private static Map<String, Object> row(byte[] bytes, String sheet, int at) throws IOException {
        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(bytes))) {
            List<Row> rows = workbook.findSheet(sheet).orElseThrow().read();
            Map<String, Object> cells = new TreeMap<>();
            rows.get(at).forEach(cell -> {
                if (cell != null && cell.getType() != CellType.EMPTY) {
                    cells.put(
                            rows.get(0).getCellText(cell.getColumnIndex()),
                            cell.getType() == CellType.NUMBER ? cell.asNumber().doubleValue() : cell.asString());
                }
            });
            return cells;
        }
    }

    @Test
    void noTextIsEverAFormula() {
        Map<String, String> parts = parts(Reports.render(FileSamples.report("hostile"), Format.XLSX));
        parts.forEach((name, xml) -> assertThat(xml).as(name).doesNotContain("<f>", "<f "));
        assertThat(parts.get("xl/sharedStrings.xml")).contains("=cmd|", "@SUM(1+1)");
    }

    @Test
    void theHeaderIsBoldAndStaysInSight() {
        Map<String, String> parts = parts(Reports.render(FileSamples.report("spend"), Format.XLSX));
        assertThat(parts.get("xl/worksheets/sheet2.xml")).contains("state=\"frozen\"", "ySplit=\"1\"", "<autoFilter");
        assertThat(parts.get("xl/styles.xml")).contains("<b/>", "0.00%", "#,##0", "0.0000", "yyyy-mm-dd");
    }

    @Test
    void theSameReportGivesTheSameBytes() {
        byte[] once = Reports.render(FileSamples.report("spend"), Format.XLSX);
        assertThat(Reports.render(FileSamples.report("spend"), Format.XLSX)).isEqualTo(once);
        assertThat(parts(once).get("docProps/core.xml")).contains(">2026-04-06T00:00:00Z<");
    }

    private static Map<String, String> parts(byte[] workbook) {
        Map<String, String> parts = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(workbook))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                parts.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parts;
    }
}
