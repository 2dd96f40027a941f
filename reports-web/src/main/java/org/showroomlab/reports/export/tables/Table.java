package org.showroomlab.reports.export.tables;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of cells under a header.
 *
 * @param name what it is a table of; unique within a report
 * @param rows each as long as the header; a cell is text, a number, a boolean, an instant, a day, or {@code null} when empty
 */
public record Table(String name, List<String> header, List<List<@Nullable Object>> rows) {
    public Table {
        header = List.copyOf(header);
        int columns = header.size();
        rows = rows.stream()
                .map(row -> Collections.unmodifiableList(new ArrayList<@Nullable Object>(row)))
                .toList();
        rows.forEach(row -> {
            if (row.size() != columns) {
                throw new IllegalArgumentException("need " + columns + " cells: " + row.size());
            }
        });
    }

    /** The names of groups of columns, one group after the other. */
    static List<String> columns(List<List<String>> groups) {
        return groups.stream().flatMap(List::stream).toList();
    }

    /** The same under another name, with only these rows. */
    Table part(String newName, Predicate<List<@Nullable Object>> kept) {
        return new Table(newName, header, rows.stream().filter(kept).toList());
    }

    /** The same without columns of these names and without columns that are empty in every row. */
    Table without(List<String> dropped) {
        List<Integer> kept = IntStream.range(0, header.size())
                .filter(i -> !dropped.contains(header.get(i)) && isUsed(i))
                .boxed()
                .toList();
        return new Table(
                name,
                kept.stream().map(header::get).toList(),
                rows.stream().map(row -> cells(row, kept)).toList());
    }

    private static List<@Nullable Object> cells(List<@Nullable Object> row, List<Integer> kept) {
        List<@Nullable Object> cells = new ArrayList<>();
        kept.forEach(i -> cells.add(row.get(i)));
        return cells;
    }

    private boolean isUsed(int column) {
        return rows.isEmpty()
                || rows.stream().map(row -> row.get(column)).anyMatch(cell -> cell != null && !cell.equals(""));
    }

    /** What that row has in the column of that name; {@code null} when it is empty or there is no such column. */
    public @Nullable Object cell(List<@Nullable Object> row, String column) {
        int at = header.indexOf(column);
        return at < 0 ? null : row.get(at);
    }

    /** The same as text, empty when there is nothing. */
    public String text(List<@Nullable Object> row, String column) {
        return Objects.toString(cell(row, column), "");
    }
}
