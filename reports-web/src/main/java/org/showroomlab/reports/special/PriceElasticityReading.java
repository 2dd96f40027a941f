package org.showroomlab.reports.special;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.many.ComparisonWithBest;
import org.showroomlab.stats.survival.IncidenceCurve;
import org.showroomlab.stats.verdict.ArmsNotCompared;
import org.showroomlab.stats.verdict.Finding;
import org.showroomlab.stats.verdict.Reason;

/**
 * What prices do to subscriptions and revenue.
 *
 * @param markets by name
 * @param overall over all markets, in the nominal price; conversion has no currency
 * @param judged the same of the units that the verdict goes by
 * @param renewals by arm
 * @param notes what a reader has to know beside the numbers
 */
public record PriceElasticityReading(
        List<Market> markets,
        PriceCurve overall,
        PriceCurve judged,
        MarketPool pool,
        List<Renewals> renewals,
        List<Reason> notes)
        implements SpecialReading {
    private static final List<Integer> RENEWAL_DAYS = List.of(7, 14, 30, 60, 90);
    private static final double HOURS_PER_DAY = 24;

    /**
     * One market.
     *
     * @param currency of its amounts
     * @param currencySource {@code experiment} when its payments are in the experiment's currency, {@code market} when none
     *     is and the market's own is assumed
     * @param horizons revenue per visitor, never converted
     */
    public record Market(
            String market,
            Computable<String> currency,
            @Nullable String currencySource,
            PriceCurve curve,
            List<Horizon> horizons) {
        /** Copies the list. */
        public Market {
            horizons = List.copyOf(horizons);
        }

        /** Its name in words. */
        public String label() {
            return label(market);
        }

        /** The name of any market in words. */
        public static String label(String market) {
            return market.isEmpty() ? "no market" : market;
        }
    }

    /**
     * Revenue per exposed visitor within some days, refunds taken off. The tables hold sums by the day of a payment, so
     * visitors who have not had their days yet count with what they paid so far.
     *
     * @param maturedShare of the market's visitors who have been observed for that many days
     */
    public record Horizon(
            int days, double maturedShare, List<HorizonArm> arms, Computable<List<ComparisonWithBest>> mcb) {
        /** Copies the list. */
        public Horizon {
            arms = List.copyOf(arms);
        }

        /** Whether some visitors, but not all, have had their days. */
        public boolean incomplete() {
            return maturedShare > 0 && maturedShare < 1;
        }

        String estimand(Computable<String> currency) {
            return "minor units of " + currency.value().orElse("local currency") + " per exposed visitor within " + days
                    + " days from subscriptions, renewals and sales, refunds off"
                    + (incomplete() ? "; " + cohorts() : "");
        }

        /** Rounded down: incomplete is never said to be 100 %. */
        private String cohorts() {
            return String.format(
                    Locale.ROOT,
                    "of incomplete cohorts: %.1f %% of the visitors have been observed for %d days, the others count with"
                            + " what they paid so far",
                    Math.floor(1000 * maturedShare) / 10,
                    days);
        }
    }

    /** One arm of it. */
    public record HorizonArm(String variant, double priceMinor, Computable<Estimated> revenue) {}

    /** Time from the first subscription to the first renewal, cancellation competing. */
    public record Renewals(String variant, long subscribers, Computable<IncidenceCurve> curve) {
        /** The curve that many days after the subscription, when it is known until then. */
        public Computable<IncidenceCurve.Point> at(int days) {
            return curve.flatMap(known -> {
                OptionalDouble end = known.knownOnlyUntil(days * HOURS_PER_DAY);
                return end.isEmpty()
                        ? Computable.of(known.at(days * HOURS_PER_DAY))
                        : Computable.notComputable(
                                "immature_cohorts",
                                String.format(
                                        Locale.ROOT,
                                        "No subscriber has been watched for %d days: the first is known for %.1f.",
                                        days,
                                        end.getAsDouble() / HOURS_PER_DAY));
            });
        }
    }

    /** Copies the lists. */
    public PriceElasticityReading {
        markets = List.copyOf(markets);
        renewals = List.copyOf(renewals);
        notes = List.copyOf(notes);
    }

    @Override
    public String key() {
        return "price_elasticity";
    }

    /** The mean elasticity of the markets. */
    public Computable<Effect> elasticity() {
        return pool.elasticity();
    }

    /** Whether one price alone could earn most. */
    public Computable<Boolean> separated() {
        return overall.mcb().map(all -> candidates(all) == 1 && contradicted().isEmpty());
    }

    private static int candidates(List<ComparisonWithBest> all) {
        return (int) all.stream().filter(ComparisonWithBest::couldBeBest).count();
    }

    /**
     * Where what was paid in the end, renewals and refunds in it, rules out each price that could earn most by list price and
     * conversion: a question that the two answer differently is open.
     */
    public Optional<String> contradicted() {
        Set<String> candidates = candidates(
                judged.prices().stream().map(PriceCurve.Tested::variant).toList(), judged.mcb());
        List<Horizon> paid = markets.stream()
                .flatMap(market -> lastOver(market.horizons()).stream())
                .toList();
        boolean agrees = paid.stream()
                .anyMatch(horizon -> !Collections.disjoint(
                        candidates,
                        candidates(
                                horizon.arms().stream().map(HorizonArm::variant).toList(), horizon.mcb())));
        return candidates.isEmpty() || paid.isEmpty() || agrees
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "by list price and conversion it could be %s, but what was paid within %d days, renewals and refunds"
                                + " in it, rules that out.",
                        String.join(", ", candidates),
                        paid.get(0).days()));
    }

    /** The longest that is over for everybody and whose prices can be compared. */
    private static Optional<Horizon> lastOver(List<Horizon> horizons) {
        return horizons.stream()
                .filter(horizon ->
                        horizon.maturedShare() >= 1 && horizon.mcb().value().isPresent())
                .max(Comparator.comparingInt(Horizon::days));
    }

    /** Those that could be the best. */
    private static Set<String> candidates(List<String> variants, Computable<List<ComparisonWithBest>> mcb) {
        List<ComparisonWithBest> all = mcb.value().orElse(List.of());
        return IntStream.range(0, all.size())
                .filter(i -> all.get(i).couldBeBest())
                .mapToObj(variants::get)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private long allVisitors() {
        return markets.stream().mapToLong(PriceElasticityReading::visitors).sum();
    }

    private static long visitors(Market market) {
        return market.curve().prices().stream()
                .mapToLong(price -> price.visitors())
                .sum();
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding.MixedCurrencies(markets.stream()
                .filter(m ->
                        m.currency().code().filter("mixed_currencies"::equals).isPresent())
                .filter(m -> !m.market().isEmpty() || 2 * visitors(m) > allVisitors())
                .map(m -> m.market().isEmpty() ? "visitors without a market" : m.market())
                .toList()));
        // Before any cohort is mature nobody is judged: that is said of the cohorts, and not of the prices.
        if (judged.prices().stream().anyMatch(price -> price.visitors() > 0)) {
            findings.addAll(contradicted()
                    .<List<Finding>>map(reason ->
                            List.of(new ArmsNotCompared(judged.prices().size(), reason)))
                    .orElseGet(() -> RevenueFindings.of(judged)));
        }
        return findings;
    }

    @Override
    public ObjectNode json() {
        ObjectNode json = SpecialJson.object();
        ArrayNode list = json.putArray("markets");
        markets.forEach(m -> list.add(json(m)));
        json.set("overall", overall.json());
        json.set("pooled", pool.json());
        if (separated().value().isPresent()) {
            json.put("separated", separated().orElseThrow());
        } else {
            SpecialJson.refused(json, separated(), "separated");
        }
        ArrayNode renewed = json.putArray("renewals");
        renewals.forEach(r -> renewed.add(json(r)));
        return json;
    }

    private static ObjectNode json(Market market) {
        ObjectNode json = SpecialJson.object().put("market", market.market());
        if (market.currency().value().isPresent()) {
            json.put("currency", market.currency().orElseThrow()).put("currency_source", market.currencySource());
        } else {
            SpecialJson.refused(json, market.currency(), "currency");
        }
        ArrayNode price = json.putArray("price");
        ArrayNode n = json.putArray("n");
        ArrayNode x = json.putArray("x");
        market.curve().prices().forEach(p -> {
            price.add(p.price());
            n.add(p.visitors());
            x.add(p.buyers());
        });
        json.setAll(market.curve().json());
        ArrayNode horizons = json.putArray("horizons");
        market.horizons().forEach(h -> horizons.add(json(h, market.currency())));
        return json;
    }

    private static ObjectNode json(Horizon horizon, Computable<String> currency) {
        ObjectNode json = SpecialJson.object()
                .put("days", horizon.days())
                .put("matured_share", horizon.maturedShare())
                .put("estimand", horizon.estimand(currency));
        ArrayNode arms = json.putArray("arms");
        for (int i = 0; i < horizon.arms().size(); i++) {
            HorizonArm arm = horizon.arms().get(i);
            ObjectNode node = arms.addObject().put("variant", arm.variant()).put("price", arm.priceMinor());
            node.setAll(SpecialJson.estimated(arm.revenue()));
            if (horizon.mcb().value().isPresent()) {
                SpecialJson.put(node, horizon.mcb().orElseThrow().get(i));
            }
        }
        return json;
    }

    private static ObjectNode json(Renewals renewals) {
        ObjectNode json = SpecialJson.object()
                .put("variant", renewals.variant())
                .put("subscribers", renewals.subscribers())
                .put("method", "kaplan_meier, aalen_johansen with cancellation competing");
        if (renewals.curve().value().isEmpty()) {
            return SpecialJson.refused(json, renewals.curve(), "at");
        }
        ArrayNode at = json.putArray("at");
        for (int days : RENEWAL_DAYS) {
            ObjectNode node = at.addObject().put("days", days);
            Computable<IncidenceCurve.Point> known = renewals.at(days);
            if (known.value().isEmpty()) {
                SpecialJson.refused(node, known, "waiting", "renewed", "renewed_std_error", "cancelled");
                continue;
            }
            IncidenceCurve.Point point = known.orElseThrow();
            node.put("waiting", point.survival())
                    .put("renewed", point.incidence())
                    .put("renewed_std_error", point.incidenceStdError())
                    .put("cancelled", point.competingIncidence());
            point.survivalStdError().ifPresent(se -> node.put("waiting_std_error", se));
        }
        return json;
    }

    @Override
    public List<SpecialRow> rows() {
        List<SpecialRow> rows = new ArrayList<>();
        markets.forEach(market -> rows.addAll(rows(market)));
        rows.add(SpecialRow.effect(
                "elasticity",
                "",
                "",
                "random_effects",
                "mean price elasticity of conversion over the markets",
                elasticity()));
        return rows;
    }

    private static List<SpecialRow> rows(Market market) {
        List<SpecialRow> rows = new ArrayList<>();
        PriceCurve curve = market.curve();
        rows.add(SpecialRow.effect(
                        "elasticity",
                        "",
                        "",
                        curve.prices().size() == 2 ? "log_ratio" : "log_binomial",
                        market.market().isEmpty()
                                ? "price elasticity of conversion, visitors without a market"
                                : "price elasticity of conversion",
                        curve.elasticity())
                .of("market", market.market()));
        if (curve.prices().size() > 2) {
            rows.add(SpecialRow.level(
                            "best_price",
                            "",
                            "logit",
                            "price in minor units with the largest revenue per visitor, inside the tested ones"
                                    + curve.optimum()
                                            .value()
                                            .flatMap(BestPrice::note)
                                            .map(note -> ". " + note)
                                            .orElse(""),
                            curve.optimum().map(BestPrice::level))
                    .of("market", market.market()));
            rows.add(SpecialRow.level(
                            "best_price_range",
                            "",
                            "models",
                            "tested price in minor units that earned most per visitor, and in place of an interval the range"
                                    + " of the models' best prices"
                                    + curve.range()
                                            .value()
                                            .map(range -> ". " + range.note())
                                            .orElse(""),
                            curve.range().map(BestPriceRange::level))
                    .of("market", market.market()));
        }
        market.horizons()
                .forEach(h -> h.arms()
                        .forEach(arm -> rows.add(SpecialRow.level(
                                        "revenue_" + h.days() + "_days",
                                        arm.variant(),
                                        "mean",
                                        h.estimand(market.currency()),
                                        arm.revenue())
                                .of("market", market.market()))));
        return rows;
    }
}
