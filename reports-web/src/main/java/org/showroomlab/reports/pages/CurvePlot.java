package org.showroomlab.reports.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.showroomlab.stats.Interval;

/**
 * A curve over what was varied, such as a TTL or a price, with the measured arms and their intervals.
 *
 * @param band outline of the band between the arms' intervals
 * @param whiskers the arms with their intervals
 * @param mark a place on the horizontal axis; {@code null} without one
 */
public record CurvePlot(
        String id,
        String title,
        String figure,
        String description,
        String band,
        List<Line> lines,
        List<Whisker> whiskers,
        @Nullable Mark mark,
        List<DailyPlot.Tick> xTicks,
        List<DailyPlot.Tick> yTicks) {

    /** One line through the picture. */
    public record Line(String kind, String points) {}

    /** One arm. */
    public record Whisker(String x, String y, String low, String high, String label) {}

    /** One place on the horizontal axis; its label stands on the side that has room. */
    public record Mark(String x, String label, boolean right) {}

    /** A measured arm. */
    record Measured(double x, double y, Interval ci, String label) {}

    /** A curve by its points. */
    record Curve(String kind, List<double[]> points) {}

    /** Collects what is drawn; the axes reach as far as it does. */
    static final class Drawing {
        private static final double AIR = 0.06;
        private final boolean logarithmic;
        private final List<Measured> arms = new ArrayList<>();
        private final List<Curve> curves = new ArrayList<>();
        private double markAt = Double.NaN;
        private String markLabel = "";

        Drawing(boolean logarithmic) {
            this.logarithmic = logarithmic;
        }

        Drawing arm(double x, double y, Interval ci, String label) {
            arms.add(new Measured(x, y, ci, label));
            return this;
        }

        Drawing curve(String kind, List<double[]> points) {
            curves.add(new Curve(kind, points));
            return this;
        }

        Drawing mark(double x, String label) {
            markAt = x;
            markLabel = label;
            return this;
        }

        CurvePlot plot(String id, String title, String figure, String description, DoubleFunction<String> yLabel) {
            double left = place(arms.stream().mapToDouble(Measured::x).min().orElse(1));
            double right = place(arms.stream().mapToDouble(Measured::x).max().orElse(2));
            double span = right > left ? right - left : 1;
            Axis x = new Axis(left - AIR * span, right + AIR * span, DailyPlot.LEFT, DailyPlot.RIGHT);
            double low = ys().min().orElse(0);
            double high = ys().max().orElse(1);
            double step = PlotScale.step(high - low);
            Axis y = new Axis(
                    Math.floor(low / step) * step,
                    Math.max(Math.ceil(high / step) * step, Math.floor(low / step) * step + step),
                    DailyPlot.BOTTOM,
                    DailyPlot.TOP);
            StringBuilder upper = new StringBuilder();
            StringBuilder lower = new StringBuilder();
            for (Measured arm : arms) {
                String at = x.text(place(arm.x()));
                upper.append(at).append(',').append(y.text(top(arm))).append(' ');
                lower.insert(0, at + "," + y.text(bottom(arm)) + " ");
            }
            return new CurvePlot(
                    id,
                    title,
                    figure,
                    description,
                    (upper + lower.toString()).strip(),
                    curves.stream()
                            .map(c -> new Line(c.kind(), points(c, x, y)))
                            .toList(),
                    arms.stream()
                            .map(a -> new Whisker(
                                    x.text(place(a.x())), y.text(a.y()), y.text(bottom(a)), y.text(top(a)), a.label()))
                            .toList(),
                    Double.isNaN(markAt)
                            ? null
                            : new Mark(x.text(place(markAt)), markLabel, place(markAt) > (left + right) / 2),
                    arms.stream()
                            .map(a -> new DailyPlot.Tick(x.text(place(a.x())), a.label()))
                            .distinct()
                            .toList(),
                    y.ticks(step, yLabel));
        }

        private String points(Curve curve, Axis x, Axis y) {
            StringBuilder text = new StringBuilder();
            curve.points()
                    .forEach(p -> text.append(x.text(place(p[0])))
                            .append(',')
                            .append(y.text(p[1]))
                            .append(' '));
            return text.toString().strip();
        }

        private DoubleStream ys() {
            return DoubleStream.concat(
                    arms.stream().flatMapToDouble(a -> DoubleStream.of(a.y(), bottom(a), top(a))),
                    curves.stream().flatMap(c -> c.points().stream()).mapToDouble(p -> p[1]));
        }

        private double place(double x) {
            return logarithmic ? Math.log(Math.max(x, Double.MIN_NORMAL)) : x;
        }

        private static double bottom(Measured arm) {
            return Double.isFinite(arm.ci().low()) ? arm.ci().low() : arm.y();
        }

        private static double top(Measured arm) {
            return Double.isFinite(arm.ci().high()) ? arm.ci().high() : arm.y();
        }
    }

    /** From values to the drawing. */
    private record Axis(double low, double high, double from, double to) {
        String text(double value) {
            return Figures.coordinate(from + (to - from) * (value - low) / (high - low));
        }

        List<DailyPlot.Tick> ticks(double step, DoubleFunction<String> label) {
            List<DailyPlot.Tick> ticks = new ArrayList<>();
            int steps = (int) Math.round((high - low) / step);
            for (int i = 0; i <= steps; i++) {
                ticks.add(new DailyPlot.Tick(text(low + i * step), label.apply(low + i * step)));
            }
            return ticks;
        }
    }
}
