package org.showroomlab.reports.export.xlsx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.export.tables.Table;

/**
 * Tables as the sheets of a workbook.
 *
 * <p>Text is written as text, whatever it starts with: only a cell of type formula is ever run, and none is written.
 */
public final class ReportWorkbook {
    private static final int LONGEST_TEXT = 32_767;
    private static final int WIDEST = 60;
    private static final int NARROWEST = 9;

    private ReportWorkbook() {}

    /**
     * The bytes of the workbook; the same tables give the same bytes.
     *
     * @param asOf when the workbook says that it was made; {@code null} before the first event
     */
    public static byte[] of(List<Table> tables, @Nullable Instant asOf) {
        try {
            return StableArchive.of(written(tables), asOf == null ? Instant.EPOCH : asOf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] written(List<Table> tables) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(bytes, "Showroom Lab", null)) {
            for (Table table : tables) {
                write(table, workbook.newWorksheet(table.name()));
            }
        }
        return bytes.toByteArray();
    }

    private static void write(Table table, Worksheet sheet) {
        for (int column = 0; column < table.header().size(); column++) {
            String title = title(table, column);
            sheet.value(0, column, title);
            sheet.style(0, column)
                    .bold()
                    .wrapText(true)
                    .verticalAlignment("top")
                    .set();
            sheet.width(column, width(table, column, title));
        }
        for (int row = 0; row < table.rows().size(); row++) {
            write(table, row, sheet);
        }
        sheet.freezePane(0, 1);
        if (!table.rows().isEmpty()) {
            sheet.setAutoFilter(0, 0, table.rows().size(), table.header().size() - 1);
        }
    }

    private static void write(Table table, int row, Worksheet sheet) {
        List<@Nullable Object> cells = table.rows().get(row);
        String unit = table.text(cells, "unit");
        for (int column = 0; column < cells.size(); column++) {
            Object cell = cells.get(column);
            if (cell == null || cell.equals("")) {
                continue;
            }
            write(sheet, row + 1, column, cell);
            // Beside a verdict the item says what the value is.
            String kind = table.header().get(column).equals("value")
                    ? table.text(cells, "item")
                    : table.header().get(column);
            String format = CellFormat.of(kind, unit, cell);
            if (format != null) {
                sheet.style(row + 1, column)
                        .format(format)
                        .verticalAlignment("top")
                        .set();
            } else if (cell.toString().length() > WIDEST) {
                sheet.style(row + 1, column)
                        .wrapText(true)
                        .verticalAlignment("top")
                        .set();
            }
        }
    }

    private static void write(Worksheet sheet, int row, int column, Object cell) {
        if (cell instanceof Number number) {
            sheet.value(row, column, number);
        } else if (cell instanceof Instant instant) {
            sheet.value(row, column, LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
        } else if (cell instanceof LocalDate day) {
            sheet.value(row, column, day);
        } else {
            sheet.value(row, column, shortened(cell.toString()));
        }
    }

    /** A spreadsheet refuses a file with a longer cell. */
    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
    }

    private static String title(Table table, int column) {
        String name = table.header().get(column);
        boolean hasUnit = table.header().contains("unit");
        List<Object> filled = table.rows().stream()
                .map(row -> row.get(column))
                .filter(Objects::nonNull)
                .toList();
        boolean isMoment = !filled.isEmpty() && filled.stream().allMatch(Instant.class::isInstance);
        if (isMoment && !name.equals("value")) {
            return name + ", UTC";
        }
        return hasUnit && CellFormat.isInUnit(name) ? name + ", in unit" : name;
    }

    private static double width(Table table, int column, String title) {
        int longest = table.rows().stream()
                .mapToInt(row -> shownLength(row.get(column)))
                .max()
                .orElse(0);
        // A title may take two lines.
        return Math.min(WIDEST, Math.max(NARROWEST, Math.max(longest, title.length() / 2 + 2) + 2));
    }

    private static int shownLength(@Nullable Object cell) {
        if (cell instanceof Number) {
            return 10;
        }
        return cell instanceof Instant ? 16 : cell == null ? 0 : cell.toString().length();
    }
}
