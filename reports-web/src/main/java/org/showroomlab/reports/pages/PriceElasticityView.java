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

/** The section of a report that says what prices do. */
public record PriceElasticityView(PriceElasticityReading reading) {
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
        String kept = kept(reading.overall());
        return reading.separated().value().orElse(false)
                ? "Only " + kept
                        + " can still be the price that earns most per visitor (Hsu’s comparison with the best)."
                : "The data do not separate the prices: " + kept
                        + " could each still earn most per visitor (Hsu’s comparison with the best).";
    }

    /** Which price earns most, in a few words, of the units that the verdict goes by. */
    String advice() {
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
                ? kept(curve) + " could each still be the price that earns most per visitor."
                : price(first.price()) + " (" + first.variant() + (first.control() ? ", the control" : "")
                        + ") is the price that earns most per visitor.";
    }

    private static String kept(PriceCurve curve) {
        List<ComparisonWithBest> mcb = curve.mcb().value().orElse(List.of());
        return IntStream.range(0, mcb.size())
                .filter(i -> mcb.get(i).couldBeBest())
                .mapToObj(i -> price(curve.prices().get(i).price()))
                .collect(Collectors.joining(", "));
    }

    /** An estimate in hundredths, whatever the currency: the picture and the table say which. */
    private static String money(double minor) {
        return Figures.plain(minor / 100);
    }

    /** A price that was set, to the last digit. */
    private static String price(double minor) {
        return Figures.hundredths(Math.round(minor));
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
                .orElseGet(() -> pool.fit().reason().orElse(""));
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
            drawing.arm(p.price(), 100 * bought.share(), ci, price(p.price()));
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
                        "best under logit: " + money(o.level().estimate())));
        return drawing.plot(
                "price-demand",
                "Share of visitors who subscribe, in %, by price",
                best(curve),
                "Conversion by price: "
                        + prices.stream()
                                .map(p -> price(p.price()) + ": " + Figures.percent((double) p.buyers() / p.visitors()))
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

    private static String best(PriceCurve curve) {
        return Stream.of(
                        curve.optimum()
                                .value()
                                .map(best -> "best " + money(best.level().estimate()) + bounds(best)),
                        curve.range().value().map(range -> "over all models " + range(range)))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
    }

    private static String range(BestPriceRange range) {
        return range.low() == range.high() ? money(range.low()) : money(range.low()) + " to " + money(range.high());
    }

    /** Where each model has the best price, so that the choice of one hides nothing. */
    private static String models(PriceCurve curve) {
        return curve.range()
                .value()
                .map(range -> " Over all models the best tested price is " + range(range) + ": "
                        + range.models().stream()
                                .map(m -> m.label() + " has it at " + money(m.price())
                                        + (m.atEnd() ? ", the end of the tested prices" : ""))
                                .collect(Collectors.joining("; "))
                        + ".")
                .orElse("");
    }

    private static String bounds(BestPrice best) {
        Interval ci = best.level().ci();
        String low =
                Double.isInfinite(ci.low()) ? "under " + price(best.tested().low()) : money(ci.low());
        String high =
                Double.isInfinite(ci.high()) ? "over " + price(best.tested().high()) : money(ci.high());
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
                        : curve.optimum().reason().orElse("");
        return "All markets, nominal prices in units of 100 minor units. Solid: the nearest curve that never rises; dashed:"
                + " logistic demand by maximum likelihood; bars and band: Wilson’s intervals. " + optimum
                + models(curve)
                + openEnds();
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
                market.curve().prices().size() == 2 ? "–" : bestOrReason(market.curve()),
                unseen(market.curve()).or(() -> market.curve().mcb().reason()).orElseGet(() -> kept(market.curve())));
    }

    private static String bestOrReason(PriceCurve curve) {
        return switch (curve.optimum().code().orElse("")) {
            case "" -> best(curve);
            case "outside_tested_prices" ->
                Stream.of("outside the tested prices", best(curve))
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("; "));
            case "not_enough_data" -> unseen(curve).orElse("");
            default -> curve.optimum().reason().orElse("");
        };
    }

    /** The prices of a market that had no visitors there. */
    private static Optional<String> unseen(PriceCurve curve) {
        return curve.prices().stream()
                .filter(p -> p.visitors() == 0)
                .map(p -> price(p.price()))
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
                price(p.price()),
                p.visitors() == 0
                        ? "–"
                        : Figures.percent((double) p.buyers() / p.visitors()) + " of " + Figures.count(p.visitors()),
                market.curve()
                        .mcb()
                        .value()
                        .map(m -> Figures.percent(m.get(arm).chanceBest()))
                        .orElse("–"),
                market.horizons().stream()
                        .map(h -> cell(h, h.arms().get(arm).revenue()))
                        .toList());
    }

    private static ReportPage.ArmCell cell(PriceElasticityReading.Horizon horizon, Computable<Estimated> revenue) {
        String complete = horizon.incomplete() ? ", " + Figures.percent(horizon.maturedShare()) + " complete" : "";
        boolean immature = revenue.code().filter("immature_cohorts"::equals).isPresent();
        return revenue.value()
                .map(r -> new ReportPage.ArmCell(
                        money(r.estimate()), "[" + money(r.ci().low()) + ", " + money(r.ci().high()) + "]" + complete))
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
        return "Revenue per exposed visitor from subscriptions, renewals and sales, refunds taken off, in units of 100"
                + " minor units: mean and interval. Where not all visitors have been observed for the days, it is of"
                + " incomplete cohorts: the share that has is beside it, and the others count with what they paid so far."
                + " Chance to earn most by price times conversion.";
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
