package org.showroomlab.ingest.simulate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.apache.commons.math3.util.FastMath;

/**
 * Expected speed by TTL in this world's caches. Views are a mixture of fast (hit, stale) and slow (miss) log-normals,
 * whose variance inside and between periods adds up; the quantiles are those of the mixture over all caches, which have
 * equally many views.
 */
final class TtlTruth {
    private static final double P75 = 0.75;
    private static final double GOOD_LCP_MILLIS = 2500;
    private static final double HIGHEST_MILLIS = 1e9;
    private static final double ACCURACY = 1e-9;
    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private final ParameterTable parameters;
    private final List<EdgeCache> caches;
    private final CacheModel model;

    TtlTruth(ParameterTable parameters, long seed) {
        this.parameters = parameters;
        this.caches = EdgeCache.all(parameters, seed);
        this.model = CacheModel.of(parameters);
    }

    Map<String, IntToDoubleFunction> metrics() {
        Map<String, IntToDoubleFunction> metrics = new LinkedHashMap<>();
        metrics.put("lcp_p75", arm -> quantile(lcpBelow(arm)));
        metrics.put("good_lcp", arm -> lcpBelow(arm).applyAsDouble(GOOD_LCP_MILLIS));
        metrics.put("ttfb_p75", arm -> quantile(ttfbBelow(arm)));
        metrics.put("inp_p75", arm -> 0);
        metrics.put("cls_p75", arm -> 0);
        return metrics;
    }

    Map<String, Object> analysis() {
        Map<String, Object> analysis = new LinkedHashMap<>();
        analysis.put("arms", IntStream.range(0, 3).mapToObj(this::arm).toList());
        SimpleRegression line = new SimpleRegression();
        IntStream.range(0, 3).forEach(arm -> line.addData(FastMath.log(ttlSeconds(arm)), quantile(lcpBelow(arm))));
        Map<String, Object> logDose = new LinkedHashMap<>();
        logDose.put("intercept", line.getIntercept());
        logDose.put("slope", line.getSlope());
        Map<String, Object> dose = new LinkedHashMap<>();
        dose.put(
                "isotonic",
                IntStream.range(0, 3).mapToObj(arm -> quantile(lcpBelow(arm))).toList());
        dose.put("log_dose", logDose);
        analysis.put("dose_response", dose);
        analysis.put("recommended_ttl_seconds", null);
        analysis.put("reason", "the recommendation depends on the margin and the stale budget of the reader");
        analysis.put("not_excluded", fastest());
        analysis.put("compliance_share", 1 - model.failoverShare());
        analysis.put("negative_controls", List.of(control("inp_p75"), control("cls_p75")));
        return analysis;
    }

    /** The TTLs, ascending, whose p75 is the smallest: what no amount of data would exclude from being the fastest. */
    private List<Integer> fastest() {
        double best = IntStream.range(0, 3)
                .mapToDouble(arm -> quantile(lcpBelow(arm)))
                .min()
                .orElseThrow();
        return IntStream.range(0, 3)
                .filter(arm -> quantile(lcpBelow(arm)) <= best)
                .map(arm -> (int) ttlSeconds(arm))
                .distinct()
                .sorted()
                .boxed()
                .toList();
    }

    private Map<String, Object> arm(int arm) {
        Map<String, Object> truth = new LinkedHashMap<>();
        truth.put("variant", "ttl-" + (int) ttlSeconds(arm));
        truth.put("ttl_seconds", (int) ttlSeconds(arm));
        truth.put("p75_lcp_ms", estimate(quantile(lcpBelow(arm))));
        truth.put("good_share", estimate(lcpBelow(arm).applyAsDouble(GOOD_LCP_MILLIS)));
        double served = 1 - model.failoverShare();
        truth.put("hit_share", estimate(served * overCaches(c -> model.hitShare(c, ttlSeconds(arm)))));
        truth.put("stale_share", estimate(served * overCaches(c -> model.staleShare(c, ttlSeconds(arm)))));
        return truth;
    }

    private static Map<String, Object> control(String metric) {
        Map<String, Object> control = new LinkedHashMap<>();
        control.put("metric", metric);
        control.put("difference", 0.0);
        return control;
    }

    private static Map<String, Object> estimate(double value) {
        return Map.of("estimate", value);
    }

    private double ttlSeconds(int arm) {
        return parameters.number("ttl_speed.ttl_" + (arm + 1));
    }

    private DoubleUnaryOperator lcpBelow(int arm) {
        double sigma =
                FastMath.hypot(parameters.number("ttl_speed.lcp_sigma"), parameters.number("ttl_speed.period_sigma"));
        return mixture(
                arm, parameters.number("ttl_speed.lcp_hit_ms"), parameters.number("ttl_speed.lcp_miss_ms"), sigma);
    }

    private DoubleUnaryOperator ttfbBelow(int arm) {
        return mixture(
                arm,
                parameters.number("ttl_speed.ttfb_hit_ms"),
                parameters.number("ttl_speed.ttfb_miss_ms"),
                parameters.number("ttl_speed.ttfb_sigma"));
    }

    private DoubleUnaryOperator mixture(int arm, double fastMedian, double slowMedian, double sigma) {
        double fast = overCaches(c -> model.fastShare(c, ttlSeconds(arm)));
        return x -> fast * NORMAL.cumulativeProbability(FastMath.log(x / fastMedian) / sigma)
                + (1 - fast) * NORMAL.cumulativeProbability(FastMath.log(x / slowMedian) / sigma);
    }

    private double overCaches(ToDoubleFunction<EdgeCache> share) {
        return caches.stream().mapToDouble(share).average().orElseThrow();
    }

    private static double quantile(DoubleUnaryOperator below) {
        return new BrentSolver(ACCURACY).solve(10_000, x -> below.applyAsDouble(x) - P75, ACCURACY, HIGHEST_MILLIS);
    }
}
