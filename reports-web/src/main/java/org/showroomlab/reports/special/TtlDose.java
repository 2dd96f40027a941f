package org.showroomlab.reports.special;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.dose.Isotonic;
import org.showroomlab.stats.dose.LogDose;
import org.showroomlab.stats.dose.TtlCache;

/**
 * p75 LCP over the TTL.
 *
 * @param points by TTL, ascending; each TTL once
 * @param isotonic the curve that never rises, at each point
 * @param logDose the line on the logarithm of the TTL
 * @param slope of p75 per e-fold of the TTL, with the standard errors of the arms, which are clustered
 * @param goodSlope of the good share per e-fold of the TTL, CR2 over caches
 * @param theory what requests and updates at constant rates would give
 */
public record TtlDose(
        List<Point> points,
        List<Double> isotonic,
        Computable<LogDose> logDose,
        Computable<Effect> slope,
        Computable<Effect> goodSlope,
        Computable<Theory> theory) {

    /**
     * One TTL.
     *
     * @param weight views with an LCP
     */
    public record Point(double ttlSeconds, double p75, double weight) {}

    /** Rates under which the measured hit and stale shares are expected, pooled over the TTLs. */
    public record Theory(double requestsPerSecond, double updatesPerSecond) {
        private static final double LOWEST = 1e-12;
        private static final double HIGHEST = 1e6;
        private static final int HALVINGS = 200;

        /** The rates at which the expected views, hit and stale, are as many as were seen. */
        public static Computable<Theory> fit(double[] ttlSeconds, double[] views, double[] hits, double[] stale) {
            double seen = Arrays.stream(views).sum();
            double hit = Arrays.stream(hits).sum();
            if (!(hit > 0 && hit < seen)) {
                return Computable.notComputable(
                        "not_enough_data", "Theory needs both hits and other answers to find its rates.");
            }
            double requests = rate(
                    r -> IntStream.range(0, views.length)
                            .mapToDouble(i -> views[i] * TtlCache.hitShare(r, ttlSeconds[i]))
                            .sum(),
                    hit);
            double updates = rate(
                    r -> IntStream.range(0, views.length)
                            .mapToDouble(i -> views[i] * TtlCache.staleShare(r, ttlSeconds[i]))
                            .sum(),
                    Arrays.stream(stale).sum());
            return Computable.of(new Theory(requests, updates));
        }

        private static double rate(DoubleUnaryOperator expected, double seen) {
            if (expected.applyAsDouble(LOWEST) >= seen) {
                return 0;
            }
            double low = Math.log(LOWEST);
            double high = Math.log(HIGHEST);
            for (int i = 0; i < HALVINGS; i++) {
                double middle = (low + high) / 2;
                if (expected.applyAsDouble(Math.exp(middle)) < seen) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return Math.exp((low + high) / 2);
        }

        /** Expected hit share. */
        public double hitShare(double ttlSeconds) {
            return TtlCache.hitShare(requestsPerSecond, ttlSeconds);
        }

        /** Expected stale share. */
        public double staleShare(double ttlSeconds) {
            return TtlCache.staleShare(updatesPerSecond, ttlSeconds);
        }
    }

    /** Copies the lists. */
    public TtlDose {
        points = List.copyOf(points);
        isotonic = List.copyOf(isotonic);
    }

    /** The curve and the line through the points. */
    public static TtlDose through(
            List<Point> points, Computable<Effect> slope, Computable<Effect> goodSlope, Computable<Theory> theory) {
        double[] dose = points.stream().mapToDouble(Point::ttlSeconds).toArray();
        double[] y = points.stream().mapToDouble(Point::p75).toArray();
        double[] w = points.stream().mapToDouble(Point::weight).toArray();
        Computable<LogDose> line = dose.length > 0 && dose[0] > 0
                ? LogDose.fit(dose, y, w)
                : Computable.notComputable("dose_not_positive", "Only a TTL greater than 0 has a logarithm.");
        return new TtlDose(points, Isotonic.decreasing(y, w), line, slope, goodSlope, theory);
    }

    ObjectNode json() {
        ObjectNode json = SpecialJson.object();
        json.set("isotonic", SpecialJson.numbers(isotonic));
        json.set("log_dose", logDoseJson());
        ArrayNode dose = json.putArray("dose");
        ArrayNode y = json.putArray("y");
        ArrayNode w = json.putArray("w");
        points.forEach(p -> {
            dose.add(p.ttlSeconds());
            y.add(p.p75());
            w.add(p.weight());
        });
        json.put("direction", "decreasing");
        json.set(
                "p75_per_e_fold",
                SpecialJson.effect(slope).put("method", "weighted line through the arms, their clustered errors"));
        json.set("good_share_per_e_fold", SpecialJson.effect(goodSlope).put("method", "cr2_satterthwaite"));
        json.set("theory", theoryJson());
        return json;
    }

    private ObjectNode logDoseJson() {
        if (logDose.value().isEmpty()) {
            return SpecialJson.refused(SpecialJson.object(), logDose, "intercept", "slope", "std_error", "p_value");
        }
        LogDose fit = logDose.orElseThrow();
        ObjectNode json = SpecialJson.object().put("intercept", fit.intercept()).put("slope", fit.slope());
        return fit.test()
                .value()
                .map(t -> json.put("std_error", t.stdError())
                        .put("df", t.df().orElseThrow())
                        .put("p_value", t.pValue()))
                .orElseGet(() -> SpecialJson.refused(json, fit.test(), "std_error", "p_value"));
    }

    private ObjectNode theoryJson() {
        ObjectNode json = SpecialJson.object();
        if (theory.value().isEmpty()) {
            return SpecialJson.refused(json, theory, "requests_per_second", "updates_per_second");
        }
        Theory rates = theory.orElseThrow();
        json.put("requests_per_second", rates.requestsPerSecond()).put("updates_per_second", rates.updatesPerSecond());
        ArrayNode expected = json.putArray("expected");
        points.forEach(p -> expected.addObject()
                .put("ttl_seconds", p.ttlSeconds())
                .put("hit_share", rates.hitShare(p.ttlSeconds()))
                .put("stale_share", rates.staleShare(p.ttlSeconds())));
        return json;
    }
}
