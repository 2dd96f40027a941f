package org.showroomlab.reports.pages;

import java.util.Collection;
import org.showroomlab.stats.Interval;

/**
 * One horizontal axis of relative change for all rows of a table, symmetric about zero, so that lengths can be compared
 * down the column.
 *
 * @param reach the change at either end, as a fraction
 */
public record RelativeAxis(double reach) {
    public static final double WIDTH = 220;
    public static final double MIDDLE = WIDTH / 2;
    private static final double HALF = MIDDLE - 8;
    private static final double[] STEPS = {0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 2, 3, 5, 10
    };

    /** Wide enough for all but an interval several times wider than the others, which is drawn cut off. */
    static RelativeAxis over(Collection<Interval> intervals) {
        double[] ends = intervals.stream()
                .mapToDouble(i -> Math.max(Math.abs(i.low()), Math.abs(i.high())))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (ends.length == 0) {
            return new RelativeAxis(STEPS[2]);
        }
        double wanted = Math.min(ends[ends.length - 1], 3 * ends[ends.length / 2]);
        for (double step : STEPS) {
            if (step >= wanted) {
                return new RelativeAxis(step);
            }
        }
        return new RelativeAxis(STEPS[STEPS.length - 1]);
    }

    double x(double change) {
        return MIDDLE + HALF * Math.max(-1, Math.min(1, change / reach));
    }

    boolean endsBefore(double change) {
        return change > reach;
    }

    boolean beginsAfter(double change) {
        return change < -reach;
    }

    public String lowLabel() {
        return Figures.label(-100 * reach) + " %";
    }

    public String highLabel() {
        return Figures.label(100 * reach) + " %";
    }
}
