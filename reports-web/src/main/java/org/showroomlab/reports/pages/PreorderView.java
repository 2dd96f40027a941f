package org.showroomlab.reports.pages;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.reports.report.LookSchedule;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.SequentialLooks;
import org.showroomlab.reports.special.Channels;
import org.showroomlab.reports.special.PreorderWalkIn;
import org.showroomlab.reports.special.PreorderWalkIn.Arm;
import org.showroomlab.reports.special.PreorderWalkIn.Contrast;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.survival.CurveTest;
import org.showroomlab.stats.verdict.Finding;

/** The section on a drop, from preorder to walk-in. */
public record PreorderView(Report report, PreorderWalkIn reading) {
    private static final double LABEL_GAP = 8;
    private static final double MILLIS_PER_HOUR = 3_600_000.0;
    private static final double LINE_HEIGHT = 16;
    private static final int BURN_WIDTH = 120;
    private static final int BURN_HEIGHT = 24;

    /** A row of text cells with its heading. */
    public record Row(String name, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /** A line of a picture, told from the others by its dashes and its label. */
    public record Line(String points, String dashes, String label, String labelY) {}

    /**
     * A picture of lines over hours.
     *
     * @param marks moments, each with its name
     */
    public record Picture(
            String id,
            String title,
            String description,
            List<Line> lines,
            List<Mark> marks,
            List<DailyPlot.Tick> yTicks,
            List<DailyPlot.Tick> xTicks) {}

    /** A moment in a picture; names of neighbours stand below each other. */
    public record Mark(String x, String labelX, String labelY, String anchor, String label) {}

    /**
     * One product of one arm in one showroom.
     *
     * @param burnDown how its pieces went, minute by minute, in a drawing of {@value #BURN_WIDTH} by {@value #BURN_HEIGHT};
     *     empty when that is not known
     */
    public record StockRow(Row row, String burnDown) {}

    static @Nullable PreorderView of(Report report) {
        Computable<?> analysis = report.analysis();
        return analysis != null && analysis.value().orElse(null) instanceof PreorderWalkIn reading
                ? new PreorderView(report, reading)
                : null;
    }

    /** What became of the exposed, by arm. */
    public List<Row> arms() {
        return reading.arms().stream().map(this::row).toList();
    }

    private Row row(Arm arm) {
        PreorderWalkIn.@Nullable Incidence last = arm.incidence()
                .value()
                .filter(i -> !i.isEmpty())
                .map(i -> i.get(i.size() - 1))
                .orElse(null);
        return new Row(
                arm.variant(),
                List.of(
                        Figures.count(arm.exposed()),
                        Figures.count(arm.preordered())
                                + (arm.pieces().isPresent()
                                        ? " of " + Figures.count(arm.pieces().getAsLong())
                                        : ""),
                        last == null ? "–" : Figures.percent(last.pickedUp()),
                        last == null ? "–" : Figures.percent(last.cancelled()),
                        last == null ? "–" : Figures.percent(last.noShow()),
                        arm.rmst()
                                .value()
                                .map(l -> Figures.plain(l.estimate()) + " h ["
                                        + Figures.plain(l.ci().low()) + ", "
                                        + Figures.plain(l.ci().high()) + "]")
                                .orElse("–")));
    }

    /** The effects, each with the sentence that says what it is. */
    public List<Row> effects() {
        List<Row> rows = new ArrayList<>();
        for (Contrast c : reading.contrasts()) {
            String pair = c.variant() + " minus " + c.control();
            rows.add(new Row(
                    "Demand effect, " + pair,
                    List.of(
                            percent(c.demand()),
                            "Share that wants to preorder while there is something to order: binomial"
                                    + " likelihood over showrooms; where none was left, only that at least as many"
                                    + " wanted one.")));
            rows.add(new Row(
                    "Sales effect, " + pair,
                    List.of(percent(c.sales()), "Share of the exposed that preordered, given the stock there was.")));
            rows.add(new Row(
                    "Time without pick-up, " + pair,
                    List.of(
                            hours(c.rmst()),
                            "Difference of restricted means over the first " + Figures.plain(reading.tauHours())
                                    + " hours; who cancels never picks up. Below 0 is sooner or more often.")));
            rows.add(new Row(
                    "Same incidence of pick-up, " + pair,
                    List.of(
                            test(c.gray()),
                            "Gray’s test, with cancellation and no-show competing; log-rank says " + test(c.logRank())
                                    + ".")));
        }
        return rows;
    }

    private static String percent(Computable<Effect> effect) {
        return effect.value()
                .map(e -> Figures.signed(100 * e.estimate()) + " pp [" + Figures.signed(100 * e.ci().low()) + ", "
                        + Figures.signed(100 * e.ci().high()) + "], p " + Figures.pValue(e.pValue()))
                .orElseGet(() -> "not computed: " + effect.reason().orElse(""));
    }

    private static String hours(Computable<Effect> effect) {
        return effect.value()
                .map(e -> Figures.signed(e.estimate()) + " h [" + Figures.signed(e.ci().low()) + ", "
                        + Figures.signed(e.ci().high()) + "], p " + Figures.pValue(e.pValue()))
                .orElseGet(() -> "not computed: " + effect.reason().orElse(""));
    }

    private static String test(Computable<CurveTest> test) {
        return test.value()
                .map(t -> "p " + Figures.pValue(t.pValue()))
                .orElseGet(() -> "not computed: " + test.reason().orElse(""));
    }

    /** Preorders against pieces by showroom and arm. */
    public List<StockRow> stock() {
        return lines().map(line -> new StockRow(
                        new Row(
                                line.showroom(),
                                List.of(
                                        line.sku() == null ? "–" : line.sku(),
                                        line.variant() + (line.shared() ? " (shared)" : ""),
                                        line.sold().toPlainString(),
                                        count(line.allotment()),
                                        soldThrough(line.sellThrough()),
                                        soldOut(line),
                                        count(line.turnedAway()))),
                        burnDown(line)))
                .toList();
    }

    private Stream<PreorderWalkIn.StockLine> lines() {
        return reading.stock().value().orElse(List.of()).stream();
    }

    /** What is left of the pieces, from all of them at the start to none; of what was sold where no number was reserved. */
    private String burnDown(PreorderWalkIn.StockLine line) {
        List<PreorderWalkIn.Taken> taken = line.burnDown();
        if (taken.isEmpty()) {
            return "";
        }
        double pieces = Math.max(
                1, Math.max((double) line.allotment().orElse(0), line.sold().doubleValue()));
        double hours = Math.max(dropHours(), taken.get(taken.size() - 1).hours());
        StringBuilder text = new StringBuilder("0,0 ");
        String before = "0";
        for (PreorderWalkIn.Taken point : taken) {
            String at = Figures.coordinate(BURN_WIDTH * Math.max(0, point.hours()) / hours);
            text.append(at).append(',').append(before).append(' ');
            before = Figures.coordinate(BURN_HEIGHT * point.pieces().doubleValue() / pieces);
            text.append(at).append(',').append(before).append(' ');
        }
        return text.append(BURN_WIDTH).append(',').append(before).toString();
    }

    private double dropHours() {
        return Duration.between(report.experiment().start(), report.experiment().end())
                        .toMillis()
                / MILLIS_PER_HOUR;
    }

    private static String count(OptionalLong count) {
        return count.isPresent() ? Figures.count(count.getAsLong()) : "–";
    }

    private String soldOut(PreorderWalkIn.StockLine line) {
        if (line.soldOutAt() == null || line.soldOutHours() == null) {
            return line.onHand().isPresent() ? Figures.count(line.onHand().getAsLong()) + " left" : "not reported";
        }
        ZoneId zone = report.experiment().timeZone();
        return Figures.minute(line.soldOutAt(), zone) + ", after " + Figures.plain(line.soldOutHours()) + " h";
    }

    /** What was sold online and in showrooms, and the effect on each and on both together. */
    public List<Row> channels() {
        List<Row> rows = new ArrayList<>();
        for (Channels.Arm arm : reading.channels().arms()) {
            rows.add(new Row(
                    arm.variant() + ", pieces", List.of(sold(arm.online()), sold(arm.walkIn()), sold(arm.total()))));
        }
        for (Channels.Contrast c : reading.channels().contrasts()) {
            rows.add(new Row(
                    c.variant() + " minus " + c.control() + ", per exposed",
                    List.of(pieces(c.online()), pieces(c.walkIn()), pieces(c.total()))));
        }
        return rows;
    }

    private static String sold(Channels.Sold sold) {
        return sold.pieces().toPlainString() + " in " + Figures.count(sold.purchases());
    }

    private static String pieces(Computable<Effect> effect) {
        return effect.value()
                .map(e -> Figures.signed(e.estimate()) + " [" + Figures.signed(e.ci().low()) + ", "
                        + Figures.signed(e.ci().high()) + "]")
                .orElse("–");
    }

    public String channelNote() {
        return reading.channels().contrasts().stream()
                .flatMap(c -> c.shifted().stream())
                .map(Finding.ShiftedNotAdded::text)
                .findFirst()
                .orElse("A gain in one channel counts only as far as the other did not lose it: see the total.");
    }

    public String returnsNote() {
        return reading.returns()
                .arms()
                .value()
                .map(arms -> "Given back for their money within "
                        + reading.returns().windowDays() + " days: "
                        + arms.stream()
                                .map(a -> a.variant() + " " + a.returned().toPlainString() + " of "
                                        + a.sold().toPlainString())
                                .collect(Collectors.joining(", "))
                        + ".")
                .orElseGet(() -> "Returns are not told yet. "
                        + reading.returns().arms().reason().orElse(""));
    }

    private static String soldThrough(@Nullable Double share) {
        return share == null ? "–" : Figures.percent(share);
    }

    public String stockNote() {
        return reading.stock()
                .reason()
                .orElse("Sold out: since when reports say that none is left. Turned away: " + reading.turnedAwayBasis()
                        + ".");
    }

    /** Whether the drop is watched as it goes. */
    public boolean monitored() {
        return LookSchedule.isDrop(report.experiment());
    }

    public List<Row> looks() {
        SequentialLooks looks = report.looks();
        ZoneId zone = report.experiment().timeZone();
        return looks == null
                ? List.of()
                : looks.looks().stream()
                        .map(l -> new Row(
                                Figures.minute(l.asOf(), zone),
                                List.of(
                                        Figures.percent(l.information()),
                                        Double.isFinite(l.z()) ? "±" + Figures.plain(l.z()) : "nothing to spend yet",
                                        Double.isFinite(l.harmZ()) ? Figures.plain(l.harmZ()) : "–")))
                        .toList();
    }

    /** The recorded looks against their boundaries; {@code null} before there is one. */
    public @Nullable Picture boundaries() {
        SequentialLooks looks = report.looks();
        return looks == null ? null : LooksPlot.of(report, looks);
    }

    /** The bands that hold at every moment, of the metrics that decide. */
    public List<Row> bands() {
        return report.metrics().stream()
                .filter(m -> m.metric().role() == Metric.Role.PRIMARY)
                .flatMap(m -> m.comparisons().stream()
                        .map(c -> new Row(
                                m.metric().id() + ", " + c.variant(),
                                List.of(c.anytime()
                                        .value()
                                        .map(e -> Figures.difference(e.estimate(), m.unit()) + " "
                                                + Figures.differenceInterval(e.ci(), m.unit()))
                                        .orElseGet(() -> c.anytime().reason().orElse("–"))))))
                .toList();
    }

    /** Cumulative incidence of pick-up by arm. */
    public Picture incidence() {
        List<List<double[]>> curves = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (Arm arm : reading.arms()) {
            List<double[]> points = new ArrayList<>();
            points.add(new double[] {0, 0});
            arm.incidence().value().orElse(List.of()).forEach(i -> points.add(new double[] {i.hours(), i.pickedUp()}));
            curves.add(points);
            labels.add(arm.variant() + " " + Figures.percent(points.get(points.size() - 1)[1]));
        }
        return picture(
                "incidence",
                "Picked up, of all exposed, by hours since exposure",
                curves,
                labels,
                OptionalDouble.empty(),
                List.of(),
                v -> Figures.plain(100 * v) + " %");
    }

    /** Preorders of one arm used up its pieces, and pick-ups follow. */
    public List<Picture> burnDowns() {
        return reading.arms().stream().map(this::burnDown).toList();
    }

    private Picture burnDown(Arm arm) {
        OptionalLong pieces = arm.pieces();
        List<PreorderWalkIn.StockLine> soldOut = lines().filter(
                        line -> line.variant().equals(arm.variant()) && line.soldOutHours() != null)
                .toList();
        return picture(
                "burn-down-" + arm.variant(),
                arm.variant() + ": preordered and picked up by hours since the start"
                        + (pieces.isPresent() ? ", of " + Figures.count(pieces.getAsLong()) + " pieces" : "")
                        + (soldOut.isEmpty() ? "" : "; dotted: where none was left"),
                List.of(burn(arm, b -> (double) b.preordered()), burn(arm, b -> (double) b.pickedUp())),
                List.of("preordered", "picked up"),
                pieces.isPresent() ? OptionalDouble.of((double) pieces.getAsLong()) : OptionalDouble.empty(),
                soldOut,
                v -> Figures.count(Math.round(v)));
    }

    private static List<double[]> burn(Arm arm, ToDoubleFunction<PreorderWalkIn.Burn> value) {
        List<double[]> points = new ArrayList<>();
        points.add(new double[] {0, 0});
        arm.burnDown().forEach(b -> points.add(new double[] {b.hours(), value.applyAsDouble(b)}));
        return points;
    }

    private static Picture picture(
            String id,
            String title,
            List<List<double[]>> curves,
            List<String> labels,
            OptionalDouble level,
            List<PreorderWalkIn.StockLine> soldOut,
            DoubleFunction<String> label) {
        double lastHour = DoubleStream.concat(
                        curves.stream().flatMap(List::stream).mapToDouble(p -> p[0]),
                        soldOut.stream()
                                .map(PreorderWalkIn.StockLine::soldOutHours)
                                .filter(Objects::nonNull)
                                .mapToDouble(Double::doubleValue))
                .max()
                .orElse(1);
        double highest = Math.max(
                level.orElse(0),
                curves.stream()
                        .flatMap(List::stream)
                        .mapToDouble(p -> p[1])
                        .max()
                        .orElse(1));
        double width = lastHour > 0 ? lastHour : 1;
        double height = highest > 0 ? highest : 1;
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < curves.size(); i++) {
            List<double[]> points = curves.get(i);
            String end = y(points.get(points.size() - 1)[1] / height);
            lines.add(new Line(steps(points, width, height), i == 0 ? "" : 6 / i + " 4", labels.get(i), end));
        }
        if (level.isPresent()) {
            String at = y(level.getAsDouble() / height);
            lines.add(new Line(x(0) + "," + at + " " + x(1) + "," + at, "2 3", "all pieces", at));
        }
        List<DailyPlot.Tick> yTicks = new ArrayList<>();
        List<DailyPlot.Tick> xTicks = new ArrayList<>();
        for (int i = 0; i <= 4; i++) {
            yTicks.add(new DailyPlot.Tick(y(i / 4.0), label.apply(height * i / 4)));
            xTicks.add(new DailyPlot.Tick(x(i / 4.0), Figures.plain(width * i / 4) + " h"));
        }
        return new Picture(
                id, title, String.join(", ", labels) + " in the end", lines, marks(soldOut, width), yTicks, xTicks);
    }

    private static List<Mark> marks(List<PreorderWalkIn.StockLine> soldOut, double width) {
        List<Mark> marks = new ArrayList<>();
        for (PreorderWalkIn.StockLine line : soldOut) {
            Double hours = line.soldOutHours();
            if (hours != null) {
                boolean late = hours > width / 2;
                String x = x(hours / width);
                marks.add(new Mark(
                        x,
                        Figures.coordinate(Double.parseDouble(x) + (late ? -LABEL_GAP : LABEL_GAP)),
                        Figures.coordinate(DailyPlot.TOP + LINE_HEIGHT * (marks.size() + 1.5)),
                        late ? "end" : "start",
                        line.showroom()));
            }
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
        double top = DailyPlot.TOP + LABEL_GAP;
        return Figures.coordinate(DailyPlot.BOTTOM - (DailyPlot.BOTTOM - top) * share);
    }
}
