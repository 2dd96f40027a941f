package org.showroomlab.reports.export;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.export.tables.Table;

/**
 * A table as RFC 4180 text.
 *
 * <p>Text that a spreadsheet would run as a formula gets a leading apostrophe. What cannot do anything stays as it is, so that
 * programs find it again: numbers, also as text, and the handle of a creator, such as {@code @ana}. {@code null} is an empty
 * cell.
 */
final class CsvTable {
    private static final String FORMULA_STARTS = "=+-@\t\r\n";
    private static final Pattern HARMLESS = Pattern.compile("[+-]?\\d+(\\.\\d+)?|@[\\p{L}\\p{N}_.-]+");
    private static final String NEEDS_QUOTES = ",\"\r\n";

    private final StringBuilder text = new StringBuilder();
    private final int columns;

    CsvTable(List<String> header) {
        this.columns = header.size();
        append(header);
    }

    static byte[] bytes(Table table) {
        CsvTable csv = new CsvTable(table.header());
        table.rows().forEach(csv::row);
        return csv.bytes();
    }

    void row(List<? extends @Nullable Object> cells) {
        if (cells.size() != columns) {
            throw new IllegalArgumentException("need " + columns + " cells: " + cells.size());
        }
        append(cells);
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void append(List<? extends @Nullable Object> cells) {
        String separator = "";
        for (Object cell : cells) {
            text.append(separator).append(cell(cell));
            separator = ",";
        }
        text.append("\r\n");
    }

    private static String cell(@Nullable Object cell) {
        if (cell == null) {
            return "";
        }
        String written = cell.toString();
        if (cell instanceof Number) {
            return written;
        }
        String safe = isFormula(written) ? "'" + written : written;
        boolean quoted = safe.chars().anyMatch(c -> NEEDS_QUOTES.indexOf(c) >= 0);
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    private static boolean isFormula(String text) {
        return !text.isEmpty()
                && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0
                && !HARMLESS.matcher(text).matches();
    }
}
