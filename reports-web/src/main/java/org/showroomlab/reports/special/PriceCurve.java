package org.showroomlab.reports.special;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.many.ComparisonWithBest;
import org.showroomlab.stats.price.ConstantElasticity;
import org.showroomlab.stats.price.LogitDemand;
import org.showroomlab.stats.price.PriceArm;
import org.showroomlab.stats.price.TwoPriceElasticity;

/**
 * What a price does to conversion and revenue: two prices by their ratio, more by demand curves over those that have
 * visitors.
 *
 * @param prices in input order
 * @param arc midpoint elasticity of the first two prices
 * @param logRatio their elasticity on the log scale
 * @param constant constant elasticity over two prices or more
 * @param logit logistic demand over three or more; two would fit any curve
 * @param optimum its best price, inside the tested ones only
 * @param range the best price over all models, inside the tested ones
 * @param isotonic conversion that never rises with the price, at each price
 * @param mcb which prices could earn most per visitor
 */
public record PriceCurve(
        List<Tested> prices,
        Computable<Effect> arc,
        Computable<Effect> logRatio,
        Computable<ConstantElasticity> constant,
        Computable<LogitDemand> logit,
        Computable<BestPrice> optimum,
        Computable<BestPriceRange> range,
        Computable<List<Double>> isotonic,
        Computable<List<ComparisonWithBest>> mcb,
        Significance significance) {

    /** One price with its visitors and buyers; a price that nobody saw is no arm. */
    public record Tested(String variant, boolean control, double price, long visitors, long buyers) {

        Computable<PriceArm> arm() {
            return visitors == 0
                    ? Computable.notComputable("not_enough_data", "Nobody was exposed to the price " + price + ".")
                    : Computable.of(new PriceArm(price, visitors, buyers));
        }

        /** Price times conversion, per exposed visitor. */
        public Computable<ArmEstimate> revenuePerVisitor() {
            return arm().map(PriceArm::revenuePerVisitor);
        }

        ObjectNode revenueJson() {
            ObjectNode json = SpecialJson.object().put("price", price);
            Computable<ArmEstimate> revenue = revenuePerVisitor();
            return revenue.value()
                    .map(r -> json.put("estimate", r.estimate()).put("std_error", r.stdError()))
                    .orElseGet(() -> SpecialJson.refused(json, revenue, "estimate", "std_error"));
        }
    }

    /** Copies the list. */
    public PriceCurve {
        prices = List.copyOf(prices);
    }

    /** All of it for these prices. */
    public static PriceCurve of(List<Tested> prices, double marginalCost, Significance significance, double alpha) {
        Computable<List<PriceArm>> arms = Computable.of(List.of());
        List<PriceArm> visited = new ArrayList<>();
        for (Tested tested : prices) {
            tested.arm().value().ifPresent(visited::add);
            arms = arms.flatMap(before -> tested.arm()
                    .map(arm -> Stream.concat(before.stream(), Stream.of(arm)).toList()));
        }
        TwoPriceElasticity two = new TwoPriceElasticity(significance);
        Computable<List<PriceArm>> pair = prices.size() == 2
                ? arms
                : Computable.notComputable("not_two_prices", "A ratio needs two prices, not " + prices.size() + ".");
        Computable<LogitDemand> logit = fewest(3, visited, arms).flatMap(LogitDemand::fit);
        Computable<ConstantElasticity> constant = fewest(2, visited, arms).flatMap(ConstantElasticity::fit);
        return new PriceCurve(
                prices,
                pair.flatMap(a -> two.arc(a.get(0), a.get(1))),
                pair.flatMap(a -> two.logRatio(a.get(0), a.get(1))),
                constant,
                logit,
                logit.flatMap(
                        demand -> demand.optimum(marginalCost).flatMap(o -> BestPrice.of(demand, o, significance))),
                fewest(3, visited, arms).flatMap(a -> BestPriceRange.of(a, logit, constant, marginalCost)),
                arms.map(PriceCurve::falling),
                arms.flatMap(a -> withBest(a, alpha)),
                significance);
    }

    /** The prices that somebody saw, if they are enough for a curve; else the reason why not all are among them. */
    private static Computable<List<PriceArm>> fewest(
            int needed, List<PriceArm> visited, Computable<List<PriceArm>> all) {
        if (visited.size() >= needed) {
            return Computable.of(visited);
        }
        return all.flatMap(arms -> Computable.notComputable(
                "not_enough_prices", "This curve needs " + needed + " prices, not " + arms.size() + "."));
    }

    private static Computable<List<ComparisonWithBest>> withBest(List<PriceArm> arms, double alpha) {
        return arms.stream()
                .filter(arm -> arm.buyers() == 0 || arm.buyers() == arm.visitors())
                .findFirst()
                .map(PriceCurve::<List<ComparisonWithBest>>withoutSpread)
                .orElseGet(() -> ComparisonWithBest.of(
                        arms.stream().map(PriceArm::revenuePerVisitor).toList(), alpha));
    }

    private static <T> Computable<T> withoutSpread(PriceArm arm) {
        return Computable.notComputable(
                "zero_variance",
                (arm.buyers() == 0 ? "None" : "All") + " of the " + arm.visitors() + " visitors who saw the price "
                        + arm.price() + " bought, so that its revenue per visitor has no measurable uncertainty.");
    }

    static List<Double> falling(List<PriceArm> arms) {
        return Arrays.stream(MonotoneCurve.Direction.DECREASING.fit(
                        arms.stream().mapToDouble(PriceArm::price).toArray(),
                        arms.stream().mapToDouble(PriceArm::conversion).toArray(),
                        arms.stream().mapToDouble(PriceArm::visitors).toArray()))
                .boxed()
                .toList();
    }

    /** The elasticity that is pooled over markets: of two prices the log ratio, of more the constant elasticity. */
    public Computable<Effect> elasticity() {
        return prices.size() == 2
                ? logRatio
                : constant.flatMap(c -> c.stdError() > 0
                        ? Computable.of(significance.normal(c.elasticity(), c.stdError()))
                        : Computable.notComputable("zero_variance", "The elasticity has no measurable uncertainty."));
    }

    /** The keys of {@code analyze} for {@code elasticity}. */
    public ObjectNode json() {
        ObjectNode json = SpecialJson.object();
        if (prices.size() == 2) {
            json.set("arc", SpecialJson.effect(arc));
            json.set("log_ratio", SpecialJson.effect(logRatio));
        } else if (prices.size() > 2) {
            json.set("log_binomial", logBinomialJson());
            json.set("logit", logitJson());
            if (isotonic.value().isPresent()) {
                json.set("isotonic", SpecialJson.numbers(isotonic.orElseThrow()));
            } else {
                SpecialJson.refused(json, isotonic, "isotonic");
            }
            json.set(
                    "optimum_range",
                    range.value()
                            .map(BestPriceRange::json)
                            .orElseGet(() -> SpecialJson.refused(SpecialJson.object(), range, "low", "high")));
        }
        List<Double> unseen = prices.stream()
                .filter(p -> p.visitors() == 0)
                .map(Tested::price)
                .toList();
        if (!unseen.isEmpty()) {
            json.set("prices_without_visitors", SpecialJson.numbers(unseen));
        }
        ArrayNode revenue = json.putArray("revenue_per_visitor");
        prices.forEach(p -> revenue.add(p.revenueJson()));
        json.set("mcb", mcbJson());
        return json;
    }

    private ObjectNode logBinomialJson() {
        return constant.value()
                .map(f -> SpecialJson.object()
                        .put("intercept", f.intercept())
                        .put("elasticity", f.elasticity())
                        .put("std_error", f.stdError()))
                .orElseGet(() ->
                        SpecialJson.refused(SpecialJson.object(), constant, "intercept", "elasticity", "std_error"));
    }

    private ObjectNode logitJson() {
        if (logit.value().isEmpty()) {
            return SpecialJson.refused(SpecialJson.object(), logit, "a", "b", "std_errors", "optimum");
        }
        LogitDemand demand = logit.orElseThrow();
        ObjectNode json = SpecialJson.object().put("a", demand.a()).put("b", demand.b());
        json.set(
                "std_errors",
                SpecialJson.numbers(List.of(Math.sqrt(demand.varianceA()), Math.sqrt(demand.varianceB()))));
        json.set(
                "optimum",
                optimum.value()
                        .map(BestPrice::json)
                        .orElseGet(() -> SpecialJson.refused(
                                SpecialJson.object(), optimum, "price", "std_error", "ci", "revenue")));
        return json;
    }

    private ArrayNode mcbJson() {
        ArrayNode list = SpecialJson.array();
        for (int i = 0; i < prices.size(); i++) {
            ObjectNode json = list.addObject().put("price", prices.get(i).price());
            if (mcb.value().isEmpty()) {
                SpecialJson.refused(json, mcb, "lower", "upper", "could_be_best");
            } else {
                SpecialJson.put(json, mcb.orElseThrow().get(i));
            }
        }
        return list;
    }
}
