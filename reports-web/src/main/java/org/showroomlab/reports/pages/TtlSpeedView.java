package org.showroomlab.reports.pages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.special.Estimated;
import org.showroomlab.reports.special.TtlDose;
import org.showroomlab.reports.special.TtlSpeedReading;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.clusters.RandomizationResult;
import org.showroomlab.stats.dose.LogDose;
import org.showroomlab.stats.dose.TtlRecommendation;

/** The section of a report that says which TTL to use. */
public record TtlSpeedView(TtlSpeedReading reading) {
    private static final double SECONDS_PER_HOUR = 3600;
    private static final int THEORY_POINTS = 40;

    /** One arm as it stands in the table. */
    public record ArmRow(
            String variant,
            boolean control,
            String ttl,
            String clusters,
            String periods,
            List<ReportPage.ArmCell> cells,
            String theory) {}

    /** One comparison as it stands in the table. */
    public record ComparedRow(
            String number,
            String variant,
            String difference,
            String interval,
            String pValue,
            String exact,
            String method) {}

    /** The recommendation in a sentence. */
    public String sentence() {
        Computable<TtlRecommendation> found = reading.recommendation();
        if (found.value().isEmpty()) {
            return "No TTL is recommended: " + found.reason().orElse("");
        }
        TtlRecommendation recommended = found.orElseThrow();
        String kept = recommended.notExcluded().stream()
                .map(ttl -> Figures.count(ttl) + " s")
                .collect(Collectors.joining(", "));
        String rule = " The rule: the smallest TTL whose p75 LCP is surely within "
                + Figures.percent(TtlSpeedReading.MARGIN)
                + " of the fastest arm’s and whose outdated answers are surely at most "
                + Figures.percent(TtlSpeedReading.STALE_BUDGET) + ".";
        return advice() + rule + " Could still be the fastest: " + kept + ".";
    }

    /** What to do, in a few words; empty when the data cannot say. */
    String advice() {
        if (reading.recommendation().value().isEmpty()) {
            return "";
        }
        return reading.recommended()
                .map(arm -> "Keep pages for " + Figures.count(arm.ttlSeconds()) + " seconds (" + arm.variant()
                        + (arm.control() ? ", the control)." : ")."))
                .orElseGet(() ->
                        TtlSpeedReading.noneWithin(reading.recommendation().orElseThrow()));
    }

    /** The variant with the recommended TTL; empty when none is. */
    String recommendedVariant() {
        return reading.recommended().map(TtlSpeedReading.Arm::variant).orElse("");
    }

    /** The arms. */
    public List<ArmRow> arms() {
        return reading.arms().stream().map(this::row).toList();
    }

    private ArmRow row(TtlSpeedReading.Arm arm) {
        return new ArmRow(
                arm.variant(),
                arm.control(),
                Figures.count(arm.ttlSeconds()) + " s",
                Figures.count(arm.clusters()),
                arm.periods() > arm.clusters() ? Figures.count(arm.periods()) + " periods" : "",
                List.of(
                        cell(arm.p75(), TtlSpeedView::millis),
                        cell(arm.good(), Figures::percent),
                        cell(arm.hit(), Figures::percent),
                        cell(arm.stale(), Figures::percent),
                        cell(arm.ttfb(), TtlSpeedView::millis)),
                theory(arm));
    }

    private String theory(TtlSpeedReading.Arm arm) {
        return reading.dose()
                .flatMap(TtlDose::theory)
                .value()
                .map(t -> Figures.percent(t.hitShare((double) arm.ttlSeconds())) + " / "
                        + Figures.percent(t.staleShare((double) arm.ttlSeconds())))
                .orElse("–");
    }

    private static ReportPage.ArmCell cell(Computable<Estimated> level, DoubleFunction<String> text) {
        return level.value()
                .map(l -> new ReportPage.ArmCell(text.apply(l.estimate()), interval(l.ci(), text)))
                .orElseGet(() -> ReportPage.ArmCell.without(level.reason().orElse("")));
    }

    private static String interval(Interval ci, DoubleFunction<String> text) {
        return "[" + (Double.isFinite(ci.low()) ? text.apply(ci.low()) : "−∞") + ", "
                + (Double.isFinite(ci.high()) ? text.apply(ci.high()) : "∞") + "]";
    }

    private static String millis(double value) {
        return Figures.plain(value) + " ms";
    }

    /** The comparisons with the control. */
    public List<ComparedRow> comparisons() {
        return reading.comparisons().stream().map(TtlSpeedView::row).toList();
    }

    private static ComparedRow row(TtlSpeedReading.Compared c) {
        boolean share = c.number().endsWith("share");
        DoubleFunction<String> text = v -> share ? Figures.signed(100 * v) + " pp" : Figures.signed(v) + " ms";
        Computable<RandomizationResult> test = c.randomization();
        String exact = test == null
                ? "–"
                : test.value().map(t -> Figures.pValue(t.pValue())).orElse("–");
        return new ComparedRow(
                name(c.number()),
                c.variant(),
                c.difference().value().map(e -> text.apply(e.estimate())).orElse("–"),
                c.difference()
                        .value()
                        .map(e -> interval(e.ci(), text))
                        .orElseGet(() -> c.difference().reason().orElse("")),
                c.difference().value().map(Effect::pValue).map(Figures::pValue).orElse("–"),
                exact,
                MethodText.name(c.method()));
    }

    private static String name(String number) {
        return switch (number) {
            case "p75_lcp_ms" -> "p75 LCP";
            case "good_share" -> "LCP ≤ 2500 ms";
            case "hit_share" -> "Hits (mediator)";
            case "p75_ttfb_ms" -> "p75 TTFB (mediator)";
            default -> number;
        };
    }

    /** The curve over the TTL; {@code null} when there is none. */
    public @Nullable CurvePlot plot() {
        TtlDose dose = reading.dose().value().orElse(null);
        if (dose == null || dose.points().stream().anyMatch(p -> p.ttlSeconds() <= 0)) {
            return null;
        }
        CurvePlot.Drawing drawing = new CurvePlot.Drawing(true);
        reading.arms().stream()
                .filter(a -> a.p75().value().isPresent())
                .sorted(Comparator.comparingLong(TtlSpeedReading.Arm::ttlSeconds))
                .forEach(a -> {
                    Estimated p75 = a.p75().orElseThrow();
                    drawing.arm(
                            (double) a.ttlSeconds(), p75.estimate(), p75.ci(), Figures.count(a.ttlSeconds()) + " s");
                });
        List<double[]> falling = new ArrayList<>();
        for (int i = 0; i < dose.points().size(); i++) {
            falling.add(new double[] {
                dose.points().get(i).ttlSeconds(), dose.isotonic().get(i)
            });
        }
        drawing.curve("line", falling);
        dose.logDose()
                .value()
                .ifPresent(line -> drawing.curve(
                        "model",
                        dose.points().stream()
                                .map(p -> new double[] {p.ttlSeconds(), at(line, p.ttlSeconds())})
                                .toList()));
        reading.recommendation()
                .value()
                .filter(r -> r.ttlSeconds().isPresent())
                .ifPresent(r -> drawing.mark((double) r.ttlSeconds().getAsLong(), "recommended"));
        return drawing.plot(
                "ttl-dose",
                "p75 LCP over the TTL, in ms",
                slope(),
                "p75 LCP by TTL: "
                        + reading.arms().stream()
                                .map(a -> a.ttlSeconds() + " s "
                                        + a.p75()
                                                .value()
                                                .map(p -> millis(p.estimate()))
                                                .orElse("unknown"))
                                .collect(Collectors.joining(", ")),
                Figures::plain);
    }

    private static double at(LogDose line, double ttl) {
        return line.intercept() + line.slope() * Math.log(ttl);
    }

    private String slope() {
        return reading.dose()
                .flatMap(TtlDose::slope)
                .value()
                .map(e -> Figures.signed(e.estimate() * Math.log(2)) + " ms per doubling")
                .orElse("");
    }

    /** Hits and outdated answers by TTL, measured and as theory has them; empty where theory finds no rates. */
    public List<CurvePlot> theoryPlots() {
        TtlDose.Theory theory = reading.dose().flatMap(TtlDose::theory).value().orElse(null);
        return theory == null || reading.arms().stream().anyMatch(a -> a.ttlSeconds() <= 0)
                ? List.of()
                : List.of(
                        theoryPlot(
                                "ttl-hits",
                                "Hits by TTL, in %",
                                TtlSpeedReading.Arm::hit,
                                theory::hitShare,
                                Figures.plain(theory.requestsPerSecond() * SECONDS_PER_HOUR)
                                        + " requests per hour and object"),
                        theoryPlot(
                                "ttl-stale",
                                "Outdated answers by TTL, in %",
                                TtlSpeedReading.Arm::stale,
                                theory::staleShare,
                                Figures.plain(theory.updatesPerSecond() * SECONDS_PER_HOUR)
                                        + " updates per hour and object"));
    }

    private CurvePlot theoryPlot(
            String id,
            String title,
            Function<TtlSpeedReading.Arm, Computable<Estimated>> share,
            DoubleUnaryOperator theory,
            String rates) {
        CurvePlot.Drawing drawing = new CurvePlot.Drawing(true);
        List<TtlSpeedReading.Arm> arms = reading.arms().stream()
                .sorted(Comparator.comparingLong(TtlSpeedReading.Arm::ttlSeconds))
                .toList();
        arms.forEach(a -> share.apply(a)
                .value()
                .ifPresent(s -> drawing.arm(
                        (double) a.ttlSeconds(),
                        100 * s.estimate(),
                        new Interval(100 * s.ci().low(), 100 * s.ci().high()),
                        Figures.count(a.ttlSeconds()) + " s")));
        double shortest = arms.get(0).ttlSeconds();
        double longest = arms.get(arms.size() - 1).ttlSeconds();
        List<double[]> curve = new ArrayList<>();
        for (int i = 0; i <= THEORY_POINTS; i++) {
            double ttl = shortest * Math.pow(longest / shortest, i / (double) THEORY_POINTS);
            curve.add(new double[] {ttl, 100 * theory.applyAsDouble(ttl)});
        }
        drawing.curve("model", curve);
        return drawing.plot(
                id, title, "", title + ", measured, and in theory at " + rates + " (dashed)", Figures::axis);
    }

    /** What the curve means, with its method. */
    public String doseSentence() {
        Computable<Effect> slope = reading.dose().flatMap(TtlDose::slope);
        return slope.value()
                .map(e -> String.format(
                        Locale.ROOT,
                        "Each doubling of the TTL changes the p75 LCP by %s ms, interval [%s, %s], %s (weighted line on"
                                + " the logarithm of the TTL, standard errors clustered by cache). Solid: the nearest"
                                + " curve that never rises; dashed: the line; band: Woodruff’s intervals.",
                        Figures.signed(e.estimate() * Math.log(2)),
                        Figures.signed(e.ci().low() * Math.log(2)),
                        Figures.signed(e.ci().high() * Math.log(2)),
                        Figures.p(e.pValue())))
                .orElseGet(() -> slope.reason().orElse(""));
    }

    /** Whether the assigned caches served, and what no TTL can change. */
    public List<String> checks() {
        List<String> checks = new ArrayList<>();
        checks.add(reading.compliance()
                .value()
                .map(share -> Figures.percent(share) + " of views were served by their assigned cache; the others count"
                        + " where they were assigned.")
                .orElseGet(() -> reading.compliance().reason().orElse("")));
        reading.controls()
                .forEach(c -> checks.add(c.pValue()
                        .value()
                        .map(p -> c.metric() + " (negative control): " + Figures.p(p)
                                + (reading.contaminated(c)
                                        ? " – no TTL can cause that: the comparison is contaminated."
                                        : " – no sign of contamination."))
                        .orElseGet(() -> c.metric() + ": " + c.pValue().reason().orElse(""))));
        return checks;
    }
}
