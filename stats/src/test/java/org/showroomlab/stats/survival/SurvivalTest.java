package org.showroomlab.stats.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.showroomlab.stats.Oracles.doubles;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Oracles;
import org.showroomlab.stats.Significance;

class SurvivalTest {

    /** Freireich 1963 / Gehan 1965; R survival 3.5-3. */
    @Test
    void kaplanMeierOfGehan() {
        JsonNode o = Oracles.method("sv.km.gehan");
        IncidenceCurve curve = curve(table(o.get("inputs"), "event"));
        for (int i = 0; i < o.get("expected").get("time").size(); i++) {
            IncidenceCurve.Point p =
                    curve.at(o.get("expected").get("time").get(i).asDouble());
            assertThat(p.survival())
                    .isCloseTo(o.get("expected").get("surv").get(i).asDouble(), within(1e-9));
            assertThat(p.survivalStdError().orElseThrow())
                    .isCloseTo(o.get("expected").get("se").get(i).asDouble(), within(1e-9));
        }
    }

    /** R survfit, survdiff (rho 0 and 1) and survfit's restricted mean. */
    @Test
    void agreesWithR() {
        for (JsonNode c : Oracles.peer("r_survival")) {
            LifeTable control = arm(c.get("input"), "treat", "event", 0);
            LifeTable treatment = arm(c.get("input"), "treat", "event", 1);
            JsonNode expected = c.get("expected");
            IncidenceCurve all = curve(control.merge(treatment));
            double[] surv = doubles(expected.get("km").get("surv"));
            double[] se = doubles(expected.get("km").get("greenwood_se_surv"));
            for (int i = 0; i < surv.length; i++) {
                IncidenceCurve.Point p = all.points().get(i);
                assertThat(p.survival()).isCloseTo(surv[i], within(1e-12));
                if (Double.isNaN(se[i])) {
                    assertThat(p.survivalStdError()).isEmpty();
                } else {
                    assertThat(p.survivalStdError().orElseThrow()).isCloseTo(se[i], within(1e-12));
                }
            }
            assertThat(all.median().orElseThrow())
                    .isCloseTo(expected.get("median").asDouble(), within(1e-9));
            matches(LogRankTest.withDefaults().test(control, treatment).orElseThrow(), expected.get("logrank"));
            matches(new LogRankTest(1).test(control, treatment).orElseThrow(), expected.get("peto_peto_rho1"));
            JsonNode rmst = expected.get("rmst");
            double tau = rmst.get("tau").asDouble();
            RestrictedMean c0 = RestrictedMean.of(curve(control), tau);
            RestrictedMean c1 = RestrictedMean.of(curve(treatment), tau);
            assertThat(c0.mean()).isCloseTo(rmst.get("control").asDouble(), within(1e-9));
            assertThat(c0.stdError()).isCloseTo(rmst.get("control_se").asDouble(), within(1e-9));
            Effect difference =
                    RestrictedMean.difference(c0, c1, Significance.DEFAULT).orElseThrow();
            assertThat(difference.estimate()).isCloseTo(rmst.get("diff").asDouble(), within(1e-9));
            assertThat(difference.stdError()).isCloseTo(rmst.get("diff_se").asDouble(), within(1e-9));
        }
    }

    /** R survfit, conf.type log and log-log. */
    @Test
    void pointwiseIntervals() {
        for (JsonNode c : Oracles.peer("r_survival")) {
            LifeTable all = arm(c.get("input"), "treat", "event", 0).merge(arm(c.get("input"), "treat", "event", 1));
            JsonNode at = c.get("expected").get("at_times");
            for (int i = 0; i < at.get("t").size(); i++) {
                IncidenceCurve.Point p = curve(all).at(at.get("t").get(i).asDouble());
                for (CurveInterval type : CurveInterval.values()) {
                    String name = type == CurveInterval.LOG ? "ci_log_" : "ci_loglog_";
                    var ci = type.of(p, Significance.DEFAULT).orElseThrow();
                    assertThat(ci.low()).isCloseTo(at.get(name + "lower").get(i).asDouble(), within(1e-9));
                    assertThat(ci.high())
                            .isCloseTo(at.get(name + "upper").get(i).asDouble(), within(1e-9));
                }
            }
        }
    }

    /** R coxph on Gehan's data and on simulated ones, both kinds of ties. */
    @Test
    void hazardRatio() {
        JsonNode o = Oracles.method("sv.cox.gehan");
        LifeTable mercaptopurine = table(o.get("inputs").get("a"), "event");
        LifeTable control = table(o.get("inputs").get("b"), "event");
        for (HazardRatio.Ties ties : HazardRatio.Ties.values()) {
            String name = ties.name().toLowerCase(java.util.Locale.ROOT);
            matches(
                    HazardRatio.withDefaults()
                            .with(ties)
                            .logRatio(mercaptopurine, control)
                            .orElseThrow(),
                    o.get("expected").get(name));
            for (JsonNode c : Oracles.peer("r_survival")) {
                matches(
                        HazardRatio.withDefaults()
                                .with(ties)
                                .logRatio(
                                        arm(c.get("input"), "treat", "event", 0),
                                        arm(c.get("input"), "treat", "event", 1))
                                .orElseThrow(),
                        c.get("expected").get("cox_" + name));
            }
        }
        LifeTable nobody = LifeTable.of(new double[] {3, 4}, new int[] {0, 0});
        assertThat(HazardRatio.withDefaults().logRatio(nobody, control).code()).contains("no_convergence");
    }

    private static void matches(Effect effect, JsonNode expected) {
        assertThat(effect.estimate()).isCloseTo(expected.get("coef").asDouble(), within(1e-6));
        assertThat(effect.stdError()).isCloseTo(expected.get("se").asDouble(), within(1e-6));
    }

    private static void matches(CurveTest test, JsonNode expected) {
        assertThat(test.statistic()).isCloseTo(expected.get("chisq").asDouble(), within(1e-9));
        assertThat(test.pValue()).isCloseTo(expected.get("p").asDouble(), within(1e-9));
    }

    /** Miller 1981, R survdiff help. */
    @Test
    void logRankOfAml() {
        JsonNode o = Oracles.method("sv.logrank.aml");
        LifeTable maintained = table(o.get("inputs").get("maintained"), "event");
        LifeTable non = table(o.get("inputs").get("non"), "event");
        CurveTest test = LogRankTest.withDefaults().test(non, maintained).orElseThrow();
        assertThat(test.statistic()).isCloseTo(o.get("expected").get("chisq").asDouble(), within(1e-6));
        assertThat(test.pValue()).isCloseTo(o.get("expected").get("p").asDouble(), within(1e-6));
        assertThat(curve(maintained).median().orElseThrow()).isEqualTo(31);
        assertThat(curve(non).median().orElseThrow()).isEqualTo(23);
    }

    /** R survfit multistate and cmprsk::cuminc; 1 − KM of the event alone would say .725 where .571 is right. */
    @Test
    void aalenJohansen() {
        JsonNode o = Oracles.method("sv.aj");
        LifeTable table = table(o.get("inputs"), "event");
        IncidenceCurve curve = curve(table);
        JsonNode expected = o.get("expected");
        for (int i = 0; i < expected.get("times").size(); i++) {
            IncidenceCurve.Point p = curve.at(expected.get("times").get(i).asDouble());
            assertThat(p.incidence())
                    .isCloseTo(expected.get("cif_pickup").get(i).asDouble(), within(1e-8));
            assertThat(p.competingIncidence())
                    .isCloseTo(expected.get("cif_cancel").get(i).asDouble(), within(1e-8));
            assertThat(p.survival())
                    .isCloseTo(expected.get("still_waiting").get(i).asDouble(), within(1e-8));
            assertThat(p.survival() + p.incidence() + p.competingIncidence()).isCloseTo(1, within(1e-12));
            assertThat(p.incidenceStdError())
                    .isCloseTo(expected.get("se_pickup_survfit").get(i).asDouble(), within(1e-8));
        }
    }

    /** R cmprsk 2.2-11. */
    @Test
    void gray() {
        JsonNode o = Oracles.method("sv.gray");
        LifeTable control = arm(o.get("inputs"), "group", "event", 0);
        LifeTable treatment = arm(o.get("inputs"), "group", "event", 1);
        JsonNode expected = o.get("expected");
        CurveTest pickup = GrayTest.test(control, treatment).orElseThrow();
        assertThat(pickup.statistic()).isCloseTo(expected.get("stat_pickup").asDouble(), within(1e-8));
        assertThat(pickup.pValue()).isCloseTo(expected.get("p_pickup").asDouble(), within(1e-8));
        CurveTest cancel =
                GrayTest.test(control.exchanged(), treatment.exchanged()).orElseThrow();
        assertThat(cancel.statistic()).isCloseTo(expected.get("stat_cancel").asDouble(), within(1e-8));
        assertThat(cancel.pValue()).isCloseTo(expected.get("p_cancel").asDouble(), within(1e-8));
        assertThat(GrayTest.test(treatment, control).orElseThrow().statistic())
                .isCloseTo(pickup.statistic(), within(1e-9));
    }

    /** R cmprsk 2.2-11 where several events and several competing ones share a time. */
    @Test
    void grayWithTies() {
        double[] time = {2, 3, 1, 3, 1, 1, 5, 6, 3, 3, 6, 2, 5, 4, 2, 5, 3, 1, 6, 4, 3, 2, 5, 2};
        int[] status = {1, 2, 0, 1, 1, 0, 2, 2, 2, 1, 1, 1, 0, 1, 1, 0, 2, 0, 2, 2, 1, 0, 2, 2};
        LifeTable control = everySecond(time, status, 0);
        LifeTable treatment = everySecond(time, status, 1);
        CurveTest pickup = GrayTest.test(control, treatment).orElseThrow();
        assertThat(pickup.statistic()).isCloseTo(0.0419840316060530, within(1e-12));
        assertThat(pickup.pValue()).isCloseTo(0.837650214025211, within(1e-12));
        assertThat(GrayTest.test(control.exchanged(), treatment.exchanged())
                        .orElseThrow()
                        .statistic())
                .isCloseTo(0.0340538502489399, within(1e-12));
    }

    /** After 2 the control is empty: what happens then in the treatment alone is as if it had not been seen. */
    @Test
    void grayOfArmsThatFollowEachOther() {
        LifeTable early = LifeTable.of(new double[] {1, 2}, new int[] {1, 1});
        LifeTable late = LifeTable.of(new double[] {10, 20}, new int[] {1, 1});
        LifeTable unseen = LifeTable.of(new double[] {10, 20}, new int[] {0, 0});
        CurveTest test = GrayTest.test(early, late).orElseThrow();
        assertThat(test.statistic())
                .isCloseTo(GrayTest.test(early, unseen).orElseThrow().statistic(), within(1e-12));
        // score −7/6; log-rank has 2.88
        assertThat(test.statistic()).isCloseTo(2.815080789946139, within(1e-12));
    }

    private static LifeTable everySecond(double[] time, int[] status, int first) {
        int[] at = java.util.stream.IntStream.range(0, time.length / 2)
                .map(i -> 2 * i + first)
                .toArray();
        return LifeTable.of(
                java.util.stream.IntStream.of(at).mapToDouble(i -> time[i]).toArray(),
                java.util.stream.IntStream.of(at).map(i -> status[i]).toArray());
    }

    /**
     * Without censoring the incidence is a share and its variance f(1 − f)/n, with or without competing events; at the end
     * of a curve without competing events nothing is uncertain, to the last digit.
     */
    @Test
    void incidenceVarianceWithoutCensoring() {
        int n = 500;
        double[] time = new double[n];
        int[] status = new int[n];
        for (int i = 0; i < n; i++) {
            time[i] = 1 + i / 7;
            status[i] = i % 3 == 0 ? 2 : 1;
        }
        for (IncidenceCurve.Point p : curve(LifeTable.of(time, status)).points()) {
            double f = p.incidence();
            assertThat(p.incidenceStdError()).isCloseTo(Math.sqrt(f * (1 - f) / n), within(1e-14));
        }
        java.util.Arrays.fill(status, 1);
        java.util.List<IncidenceCurve.Point> points =
                curve(LifeTable.of(time, status)).points();
        assertThat(points.get(points.size() - 1).incidenceStdError()).isLessThan(1e-15);
        assertThat(points.get(points.size() - 1).survivalStdError()).isEmpty();
    }

    /** The fixed reference differs from the log-rank only in what a competing event does. */
    @Test
    void withoutCompetingEventsGrayIsNearTheLogRank() {
        JsonNode in = Oracles.peer("r_survival").get(2).get("input");
        LifeTable control = arm(in, "treat", "event", 0);
        LifeTable treatment = arm(in, "treat", "event", 1);
        assertThat(GrayTest.test(control, treatment).orElseThrow().statistic())
                .isCloseTo(
                        LogRankTest.withDefaults()
                                .test(control, treatment)
                                .orElseThrow()
                                .statistic(),
                        within(0.3));
    }

    /** A bin of which the net is nothing, after everybody has left. */
    @Test
    void timesAfterTheLastUnitSayNothing() {
        Map<Double, LifeTable.Counts> rows = Map.of(
                1.0,
                new LifeTable.Counts(1, 0, 0),
                2.0,
                new LifeTable.Counts(0, 0, 0),
                3.0,
                new LifeTable.Counts(0, 1, 0));
        Map<Double, LifeTable.Counts> longer = new HashMap<>(rows);
        longer.put(4.0, new LifeTable.Counts(0, 0, 0));
        assertThat(curve(LifeTable.of(longer)).points())
                .isEqualTo(curve(LifeTable.of(rows)).points());
        assertThat(curve(LifeTable.of(longer)).points().get(2).incidence()).isEqualTo(0.5);
    }

    @Test
    void edges() {
        LifeTable none = LifeTable.of(new double[0], new int[0]);
        assertThat(IncidenceCurve.of(none).code()).contains("not_enough_data");
        assertThat(LogRankTest.withDefaults().test(none, none).code()).contains("not_enough_data");
        assertThat(GrayTest.test(none, none).code()).contains("not_enough_data");
        LifeTable censored = LifeTable.of(new double[] {3, 4}, new int[] {0, 0});
        RestrictedMean mean = RestrictedMean.of(curve(censored), 10);
        assertThat(mean.mean()).isEqualTo(10);
        assertThat(RestrictedMean.difference(mean, mean, Significance.DEFAULT).code())
                .contains("zero_variance");
        assertThat(curve(censored).median()).isEmpty();
        assertThat(curve(censored).knownOnlyUntil(10)).hasValue(4);
        assertThat(curve(censored).knownOnlyUntil(4)).isEmpty();
        assertThat(curve(LifeTable.of(new double[] {3, 4}, new int[] {0, 1})).knownOnlyUntil(10))
                .isEmpty();
        RestrictedMean five = RestrictedMean.of(curve(LifeTable.of(new double[] {5}, new int[] {1})), 10);
        assertThat(RestrictedMean.difference(five, five, Significance.DEFAULT)
                        .reason()
                        .orElseThrow())
                .isEqualTo(
                        "Up to 10.0 nobody left in an arm, or all who were still in it left at once, so the difference has"
                                + " no measurable uncertainty.");
        LifeTable atOnce = LifeTable.of(new double[] {5, 5}, new int[] {1, 1});
        assertThat(LogRankTest.withDefaults().test(atOnce, atOnce).reason())
                .isEqualTo(GrayTest.test(atOnce, atOnce).reason())
                .contains(
                        "At every event one arm had nobody at risk, or all who were left in both arms had it at once.");
        LifeTable half = LifeTable.of(new double[] {1, 2, 3, 4}, new int[] {1, 1, 1, 1});
        assertThat(curve(half).median().orElseThrow()).isEqualTo(2.5);
        assertThat(curve(half).at(0.5).survival()).isEqualTo(1);
    }

    private static IncidenceCurve curve(LifeTable table) {
        return IncidenceCurve.of(table).orElseThrow();
    }

    private static LifeTable table(JsonNode in, String event) {
        return LifeTable.of(
                doubles(in.get("time")),
                IntStream.range(0, in.get("time").size())
                        .map(i -> in.get(event).get(i).asInt())
                        .toArray());
    }

    private static LifeTable arm(JsonNode in, String group, String event, int which) {
        int[] rows = IntStream.range(0, in.get("time").size())
                .filter(i -> in.get(group).get(i).asInt() == which)
                .toArray();
        return LifeTable.of(
                IntStream.of(rows)
                        .mapToDouble(i -> in.get("time").get(i).asDouble())
                        .toArray(),
                IntStream.of(rows).map(i -> in.get(event).get(i).asInt()).toArray());
    }
}
