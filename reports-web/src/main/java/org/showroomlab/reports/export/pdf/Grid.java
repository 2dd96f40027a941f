package org.showroomlab.reports.export.pdf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.pages.IntervalMark;
import org.showroomlab.reports.pages.RelativeAxis;

/** A table down a paper; its header stands again on every page that it goes on. */
final class Grid {
    private static final float SIZE = 8.2f;
    private static final float SMALL = 7;
    private static final float LEADING = 1.28f;
    private static final float GAP = 7;
    private static final float PADDING = 4;

    /**
     * A column.
     *
     * @param share of the table's width, relative to the others
     * @param right whether its cells end at the right
     * @param axis of the intervals drawn in it; {@code null} when it has text
     */
    record Column(
            String title,
            float share,
            boolean right,
            @Nullable RelativeAxis axis) {
        static Column left(String title, float share) {
            return new Column(title, share, false, null);
        }

        static Column right(String title, float share) {
            return new Column(title, share, true, null);
        }
    }

    /** A cell: a text, a smaller one below it, and a drawn interval between them. */
    record Cell(String text, String hint, @Nullable IntervalMark mark) {
        static Cell of(String text) {
            return new Cell(text, "", null);
        }

        static Cell of(String text, String hint) {
            return new Cell(text, hint, null);
        }
    }

    private final Paper paper;
    private final List<Column> columns;
    private final float[] lefts;

    Grid(Paper paper, List<Column> columns) {
        this.paper = paper;
        this.columns = List.copyOf(columns);
        this.lefts = new float[columns.size() + 1];
        float all = (float) columns.stream().mapToDouble(Column::share).sum();
        lefts[0] = Paper.LEFT;
        for (int i = 0; i < columns.size(); i++) {
            lefts[i + 1] = lefts[i] + columns.get(i).share() / all * Paper.WIDTH;
        }
    }

    /** Text columns of even width, the first one wider and to the left. */
    static Grid plain(Paper paper, List<String> titles) {
        List<Column> columns = new ArrayList<>();
        for (String title : titles) {
            columns.add(columns.isEmpty() ? Column.left(title, 1.5f) : Column.right(title, 1));
        }
        return new Grid(paper, columns);
    }

    void rows(List<List<Cell>> rows) throws IOException {
        float first = rows.isEmpty() ? 0 : height(rows.get(0));
        paper.need(headHeight() + first + 4);
        paper.down(4);
        head();
        for (List<Cell> row : rows) {
            if (paper.need(height(row))) {
                head();
            }
            row(row);
        }
        paper.down(5);
    }

    private float headHeight() throws IOException {
        int most = 1;
        for (int i = 0; i < columns.size(); i++) {
            most = Math.max(most, lines(columns.get(i).title(), i, SMALL).size());
        }
        boolean drawn = columns.stream().anyMatch(c -> c.axis() != null);
        return (most + (drawn ? 1 : 0)) * SMALL * LEADING + PADDING;
    }

    private void head() throws IOException {
        float height = headHeight();
        for (int i = 0; i < columns.size(); i++) {
            float y = paper.y();
            for (String line : lines(columns.get(i).title(), i, SMALL)) {
                put(line, i, y - SMALL, SMALL, Shade.MUTED, false);
                y -= SMALL * LEADING;
            }
            RelativeAxis axis = columns.get(i).axis();
            if (axis != null) {
                IntervalDrawing.axis(paper, axis, lefts[i], width(i), paper.y() - height + PADDING + 1.5f, SMALL);
            }
        }
        paper.down(height);
        rule(0.9f, Shade.MUTED);
    }

    private void row(List<Cell> row) throws IOException {
        float height = height(row);
        for (int i = 0; i < row.size(); i++) {
            cell(row.get(i), i, paper.y() - PADDING);
        }
        paper.down(height);
        rule(0.5f, Shade.LINE);
    }

    private void cell(Cell cell, int column, float top) throws IOException {
        float y = top;
        if (cell.mark() != null) {
            IntervalDrawing.mark(paper, cell.mark(), lefts[column], width(column), y);
            y -= IntervalDrawing.HEIGHT;
        }
        if (!cell.text().isEmpty()) {
            for (String line : lines(cell.text(), column, SIZE)) {
                put(line, column, y - SIZE, SIZE, Shade.INK, column == 0);
                y -= SIZE * LEADING;
            }
        }
        if (!cell.hint().isEmpty()) {
            for (String line : lines(cell.hint(), column, SMALL)) {
                put(line, column, y - SMALL, SMALL, Shade.MUTED, false);
                y -= SMALL * LEADING;
            }
        }
    }

    private float height(List<Cell> row) throws IOException {
        float most = 0;
        for (int i = 0; i < row.size(); i++) {
            Cell cell = row.get(i);
            float height = cell.mark() == null ? 0 : IntervalDrawing.HEIGHT;
            height += cell.text().isEmpty() ? 0 : lines(cell.text(), i, SIZE).size() * SIZE * LEADING;
            height += cell.hint().isEmpty() ? 0 : lines(cell.hint(), i, SMALL).size() * SMALL * LEADING;
            most = Math.max(most, height);
        }
        return most + 2 * PADDING;
    }

    private List<String> lines(String text, int column, float size) throws IOException {
        // A bold first column is a little wider than its letters.
        return paper.typeface().lines(text, size, width(column) - (column == 0 ? 1 : 0));
    }

    private float width(int column) {
        return lefts[column + 1] - lefts[column] - GAP;
    }

    private void put(String text, int column, float y, float size, Shade shade, boolean bold) throws IOException {
        if (columns.get(column).right()) {
            paper.textUpTo(text, lefts[column] + width(column), y, size, shade, bold);
        } else {
            paper.text(text, lefts[column], y, size, shade, bold);
        }
    }

    private void rule(float width, Shade shade) throws IOException {
        paper.line(new float[] {Paper.LEFT, paper.y(), Paper.RIGHT, paper.y()}, width, shade);
    }
}
