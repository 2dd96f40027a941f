package org.showroomlab.reports.pages;

import java.util.List;

/**
 * A picture of lines with moments marked in it.
 *
 * @param marks moments, with or without a name
 */
public record LinesPlot(
        String id,
        String title,
        String description,
        List<Line> lines,
        List<Mark> marks,
        List<DailyPlot.Tick> yTicks,
        List<DailyPlot.Tick> xTicks) {
    public LinesPlot {
        lines = List.copyOf(lines);
        marks = List.copyOf(marks);
        yTicks = List.copyOf(yTicks);
        xTicks = List.copyOf(xTicks);
    }

    /**
     * A line, told from the others by its dashes and its label.
     *
     * @param labelLeft whether the label stands at the line's beginning
     */
    public record Line(String points, String dashes, String label, String labelY, boolean labelLeft) {}

    /** A moment; its name stands on the side that has room, below those of its neighbours. */
    public record Mark(String x, String labelX, String labelY, String anchor, String label) {}
}
