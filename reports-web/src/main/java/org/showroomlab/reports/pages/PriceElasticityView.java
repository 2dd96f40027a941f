package org.showroomlab.reports.pages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.showroomlab.reports.special.BestPrice;
import org.showroomlab.reports.special.BestPriceRange;
import org.showroomlab.reports.special.Estimated;
import org.showroomlab.reports.special.MarketPool;
import org.showroomlab.reports.special.PriceCurve;
import org.showroomlab.reports.special.PriceElasticityReading;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.arms.Proportion;
import org.showroomlab.stats.many.ComparisonWithBest;
import org.showroomlab.stats.price.LogitDemand;
import org.showroomlab.stats.survival.IncidenceCurve;

/**
 * The section of a report that says what prices do.
 *
 * @param currency of the experiment, in which the nominal prices of all markets are written; {@code null} where it has none
 */
public record PriceElasticityView(
        PriceElasticityReading reading, @Nullable String currency) {
    private static final int STEPS = 40;
    private static final int MONTH_DAYS = 30;
    private static final String NOT_COMPARED = "Which price earns most per visitor could not be computed";

    /** One market as it stands in the table. */
    public record MarketRow(String market, String currency, String elasticity, String best, String kept) {}

    /** One arm of one market. */
    public record RevenueRow(
            String market,
            String variant,
            String price,
            String conversion,
            String chance,
            List<ReportPage.ArmCell> revenue) {}

    /** One arm's renewals. */
    public record RenewalRow(String variant, String subscribers, String renewed, String cancelled, String waiting) {}

    /** The reading in sentences. */
    public String sentence() {
        String elasticity = reading.elasticity()
                .value()
                .map(e -> String.format(
                        Locale.ROOT,
                        "One percent more on the price changes conversion by %s %%, interval [%s, %s].",
                        Figures.signed(e.estimate()),
                        Figures.signed(e.ci().low()),
                        Figures.signed(e.ci().high())))
                .orElseGet(() -> reading.elasticity().reason().orElse(""));
        return elasticity + " " + separated();
    }

    private String separated() {
        Computable<List<ComparisonWithBest>> mcb = reading.overall().mcb();
        if (mcb.value().isEmpty()) {
            return NOT_COMPARED + ": " + mcb.reason().orElse("");
        }
        String kept = kept(reading.overall(), nominal());
        return reading.separated().value().orElse(false)
                ? "Only " + kept
                        + " can still be the price that earns most per visitor (Hsu’s comparison with the best)."
                : "The data do not separate the prices: " + kept
                        + " could each still earn most per visitor (Hsu’s comparison with the best).";
    }

    /** Which price earns most, in a few words, of the units that the verdict goes by. */
    String advice() {
        Optional<String> contradicted = reading.contradicted();
        if (contradicted.isPresent()) {
            return "Which price earns most is open: " + contradicted.get();
        }
        PriceCurve curve = reading.judged();
        List<ComparisonWithBest> mcb = curve.mcb().value().orElse(List.of());
        List<PriceCurve.Tested> candidates = IntStream.range(0, mcb.size())
                .filter(i -> mcb.get(i).couldBeBest())
                .mapToObj(curve.prices()::get)
                .toList();
        if (candidates.isEmpty()) {
            return NOT_COMPARED + ".";
        }
        PriceCurve.Tested first = candidates.get(0);
        return candidates.size() > 1
                ? kept(curve, nominal()) + " could each still be the price that earns most per visitor."
                : nominal().price(first.price()) + " (" + first.variant() + (first.control() ? ", the control" : "")
                        + ") is the price that earns most per visitor.";
    }

    private static String kept(PriceCurve curve, MinorUnits unit) {
        List<ComparisonWithBest> mcb = curve.mcb().value().orElse(List.of());
        return IntStream.range(0, mcb.size())
                .filter(i -> mcb.get(i).couldBeBest())
                .mapToObj(i -> unit.price(curve.prices().get(i).price()))
                .collect(Collectors.joining(", "));
    }

    /** In which prices are written where they are those of all markets. */
    private MinorUnits nominal() {
        return MinorUnits.of(currency);
    }

    /** In which those of one market are written. */
    private static MinorUnits of(PriceElasticityReading.Market market) {
        return MinorUnits.of(market.currency().value().orElse(null));
    }

    /** How the markets hang together. */
    public String pooledSentence() {
        MarketPool pool = reading.pool();
        String pooled = pool.fit()
                .value()
                .map(p -> String.format(
                        Locale.ROOT,
                        "Pooled over %d markets (%s) by random effects (DerSimonian–Laird): τ² = %s, Cochran’s Q = %s, %s."
                                + " Prices and amounts stay in each market’s own currency.",
                        pool.markets().size(),
                        String.join(", ", pool.markets()),
                        Figures.plain(p.tau2()),
                        Figures.plain(p.q()),
                        Figures.p(p.qPValue())))
                .orElseGet(() -> reading.markets().size() == 1
                        ? "All visitors are of one market."
                        : pool.fit().reason().orElse(""));
        return pooled
                + pool.leftOut().stream()
                        .map(m -> " Not pooled: " + PriceElasticityReading.Market.label(m.market()) + ". " + m.reason())
                        .collect(Collectors.joining());
    }

    /** Demand over the price; {@code null} when there is none to draw. */
    public @Nullable CurvePlot plot() {
        PriceCurve curve = reading.overall();
        List<Double> falling = curve.isotonic().value().orElse(null);
        if (falling == null) {
            return null;
        }
        CurvePlot.Drawing drawing = new CurvePlot.Drawing(false);
        List<PriceCurve.Tested> prices = curve.prices().stream()
                .sorted(Comparator.comparingDouble(PriceCurve.Tested::price))
                .toList();
        for (PriceCurve.Tested p : prices) {
            Proportion bought = new Proportion(p.visitors(), p.buyers());
            Interval ci = bought.wilson(curve.significance()).scaledAndShifted(100, 0);
            drawing.arm(p.price(), 100 * bought.share(), ci, nominal().price(p.price()));
        }
        List<double[]> monotone = new ArrayList<>();
        for (PriceCurve.Tested p : prices) {
            monotone.add(
                    new double[] {p.price(), 100 * falling.get(curve.prices().indexOf(p))});
        }
        drawing.curve("line", monotone);
        curve.logit().value().ifPresent(demand -> drawing.curve("model", logit(demand)));
        curve.optimum()
                .value()
                .ifPresent(o -> drawing.mark(
                        o.level().estimate(),
                        "best under logit: " + nominal().amount(o.level().estimate())));
        return drawing.plot(
                "price-demand",
                "Share of visitors who subscribe, in %, by price",
                best(curve, nominal()),
                "Conversion by price: "
                        + prices.stream()
                                .map(p -> nominal().price(p.price()) + ": "
                                        + Figures.percent((double) p.buyers() / p.visitors()))
                                .collect(Collectors.joining(", ")),
                Figures::plain);
    }

    private static List<double[]> logit(LogitDemand demand) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i <= STEPS; i++) {
            double price = demand.lowestPrice() + (demand.highestPrice() - demand.lowestPrice()) * i / STEPS;
            points.add(new double[] {price, 100 * demand.conversion(price)});
        }
        return points;
    }

    private static String best(PriceCurve curve, MinorUnits unit) {
        return Stream.of(
                        curve.optimum()
                                .value()
                                .map(best -> "best " + unit.amount(best.level().estimate()) + bounds(best, unit)),
                        curve.range().value().map(range -> "over all models " + range(range, unit)))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
    }

    private static String range(BestPriceRange range, MinorUnits unit) {
        return range.low() == range.high()
                ? unit.amount(range.low())
                : unit.amount(range.low()) + " to " + unit.amount(range.high());
    }

    /** Where each model has the best price, so that the choice of one hides nothing. */
    private static String models(PriceCurve curve, MinorUnits unit) {
        return curve.range()
                .value()
                .map(range -> " Over all models the best tested price is " + range(range, unit) + ": "
                        + range.models().stream()
                                .map(m -> m.label() + " has it at " + unit.amount(m.price())
                                        + (m.atEnd() ? ", the end of the tested prices" : ""))
                                .collect(Collectors.joining("; "))
                        + ".")
                .orElse("");
    }

    private static String bounds(BestPrice best, MinorUnits unit) {
        Interval ci = best.level().ci();
        String low = Double.isInfinite(ci.low())
                ? "under " + unit.price(best.tested().low())
                : unit.amount(ci.low());
        String high = Double.isInfinite(ci.high())
                ? "over " + unit.price(best.tested().high())
                : unit.amount(ci.high());
        return " [" + low + ", " + high + "]";
    }

    /** What under and over mean, where they are said. */
    private String openEnds() {
        boolean open = Stream.concat(
                        Stream.of(reading.overall()),
                        reading.markets().stream().map(PriceElasticityReading.Market::curve))
                .flatMap(curve -> curve.optimum().value().stream())
                .anyMatch(best -> best.openSides().isPresent());
        return open ? " Under or over a price: the data do not bound the best price inside the tested ones." : "";
    }

    /** What the picture shows, with its methods. */
    public String plotSentence() {
        PriceCurve curve = reading.overall();
        String optimum = curve.prices().size() == 2
                ? "Two prices give no curve."
                : curve.optimum().value().isPresent()
                        ? "The dotted mark is the price that earns most under the logistic curve."
                        : noOptimum(curve);
        return "All markets, nominal prices in " + nominal().label()
                + ". Solid: the nearest curve that never rises; dashed:"
                + " logistic demand by maximum likelihood; bars and band: Wilson’s intervals. " + optimum
                + models(curve, nominal())
                + openEnds();
    }

    /** Where it would be is not said: a model is no evidence beyond the prices that were tried. */
    private String noOptimum(PriceCurve curve) {
        String reason = curve.optimum().reason().orElse("");
        return curve.optimum()
                .code()
                .filter("outside_tested_prices"::equals)
                .flatMap(code -> curve.logit().value())
                .map(demand -> "The logistic curve has its best price outside the tested "
                        + nominal().price(demand.lowestPrice()) + " to "
                        + nominal().price(demand.highestPrice()) + ".")
                .orElse(reason);
    }

    /** The markets. */
    public List<MarketRow> markets() {
        return reading.markets().stream().map(PriceElasticityView::row).toList();
    }

    private static MarketRow row(PriceElasticityReading.Market market) {
        Computable<Effect> e = market.curve().elasticity();
        return new MarketRow(
                market.label(),
                market.currency()
                        .value()
                        .map(c -> "market".equals(market.currencySource()) ? c + " (assumed, the market’s own)" : c)
                        .orElseGet(() -> market.currency().reason().orElse("")),
                e.value()
                        .map(v -> Figures.signed(v.estimate()) + " ["
                                + Figures.signed(v.ci().low()) + ", "
                                + Figures.signed(v.ci().high()) + "]")
                        .orElseGet(() -> e.reason().orElse("")),
                market.curve().prices().size() == 2 ? "–" : bestOrReason(market.curve(), of(market)),
                unseen(market.curve(), of(market))
                        .or(() -> market.curve().mcb().reason())
                        .orElseGet(() -> kept(market.curve(), of(market))));
    }

    private static String bestOrReason(PriceCurve curve, MinorUnits unit) {
        return switch (curve.optimum().code().orElse("")) {
            case "" -> best(curve, unit);
            case "outside_tested_prices" ->
                Stream.of("outside the tested prices", best(curve, unit))
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("; "));
            case "not_enough_data" -> unseen(curve, unit).orElse("");
            default -> curve.optimum().reason().orElse("");
        };
    }

    /** The prices of a market that had no visitors there. */
    private static Optional<String> unseen(PriceCurve curve, MinorUnits unit) {
        return curve.prices().stream()
                .filter(p -> p.visitors() == 0)
                .map(p -> unit.price(p.price()))
                .reduce((a, b) -> a + ", " + b)
                .map(prices -> "nobody saw " + prices);
    }

    /** The arms of every market. */
    public List<RevenueRow> revenue() {
        List<RevenueRow> rows = new ArrayList<>();
        for (PriceElasticityReading.Market market : reading.markets()) {
            List<PriceCurve.Tested> prices = market.curve().prices();
            for (int i = 0; i < prices.size(); i++) {
                rows.add(revenue(market, i));
            }
        }
        return rows;
    }

    private static RevenueRow revenue(PriceElasticityReading.Market market, int arm) {
        PriceCurve.Tested p = market.curve().prices().get(arm);
        return new RevenueRow(
                market.label(),
                p.variant(),
                of(market).price(p.price()),
                p.visitors() == 0
                        ? "–"
                        : Figures.percent((double) p.buyers() / p.visitors()) + " of " + Figures.count(p.visitors()),
                market.curve()
                        .mcb()
                        .value()
                        .map(m -> Figures.percent(m.get(arm).chanceBest()))
                        .orElse("–"),
                market.horizons().stream()
                        .map(h -> cell(h, h.arms().get(arm).revenue(), of(market)))
                        .toList());
    }

    private static ReportPage.ArmCell cell(
            PriceElasticityReading.Horizon horizon, Computable<Estimated> revenue, MinorUnits unit) {
        String complete = horizon.incomplete() ? ", " + Figures.percent(horizon.maturedShare()) + " complete" : "";
        boolean immature = revenue.code().filter("immature_cohorts"::equals).isPresent();
        return revenue.value()
                .map(r -> new ReportPage.ArmCell(
                        unit.amount(r.estimate()),
                        "[" + unit.amount(r.ci().low()) + ", " + unit.amount(r.ci().high()) + "]" + complete))
                .orElseGet(() -> ReportPage.ArmCell.without(
                        immature ? "nobody complete" : revenue.reason().orElse("")));
    }

    /** The days of the horizons. */
    public List<String> horizons() {
        return reading.markets().isEmpty()
                ? List.of()
                : reading.markets().get(0).horizons().stream()
                        .map(h -> h.days() + " days")
                        .toList();
    }

    /** What the amounts are. */
    public String revenueCaption() {
        return "Revenue per exposed visitor from subscriptions, renewals and sales, refunds taken off, in the market’s"
                + " currency (units of 100 minor units where it is not known): mean and interval. Where not all visitors"
                + " have been observed for the days, it is of incomplete cohorts: the share that has is beside it, and the"
                + " others count with what they paid so far. Chance to earn most by price times conversion.";
    }

    /** The renewals of every arm 30 days after subscription. */
    public List<RenewalRow> renewals() {
        return reading.renewals().stream().map(PriceElasticityView::row).toList();
    }

    private static RenewalRow row(PriceElasticityReading.Renewals renewals) {
        Computable<IncidenceCurve.Point> known = renewals.at(MONTH_DAYS);
        IncidenceCurve.Point point = known.value().orElse(null);
        return new RenewalRow(
                renewals.variant(),
                Figures.count(renewals.subscribers()),
                point == null
                        ? known.reason().orElse("")
                        : Figures.percent(point.incidence()) + " ± " + Figures.percent(point.incidenceStdError()),
                point == null ? "–" : Figures.percent(point.competingIncidence()),
                point == null ? "–" : Figures.percent(point.survival()));
    }
}
