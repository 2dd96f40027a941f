package org.showroomlab.reports.pages;

import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.stats.Effect;

/**
 * An interval drawn in a row of a table.
 *
 * @param title what it shows, in words
 * @param low left end; {@code lowCut} when it goes on beyond the axis
 * @param marker points of the shape at the estimate: a triangle towards better or worse, a diamond when unclear
 * @param margin where the tolerated worsening of a guardrail ends; {@code null} without one
 */
public record IntervalMark(
        String title,
        Direction direction,
        String low,
        String high,
        boolean lowCut,
        boolean highCut,
        String marker,
        @Nullable String margin) {
    private static final double Y = 12;

    static IntervalMark of(Metric metric, Direction direction, Effect relative, RelativeAxis axis) {
        String title = metric.id() + ": " + Figures.percentChange(relative.estimate()) + ", interval "
                + Figures.percentInterval(relative.ci()) + ", " + direction.word();
        return new IntervalMark(
                title,
                direction,
                Figures.coordinate(axis.x(relative.ci().low())),
                Figures.coordinate(axis.x(relative.ci().high())),
                axis.beginsAfter(relative.ci().low()),
                axis.endsBefore(relative.ci().high()),
                marker(direction, axis.x(relative.estimate())),
                margin(metric, axis));
    }

    private static String marker(Direction direction, double x) {
        return switch (direction) {
            case BETTER -> points(x - 6, Y + 4, x + 6, Y + 4, x, Y - 7);
            case WORSE -> points(x - 6, Y - 4, x + 6, Y - 4, x, Y + 7);
            case UNCLEAR, DISTRUSTED -> points(x - 5, Y, x, Y - 5, x + 5, Y, x, Y + 5);
        };
    }

    private static String points(double... xy) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < xy.length; i += 2) {
            text.append(Figures.coordinate(xy[i]))
                    .append(',')
                    .append(Figures.coordinate(xy[i + 1]))
                    .append(' ');
        }
        return text.toString().strip();
    }

    private static @Nullable String margin(Metric metric, RelativeAxis axis) {
        if (metric.margin() == null) {
            return null;
        }
        double tolerated = metric.margin().doubleValue();
        double at = metric.goal() == Metric.Goal.INCREASE ? -tolerated : tolerated;
        return axis.beginsAfter(at) || axis.endsBefore(at) ? null : Figures.coordinate(axis.x(at));
    }
}
