package org.showroomlab.reports.pages;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.reports.report.LookSchedule;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.SequentialLooks;
import org.showroomlab.reports.report.Status;
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
    private static final double MILLIS_PER_HOUR = 3_600_000.0;
    private static final int BURN_WIDTH = 120;
    private static final int BURN_HEIGHT = 24;

    /** A row of text cells with its heading. */
    public record Row(String name, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

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
                                        ? " (" + Figures.count(arm.pieces().getAsLong()) + " pieces)"
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
                                    + " likelihood over showrooms, interval of each arm from it; where none was left,"
                                    + " only that at least as many wanted one. Where the arms shared what ran out, of"
                                    + " those who came before: when they came is taken from all showrooms together.")));
            rows.add(new Row(
                    "Sales effect, " + pair,
                    List.of(
                            percent(c.sales()),
                            "Share of the exposed that preordered, given the stock there was." + fixedSalesNote())));
            rows.add(new Row(
                    "Picked up, " + pair,
                    List.of(
                            percent(c.pickedUp()),
                            "Share of the exposed that picked up."
                                    + (fixedSomewhere()
                                            ? " The interval knows of the stock; a metric of pick-ups above has the"
                                                    + " wider one of independent visitors."
                                            : ""))));
            rows.add(new Row(
                    "Time without pick-up, " + pair,
                    List.of(
                            hours(c.rmst()),
                            "Difference of restricted means over the first " + Figures.plain(reading.tauHours())
                                    + " hours; who cancels never picks up. Below 0 is sooner or more often."
                                    + unseenNote())));
            rows.add(new Row(
                    "Same incidence of pick-up, " + pair,
                    List.of(
                            test(c.gray()),
                            "Gray’s test, with cancellation and no-show competing; log-rank says " + test(c.logRank())
                                    + ".")));
        }
        return rows;
    }

    private String unseenNote() {
        return reading.arms().stream()
                .filter(arm -> arm.flatFromHours().isPresent())
                .map(arm -> " Nobody of " + arm.variant() + " was seen for more than "
                        + Figures.plain(arm.flatFromHours().getAsDouble())
                        + " hours; from there on nobody is taken to pick up.")
                .collect(Collectors.joining());
    }

    private String fixedSalesNote() {
        if (fixedSomewhere()) {
            return " Where none is left sales are the stock and not left to chance: "
                    + reading.arms().stream()
                            .map(arm -> Figures.percent(soldOutShare(arm)) + " of those of " + arm.variant())
                            .collect(Collectors.joining(", "))
                    + ". The interval is Newcombe’s for the variance that this leaves.";
        }
        return lines().anyMatch(line -> line.soldOutHours() != null)
                ? " Sales that end at the stock vary less than visitors do, so that this interval is wide."
                : "";
    }

    private boolean fixedSomewhere() {
        return reading.arms().stream().anyMatch(arm -> soldOutShare(arm) > 0);
    }

    private static double soldOutShare(PreorderWalkIn.Arm arm) {
        return arm.soldOutShare().value().orElse(0.0);
    }

    private static String percent(Computable<Effect> effect) {
        return effect.value()
                .map(e -> Figures.signed(100 * e.estimate()) + " pp [" + Figures.signed(100 * e.ci().low()) + ", "
                        + Figures.signed(100 * e.ci().high()) + "], " + Figures.p(e.pValue()))
                .orElseGet(() -> "not computed: " + effect.reason().orElse(""));
    }

    private static String hours(Computable<Effect> effect) {
        return effect.value()
                .map(e -> Figures.signed(e.estimate()) + " h [" + Figures.signed(e.ci().low()) + ", "
                        + Figures.signed(e.ci().high()) + "], " + Figures.p(e.pValue()))
                .orElseGet(() -> "not computed: " + effect.reason().orElse(""));
    }

    private static String test(Computable<CurveTest> test) {
        return test.value()
                .map(t -> Figures.p(t.pValue()))
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
            return line.onHand().isEmpty() ? "not reported" : left(line.onHand().getAsLong());
        }
        ZoneId zone = report.experiment().timeZone();
        return Figures.minute(line.soldOutAt(), zone) + ", after " + Figures.plain(line.soldOutHours()) + " h"
                + (line.filledAgain() ? "; filled again" : "");
    }

    private static String left(long pieces) {
        return pieces == 0 ? "after the drop" : Figures.count(pieces) + " left";
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
                .orElseGet(() -> "Returns are not told. "
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

    public String withoutLooks() {
        return report.status() == Status.ENDED ? "No look was recorded." : "No look has been due yet.";
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
    public @Nullable LinesPlot boundaries() {
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
    public LinesPlot incidence() {
        return new DropPictures(reading).incidence();
    }

    /** How the preorders of each arm used up its pieces. */
    public List<LinesPlot> burnDowns() {
        return new DropPictures(reading).burnDowns();
    }
}
