package org.showroomlab.reports.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.BuiltInMetrics;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Variant;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.UnitStatistic;
import org.showroomlab.jobs.results.UnitStatistic.Sum;
import org.showroomlab.reports.special.Estimated;
import org.showroomlab.reports.special.MarketPool;
import org.showroomlab.reports.special.PriceCurve;
import org.showroomlab.reports.special.PriceElasticityReading;
import org.showroomlab.reports.special.SpecialReading;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.many.ComparisonWithBest;

/** Reads what prices do, from what the analysis counts on its own account. */
final class PriceElasticityAssembler {
    private static final String PAYMENTS = BuiltInMetrics.revenue(90);

    private final Experiment experiment;
    private final ExperimentSums sums;
    private final RenewalTables renewals;
    private final @Nullable Instant asOf;
    private final OptionalInt maturedCohorts;
    private final Significance significance;

    /** @param maturedCohorts how many cohorts have had their outcome window; empty where all units are judged */
    PriceElasticityAssembler(
            Experiment experiment,
            ExperimentSums sums,
            List<LifeTableCount> lives,
            @Nullable Instant asOf,
            OptionalInt maturedCohorts) {
        this.maturedCohorts = maturedCohorts;
        this.experiment = experiment;
        this.sums = sums;
        this.renewals = new RenewalTables(experiment, lives, asOf);
        this.asOf = asOf;
        this.significance = new Significance(experiment.alpha(), Alternative.TWO_SIDED);
    }

    Computable<SpecialReading> assemble() {
        if (experiment.unit() != Experiment.UnitKind.VISITOR) {
            return Computable.notComputable(
                    "wrong_unit", "A price is shown to a visitor; this experiment assigns it to a cluster.");
        }
        if (experiment.variants().stream().anyMatch(v -> v.priceMinor().orElse(0) <= 0)) {
            return Computable.notComputable("price_not_positive", "An elasticity needs prices greater than 0.");
        }
        List<PriceElasticityReading.Market> markets =
                sums.valuesOf(Experiment.MARKET).stream().map(this::market).toList();
        return Computable.of(new PriceElasticityReading(
                markets,
                curve("", ""),
                judged(),
                MarketPool.of(markets, significance),
                experiment.variants().stream().map(v -> renewals.of(v.id())).toList(),
                new AddedCurrencies(
                                experiment, markets.stream().map(this::payments).toList())
                        .note().stream().toList()));
    }

    private PriceElasticityReading.Market market(String market) {
        Currencies currencies = currencies(market);
        return new PriceElasticityReading.Market(
                market,
                currencies.currency(),
                currencies.source(),
                curve(Experiment.MARKET, market),
                BuiltInMetrics.HORIZON_DAYS.stream()
                        .map(days -> horizon(market, days, currencies.currency()))
                        .toList());
    }

    private PriceCurve curve(String dimension, String value) {
        return curve(v -> sums.total(BuiltInMetrics.CONVERSION, v.id(), dimension, value));
    }

    /** Of the units that the verdict goes by. */
    private PriceCurve judged() {
        return maturedCohorts.isEmpty()
                ? curve("", "")
                : curve(v -> sums.totalOfCohortsBefore(maturedCohorts.getAsInt(), BuiltInMetrics.CONVERSION, v.id()));
    }

    private PriceCurve curve(Function<Variant, ArmSums> sumsOf) {
        List<PriceCurve.Tested> prices = new ArrayList<>();
        for (Variant variant : experiment.variants()) {
            ArmSums arm = sumsOf.apply(variant);
            long visitors = Math.max(0, arm.n());
            long buyers = Math.max(0, arm.of(Sum.Y).longValueExact());
            prices.add(new PriceCurve.Tested(
                    variant.id(), variant.control(), price(variant), visitors, Math.min(buyers, visitors)));
        }
        return PriceCurve.of(prices, 0, significance, experiment.alpha());
    }

    private static double price(Variant variant) {
        return (double) variant.priceMinor().orElse(0);
    }

    private PriceElasticityReading.Horizon horizon(String market, int days, Computable<String> currency) {
        double matured = maturedShare(market, days);
        List<PriceElasticityReading.HorizonArm> arms = new ArrayList<>();
        Computable<List<ArmEstimate>> estimates = Computable.of(List.of());
        for (Variant variant : experiment.variants()) {
            String id = BuiltInMetrics.revenue(days);
            MetricMethod method =
                    MetricMethod.of(experiment, experiment.countedMetric(id).orElseThrow(), sums);
            ArmSums arm = sums.total(id, variant.id(), Experiment.MARKET, market);
            Computable<ArmEstimate> mean = currency.flatMap(c -> matured > 0 || arm.n() == 0
                    ? method.arm(arm)
                    : Computable.notComputable("immature_cohorts", nobody(days)));
            arms.add(new PriceElasticityReading.HorizonArm(
                    variant.id(),
                    price(variant),
                    mean.flatMap(
                            a -> method.armInterval(arm).map(ci -> new Estimated(a.estimate(), a.stdError(), ci)))));
            estimates = estimates.flatMap(before ->
                    mean.map(a -> Stream.concat(before.stream(), Stream.of(a)).toList()));
        }
        return new PriceElasticityReading.Horizon(
                days, matured, arms, estimates.flatMap(all -> ComparisonWithBest.of(all, experiment.alpha())));
    }

    private static String nobody(int days) {
        return "Nobody of this market has been observed for " + days + " days.";
    }

    /** Of a market's exposed visitors those whose days are over. */
    private double maturedShare(String market, int days) {
        Instant until = asOf == null || asOf.isAfter(experiment.observeUntil()) ? experiment.observeUntil() : asOf;
        Instant lastWhole = until.minus(Duration.ofDays(days));
        // Nobody is exposed at the end or later, whatever the local day has.
        LocalDate last = experiment.end().isAfter(lastWhole)
                ? LocalDate.ofInstant(lastWhole, experiment.timeZone()).minusDays(1)
                : LocalDate.MAX;
        double matured = exposedBy(market, last);
        double all = exposedBy(market, LocalDate.MAX);
        return all > 0 ? Math.min(1, Math.max(0, matured / all)) : 0;
    }

    private long exposedBy(String market, LocalDate day) {
        return experiment.variants().stream()
                .mapToLong(v -> sums.clock(UnitStatistic.UNITS, v.id(), Experiment.MARKET, market)
                        .asOf(day)
                        .n())
                .sum();
    }

    private record Currencies(
            Computable<String> currency, @Nullable String source) {}

    /** In which currency a market pays: the experiment's, or its own when nobody pays in that. */
    private Currencies currencies(String market) {
        String own = experiment.currency();
        long payments = payments(market, PAYMENTS);
        long inOwn = own == null ? 0 : payments(market, BuiltInMetrics.OWN_CURRENCY);
        if (own != null && inOwn == payments) {
            return new Currencies(Computable.of(own), "experiment");
        }
        if (inOwn > 0) {
            return new Currencies(
                    Computable.notComputable(
                            "mixed_currencies",
                            inOwn + " of " + payments + " payments of " + named(market) + " are in " + own
                                    + ", the others are not: amounts in different currencies are not added up."),
                    null);
        }
        try {
            Currency legal =
                    Currency.getInstance(new Locale.Builder().setRegion(market).build());
            if (legal != null) {
                return new Currencies(Computable.of(legal.getCurrencyCode()), "market");
            }
        } catch (IllegalArgumentException e) {
            // not a country of ISO 3166: it has no currency of its own
            return unknown(market);
        }
        return unknown(market);
    }

    private static Currencies unknown(String market) {
        return new Currencies(
                Computable.notComputable(
                        "unknown_currency", "Nothing says in which currency " + named(market) + " paid."),
                null);
    }

    private AddedCurrencies.Payments payments(PriceElasticityReading.Market market) {
        return new AddedCurrencies.Payments(
                payments(market.market(), PAYMENTS),
                experiment.currency() == null ? 0 : payments(market.market(), BuiltInMetrics.OWN_CURRENCY),
                market.currency().value().orElse("an unknown currency"));
    }

    private static String named(String market) {
        return market.isEmpty() ? "visitors without a market" : "market '" + market + "'";
    }

    private long payments(String market, String metric) {
        return experiment.variants().stream()
                .mapToLong(v ->
                        sums.total(metric, v.id(), Experiment.MARKET, market).events())
                .sum();
    }
}
