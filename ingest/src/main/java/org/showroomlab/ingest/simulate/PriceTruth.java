package org.showroomlab.ingest.simulate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;
import org.apache.commons.math3.util.FastMath;

/** Expected metrics and demand of sub-price by arm; exact, prices in minor units. */
final class PriceTruth {
    private final ParameterTable parameters;
    private final Quarter quarter;
    private final PriceDemand demand;

    PriceTruth(ParameterTable parameters, Quarter quarter) {
        this.parameters = parameters;
        this.quarter = quarter;
        this.demand = PriceDemand.of(parameters);
    }

    Map<String, IntToDoubleFunction> metrics() {
        Map<String, IntToDoubleFunction> metrics = new LinkedHashMap<>();
        metrics.put("conversion", arm -> demand.conversion(price(arm)));
        metrics.put("revenue", arm -> revenuePerVisitor(price(arm)) * Showroom.euroShare());
        metrics.put("renewals", arm -> demand.conversion(price(arm)) * keptShare() * renewalsPerKept());
        return metrics;
    }

    Map<String, Object> analysis() {
        Map<String, Object> analysis = new LinkedHashMap<>();
        List<Map<String, Object>> markets = new ArrayList<>();
        Map<String, String> currencies = new TreeMap<>();
        Showroom.ALL.forEach(s -> currencies.put(s.market(), s.currency()));
        currencies.forEach((market, currency) -> markets.add(market(market, currency)));
        analysis.put("basis", "prices in minor units; revenue of first payments, before refunds");
        analysis.put("markets", markets);
        Map<String, Object> pooled = new LinkedHashMap<>();
        pooled.put("elasticity", elasticity("estimate"));
        pooled.put("tau2", 0.0);
        analysis.put("pooled", pooled);
        analysis.put("separated", null);
        analysis.put("reason", "depends on the sample; true revenue per visitor stands under markets");
        return analysis;
    }

    private Map<String, Object> market(String market, String currency) {
        Map<String, Object> logit = new LinkedHashMap<>();
        logit.put("a", demand.intercept());
        logit.put("b", demand.slope());
        double best = revenueOptimum();
        logit.put("optimum", ordered("price", best, "revenue", best * demand.conversion(best)));
        Map<String, Object> truth = new LinkedHashMap<>();
        truth.put("market", market);
        truth.put("currency", currency);
        truth.put("log_binomial", elasticity("elasticity"));
        truth.put(
                "log_ratio",
                demand.pricesMinor().stream()
                        .skip(1)
                        .map(p -> logRatio(p.doubleValue()))
                        .toList());
        truth.put("logit", logit);
        truth.put(
                "conversion",
                demand.pricesMinor().stream()
                        .map(p -> ordered("price", (double) p, "estimate", demand.conversion(p)))
                        .toList());
        truth.put(
                "revenue_per_visitor",
                demand.pricesMinor().stream()
                        .map(p -> ordered("price", (double) p, "estimate", p * demand.conversion(p)))
                        .toList());
        return truth;
    }

    /** Elasticity between the control's price and this one. */
    private Map<String, Object> logRatio(double priceMinor) {
        Map<String, Object> truth = new LinkedHashMap<>();
        truth.put("price", priceMinor);
        double bought = demand.conversion(priceMinor);
        if (bought > 0 && demand.conversion(price(0)) > 0) {
            truth.put(
                    "estimate",
                    FastMath.log(bought / demand.conversion(price(0))) / FastMath.log(priceMinor / price(0)));
        } else {
            truth.put("estimate", null);
            truth.put("reason", "nobody_buys");
        }
        return truth;
    }

    private static Map<String, Double> ordered(String key, double value, String key2, double value2) {
        Map<String, Double> map = new LinkedHashMap<>();
        map.put(key, value);
        map.put(key2, value2);
        return map;
    }

    private double price(int arm) {
        return demand.pricesMinor().get(arm);
    }

    /** First payment and renewals in the window, refunds off; a refunded subscription has no renewals. */
    private double revenuePerVisitor(double priceMinor) {
        return demand.conversion(priceMinor) * priceMinor * keptShare() * (1 + renewalsPerKept());
    }

    private double keptShare() {
        return 1 - parameters.number("sub_price.refund_share");
    }

    private double renewalsPerKept() {
        double share = parameters.number("sub_price.renewal_share");
        return IntStream.rangeClosed(1, quarter.renewals())
                .mapToDouble(k -> Math.pow(share, k))
                .sum();
    }

    /** The price between the lowest and the highest tested one that earns most on first payments. */
    private double revenueOptimum() {
        List<Long> prices = demand.pricesMinor();
        return new BrentOptimizer(1e-10, 1e-10)
                .optimize(
                        new MaxEval(1000),
                        new UnivariateObjectiveFunction(p -> p * demand.conversion(p)),
                        GoalType.MAXIMIZE,
                        new SearchInterval(prices.get(0), prices.get(prices.size() - 1)))
                .getPoint();
    }

    /** What a constant-elasticity fit converges to when demand is logit. */
    private Map<String, Object> elasticity(String key) {
        Map<String, Object> entry = new LinkedHashMap<>();
        OptionalDouble limit = LogBinomialLimit.elasticity(demand);
        entry.put(key, limit.isPresent() ? limit.getAsDouble() : null);
        if (limit.isEmpty()) {
            entry.put("reason", "a constant-elasticity fit has no limit for this demand");
        }
        return entry;
    }
}
