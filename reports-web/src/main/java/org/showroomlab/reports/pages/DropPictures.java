package org.showroomlab.reports.pages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.showroomlab.reports.special.PreorderWalkIn;
import org.showroomlab.reports.special.PreorderWalkIn.Arm;
import org.showroomlab.reports.special.PreorderWalkIn.StockLine;

/** Draws what became of a drop, over hours. */
final class DropPictures {
    private static final double LABEL_GAP = 8;
    private static final double LINE_HEIGHT = 16;
    /** On a narrow screen, where text is larger. */
    private static final double LABEL_HEIGHT = 22;
    /** More names than that would cover the lines. */
    private static final int MOST_NAMED_MARKS = 3;

    private static final double MOST_STEPS = 6;
    private static final double[] HOUR_STEPS = {1, 2, 3, 6, 12, 24, 48, 72, 168, 336, 720, 2160};

    private static final String[] DASHES = {"", "6 4", "3 4", "1 4", "10 4", "10 4 2 4", "6 3 1 3", "3 3 1 3 1 3"};

    private final PreorderWalkIn reading;

    DropPictures(PreorderWalkIn reading) {
        this.reading = reading;
    }

    /** A name at a moment, in hours. */
    private record Moment(double hours, String name) {}

    /** Cumulative incidence of pick-up by arm; marked is when the first showroom had nothing left for an arm. */
    LinesPlot incidence() {
        List<List<double[]>> curves = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        List<Moment> moments = new ArrayList<>();
        for (Arm arm : reading.arms()) {
            List<double[]> points = new ArrayList<>();
            points.add(new double[] {0, 0});
            arm.incidence().value().orElse(List.of()).forEach(i -> points.add(new double[] {i.hours(), i.pickedUp()}));
            curves.add(points);
            labels.add(arm.variant() + " " + Figures.percent(points.get(points.size() - 1)[1]));
            if (arm.medianEntryHours().isPresent()) {
                soldOut(arm)
                        .min(Comparator.comparingDouble(Moment::hours))
                        .map(first -> first.hours() - arm.medianEntryHours().getAsDouble())
                        .ifPresent(hours -> moments.add(new Moment(Math.max(0, hours), arm.variant())));
            }
        }
        return picture(
                "incidence",
                "Picked up before so many hours since exposure, of all exposed"
                        + (moments.isEmpty()
                                ? ""
                                : "; dotted: a first showroom has sold out, seen from the median visitor"),
                curves,
                labels,
                OptionalDouble.empty(),
                moments,
                v -> Figures.axis(100 * v) + " %");
    }

    /** Preorders of one arm used up its pieces, and pick-ups follow. */
    List<LinesPlot> burnDowns() {
        return reading.arms().stream().map(this::burnDown).toList();
    }

    private LinesPlot burnDown(Arm arm) {
        OptionalLong pieces = onePieceEach(arm) ? arm.pieces() : OptionalLong.empty();
        List<Moment> soldOut = soldOut(arm).toList();
        long showrooms = lines(arm).map(StockLine::showroom).distinct().count();
        long anySoldOut = soldOut.stream().map(Moment::name).distinct().count();
        return picture(
                ElementId.of("burn-down", arm.variant()),
                arm.variant() + ": preordered and picked up by hours since the start"
                        + (pieces.isPresent() ? ", of " + Figures.count(pieces.getAsLong()) + " pieces" : "")
                        + (soldOut.isEmpty()
                                ? ""
                                : "; dotted: sold out in " + anySoldOut + " of " + showrooms + " showrooms"),
                List.of(burn(arm, b -> (double) b.preordered()), burn(arm, b -> (double) b.pickedUp())),
                List.of("preordered", "picked up"),
                pieces.isPresent() ? OptionalDouble.of((double) pieces.getAsLong()) : OptionalDouble.empty(),
                soldOut,
                v -> Figures.count(Math.round(v)));
    }

    /** Whether visitors can be set against pieces; a few more pieces are of visitors who saw several arms. */
    private boolean onePieceEach(Arm arm) {
        double sold = lines(arm).mapToDouble(line -> line.sold().doubleValue()).sum();
        return sold <= 1.1 * arm.preordered();
    }

    private Stream<StockLine> lines(Arm arm) {
        return reading.stock().value().orElse(List.of()).stream()
                .filter(line -> line.variant().equals(arm.variant()));
    }

    private Stream<Moment> soldOut(Arm arm) {
        return lines(arm).flatMap(line -> {
            Double hours = line.soldOutHours();
            return hours == null ? Stream.empty() : Stream.of(new Moment(hours, line.showroom()));
        });
    }

    private static List<double[]> burn(Arm arm, ToDoubleFunction<PreorderWalkIn.Burn> value) {
        List<double[]> points = new ArrayList<>();
        points.add(new double[] {0, 0});
        arm.burnDown().forEach(b -> points.add(new double[] {b.hours(), value.applyAsDouble(b)}));
        return points;
    }

    private static LinesPlot picture(
            String id,
            String title,
            List<List<double[]>> curves,
            List<String> labels,
            OptionalDouble level,
            List<Moment> moments,
            DoubleFunction<String> label) {
        double width =
                highest(DoubleStream.concat(values(curves, 0), moments.stream().mapToDouble(Moment::hours)));
        double hourStep = hourStep(width);
        double most = highest(DoubleStream.concat(values(curves, 1), level.stream()));
        double valueStep = PlotScale.step(most);
        double height = valueStep * Math.ceil(most / valueStep);
        List<LinesPlot.Line> lines = new ArrayList<>();
        double[] labelsAt = apart(curves.stream()
                .mapToDouble(points -> place(points.get(points.size() - 1)[1] / height))
                .toArray());
        for (int i = 0; i < curves.size(); i++) {
            lines.add(new LinesPlot.Line(
                    steps(curves.get(i), width, height),
                    DASHES[i % DASHES.length],
                    labels.get(i),
                    Figures.coordinate(labelsAt[i]),
                    false));
        }
        if (level.isPresent()) {
            String at = y(level.getAsDouble() / height);
            lines.add(new LinesPlot.Line(x(0) + "," + at + " " + x(1) + "," + at, "2 3", "all pieces", at, true));
        }
        List<DailyPlot.Tick> yTicks = new ArrayList<>();
        for (int i = 0; i * valueStep <= height * (1 + 1e-9); i++) {
            yTicks.add(new DailyPlot.Tick(y(i * valueStep / height), label.apply(i * valueStep)));
        }
        List<DailyPlot.Tick> xTicks = new ArrayList<>();
        for (int i = 0; i * hourStep <= width; i++) {
            xTicks.add(new DailyPlot.Tick(x(i * hourStep / width), Figures.count(Math.round(i * hourStep)) + " h"));
        }
        return new LinesPlot(
                id, title, String.join(", ", labels) + " in the end", lines, marks(moments, width), yTicks, xTicks);
    }

    private static DoubleStream values(List<List<double[]>> curves, int coordinate) {
        return curves.stream().flatMap(List::stream).mapToDouble(p -> p[coordinate]);
    }

    /** Above 0, so that there is something to divide by. */
    private static double highest(DoubleStream values) {
        double most = values.max().orElse(1);
        return most > 0 ? most : 1;
    }

    /** Hours are read by the day. */
    private static double hourStep(double hours) {
        for (double step : HOUR_STEPS) {
            if (hours <= MOST_STEPS * step) {
                return step;
            }
        }
        return HOUR_STEPS[HOUR_STEPS.length - 1];
    }

    private static List<LinesPlot.Mark> marks(List<Moment> moments, double width) {
        List<LinesPlot.Mark> marks = new ArrayList<>();
        for (Moment moment : moments) {
            boolean late = moment.hours() > width / 2;
            String x = x(moment.hours() / width);
            marks.add(new LinesPlot.Mark(
                    x,
                    Figures.coordinate(Double.parseDouble(x) + (late ? -LABEL_GAP : LABEL_GAP)),
                    Figures.coordinate(DailyPlot.TOP + LINE_HEIGHT * (marks.size() + 1.5)),
                    late ? "end" : "start",
                    moments.size() <= MOST_NAMED_MARKS ? moment.name() : ""));
        }
        return marks;
    }

    private static String steps(List<double[]> points, double width, double height) {
        StringBuilder text = new StringBuilder();
        String before = y(0);
        for (double[] point : points) {
            String at = x(point[0] / width);
            text.append(at).append(',').append(before).append(' ');
            before = y(point[1] / height);
            text.append(at).append(',').append(before).append(' ');
        }
        return text.toString().strip();
    }

    private static String x(double share) {
        return Figures.coordinate(DailyPlot.LEFT + (DailyPlot.RIGHT - DailyPlot.LEFT) * share);
    }

    private static String y(double share) {
        return Figures.coordinate(place(share));
    }

    private static double place(double share) {
        double top = DailyPlot.TOP + LABEL_GAP;
        return DailyPlot.BOTTOM - (DailyPlot.BOTTOM - top) * share;
    }

    /** The same places moved so far that what is written there can be read, in their order and above the bottom. */
    static double[] apart(double[] wanted) {
        int[] order = IntStream.range(0, wanted.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> wanted[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] places = wanted.clone();
        for (int i = 1; i < order.length; i++) {
            places[order[i]] = Math.max(places[order[i]], places[order[i - 1]] + LABEL_HEIGHT);
        }
        double lowest = DailyPlot.BOTTOM;
        for (int i = order.length - 1; i >= 0; i--) {
            places[order[i]] = Math.min(places[order[i]], lowest);
            lowest = places[order[i]] - LABEL_HEIGHT;
        }
        return places;
    }
}
