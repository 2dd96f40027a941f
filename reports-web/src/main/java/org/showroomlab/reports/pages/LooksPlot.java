package org.showroomlab.reports.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.reports.report.Comparison;
import org.showroomlab.reports.report.MetricReport;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.SequentialLooks;
import org.showroomlab.reports.store.LookEffect;

/** The primary comparisons at each look, in standard errors, between the boundaries for a decision. */
final class LooksPlot {
    private static final double LOWEST_TOP = 4;

    private final Report report;
    private final List<SequentialLooks.Look> looks;
    private final double top;

    private LooksPlot(Report report, List<SequentialLooks.Look> looks) {
        this.report = report;
        this.looks = looks;
        double highest = DoubleStream.concat(
                        looks.stream().mapToDouble(SequentialLooks.Look::z),
                        primary()
                                .flatMap(m -> m.comparisons().stream().flatMap(c -> points(m, c).stream()))
                                .mapToDouble(point -> Math.abs(point[1])))
                .max()
                .orElse(LOWEST_TOP);
        this.top = Math.ceil(Math.max(LOWEST_TOP, highest));
    }

    static @Nullable LinesPlot of(Report report, SequentialLooks all) {
        // Before the first of these nothing may be spent, so there is no boundary to draw.
        List<SequentialLooks.Look> looks =
                all.looks().stream().filter(l -> Double.isFinite(l.z())).toList();
        return looks.isEmpty() ? null : new LooksPlot(report, looks).picture();
    }

    private LinesPlot picture() {
        List<LinesPlot.Line> lines = new ArrayList<>();
        lines.add(line(
                looks.stream().map(l -> new double[] {l.information(), l.z()}).toList(), "6 4", "boundary"));
        lines.add(line(
                looks.stream().map(l -> new double[] {l.information(), -l.z()}).toList(), "6 4", "boundary"));
        primary()
                .forEach(metric -> metric.comparisons().forEach(c -> {
                    List<double[]> points = points(metric, c);
                    if (!points.isEmpty()) {
                        lines.add(line(points, "", metric.metric().id() + ", " + c.variant()));
                    }
                }));
        List<DailyPlot.Tick> yTicks = new ArrayList<>();
        List<DailyPlot.Tick> xTicks = new ArrayList<>();
        for (int i = 0; i <= 4; i++) {
            double z = top * (i / 2.0 - 1);
            yTicks.add(new DailyPlot.Tick(y(z), "z " + Figures.plain(z)));
            xTicks.add(new DailyPlot.Tick(x(i / 4.0), Figures.percent(i / 4.0)));
        }
        return new LinesPlot(
                "looks",
                "Looks so far: difference in standard errors, by share of the planned information",
                looks.size() + " looks with their boundaries",
                lines,
                List.of(),
                yTicks,
                xTicks);
    }

    private Stream<MetricReport> primary() {
        return report.metrics().stream().filter(m -> m.metric().role() == Metric.Role.PRIMARY);
    }

    private List<double[]> points(MetricReport metric, Comparison c) {
        List<double[]> points = new ArrayList<>();
        for (SequentialLooks.Look look : looks) {
            report.lookEffects().stream()
                    .filter(e -> said(e, look, metric, c))
                    .findFirst()
                    .ifPresent(e -> points.add(new double[] {look.information(), e.z()}));
        }
        return points;
    }

    private static boolean said(LookEffect e, SequentialLooks.Look look, MetricReport metric, Comparison c) {
        return e.asOf().equals(look.asOf())
                && e.metric().equals(metric.metric().id())
                && e.variant().equals(c.variant());
    }

    /** A point alone is drawn as a short stroke. */
    private LinesPlot.Line line(List<double[]> points, String dashes, String label) {
        StringBuilder text = new StringBuilder();
        for (double[] point : points) {
            text.append(x(point[0])).append(',').append(y(point[1])).append(' ');
        }
        double[] last = points.get(points.size() - 1);
        if (points.size() == 1) {
            text.append(x(Math.max(0, last[0] - 0.02))).append(',').append(y(last[1]));
        }
        return new LinesPlot.Line(text.toString().strip(), dashes, label, y(last[1]), false);
    }

    private static String x(double share) {
        return Figures.coordinate(DailyPlot.LEFT + (DailyPlot.RIGHT - DailyPlot.LEFT) * share);
    }

    private String y(double z) {
        double middle = (DailyPlot.TOP + DailyPlot.BOTTOM) / 2;
        return Figures.coordinate(middle - (DailyPlot.BOTTOM - DailyPlot.TOP) / 2 * z / top);
    }
}
