package org.showroomlab.reports.pages;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.showroomlab.reports.report.DailyPoint;
import org.showroomlab.reports.report.ValueUnit;

/**
 * Places days and differences in a daily plot.
 *
 * @param low value at the bottom
 * @param high value at the top
 * @param step between two labels
 */
record PlotScale(LocalDate first, LocalDate last, double low, double high, double step, ValueUnit unit) {
    /** The first days are so uncertain that their band would flatten everything after them; it is cut off, the line never. */
    private static final double SETTLING_SHARE = 0.12;

    static PlotScale over(List<DailyPoint> points, ValueUnit unit) {
        int settled = (int) Math.min(points.size() - 1, Math.ceil(SETTLING_SHARE * points.size()));
        double low = 0;
        double high = 0;
        for (int i = 0; i < points.size(); i++) {
            DailyPoint.Estimated value = points.get(i).value().orElseThrow();
            boolean whole = i >= settled;
            low = Math.min(low, whole ? finite(value.ci().low(), value.estimate()) : value.estimate());
            high = Math.max(high, whole ? finite(value.ci().high(), value.estimate()) : value.estimate());
        }
        double step = step((high - low) * unit.displayFactor()) / unit.displayFactor();
        return new PlotScale(
                points.get(0).day(),
                points.get(points.size() - 1).day(),
                Math.floor(low / step) * step,
                Math.ceil(high / step) * step,
                step,
                unit);
    }

    private static double finite(double end, double otherwise) {
        return Double.isFinite(end) ? end : otherwise;
    }

    /** 1, 2 or 5 times a power of ten, about four of them in the range. */
    static double step(double range) {
        if (!(range > 0)) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(range / 4)));
        double rest = range / 4 / power;
        return power * (rest <= 1 ? 1 : rest <= 2 ? 2 : rest <= 5 ? 5 : 10);
    }

    double x(LocalDate day) {
        double total = Math.max(1, ChronoUnit.DAYS.between(first, last));
        return DailyPlot.LEFT + (DailyPlot.RIGHT - DailyPlot.LEFT) * ChronoUnit.DAYS.between(first, day) / total;
    }

    String yText(double value) {
        double top = high > low ? high : low + 1;
        double share = (Math.max(low - (top - low), Math.min(top + (top - low), value)) - low) / (top - low);
        return Figures.coordinate(DailyPlot.BOTTOM - (DailyPlot.BOTTOM - DailyPlot.TOP) * share);
    }

    List<DailyPlot.Tick> yTicks() {
        List<DailyPlot.Tick> ticks = new ArrayList<>();
        int steps = (int) Math.round((high - low) / step);
        for (int i = 0; i <= steps; i++) {
            double value = low + i * step;
            double shown = Math.abs(value) < step / 1000 ? 0 : value;
            ticks.add(new DailyPlot.Tick(yText(shown), Figures.label(shown * unit.displayFactor())));
        }
        return ticks;
    }
}
