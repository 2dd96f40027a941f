package org.showroomlab.reports.pages;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.showroomlab.reports.report.DailyPoint;
import org.showroomlab.reports.report.MetricReport;
import org.showroomlab.reports.report.ValueUnit;

/**
 * The cumulative difference of one treatment day by day, with the band of its interval.
 *
 * @param band outline of the interval band, clipped by the drawing
 * @param line the estimates
 * @param unit what the vertical axis counts
 * @param zeroY where there is no difference
 */
public record DailyPlot(
        String id,
        String metric,
        String variant,
        String unit,
        String description,
        String band,
        String line,
        String zeroY,
        String endX,
        String endY,
        String endLabel,
        List<Tick> yTicks,
        List<Tick> xTicks) {
    static final double WIDTH = 720;
    static final double HEIGHT = 240;
    static final double LEFT = 84;
    static final double RIGHT = 700;
    static final double TOP = 12;
    static final double BOTTOM = 206;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_OF_YEARS = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    /** A label on an axis. */
    public record Tick(String at, String label) {}

    /** The plots of all treatments of a metric that have at least two days to show. */
    static List<DailyPlot> of(MetricReport metric) {
        List<DailyPlot> plots = new ArrayList<>();
        metric.comparisons().forEach(c -> {
            List<DailyPoint> points = metric.daily().stream()
                    .filter(p -> p.variant().equals(c.variant()))
                    .filter(p -> p.value().value().isPresent())
                    .toList();
            if (points.size() >= 2) {
                plots.add(plot(metric, c.variant(), points));
            }
        });
        return plots;
    }

    private static DailyPlot plot(MetricReport metric, String variant, List<DailyPoint> points) {
        PlotScale scale = PlotScale.over(points, metric.unit());
        StringBuilder line = new StringBuilder();
        StringBuilder upper = new StringBuilder();
        StringBuilder lower = new StringBuilder();
        for (DailyPoint point : points) {
            DailyPoint.Estimated value = point.value().orElseThrow();
            String x = Figures.coordinate(scale.x(point.day()));
            line.append(x).append(',').append(scale.yText(value.estimate())).append(' ');
            upper.append(x).append(',').append(scale.yText(value.ci().high())).append(' ');
            lower.insert(0, x + "," + scale.yText(value.ci().low()) + " ");
        }
        DailyPoint last = points.get(points.size() - 1);
        DailyPoint.Estimated end = last.value().orElseThrow();
        String endLabel = Figures.difference(end.estimate(), metric.unit());
        return new DailyPlot(
                ElementId.of("daily", metric.metric().id(), variant),
                metric.metric().id(),
                variant,
                unitName(metric.unit()),
                description(points, end, metric.unit()),
                (upper + lower.toString()).strip(),
                line.toString().strip(),
                scale.yText(0),
                Figures.coordinate(scale.x(last.day())),
                scale.yText(end.estimate()),
                endLabel,
                scale.yTicks(),
                xTicks(points, scale));
    }

    private static String unitName(ValueUnit unit) {
        return unit.differenceSuffix().isEmpty()
                ? unit.label()
                : unit.differenceSuffix().strip().replace("pp", "percentage points");
    }

    private static String description(List<DailyPoint> points, DailyPoint.Estimated end, ValueUnit unit) {
        DateTimeFormatter format = days(points);
        return "From " + format.format(points.get(0).day()) + " to "
                + format.format(points.get(points.size() - 1).day()) + ": ends at "
                + Figures.difference(end.estimate(), unit) + ", interval "
                + Figures.differenceInterval(end.ci(), unit);
    }

    /** A day without its year could be of several in more than twelve months. */
    private static DateTimeFormatter days(List<DailyPoint> points) {
        LocalDate first = points.get(0).day();
        return points.get(points.size() - 1).day().isBefore(first.plusYears(1)) ? DAY : DAY_OF_YEARS;
    }

    private static List<Tick> xTicks(List<DailyPoint> points, PlotScale scale) {
        int wanted = Math.min(5, points.size());
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            LocalDate day = points.get((int) Math.round((double) i * (points.size() - 1) / (wanted - 1)))
                    .day();
            ticks.add(new Tick(Figures.coordinate(scale.x(day)), days(points).format(day)));
        }
        return ticks;
    }
}
