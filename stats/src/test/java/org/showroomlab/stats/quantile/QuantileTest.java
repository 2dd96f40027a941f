package org.showroomlab.stats.quantile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.showroomlab.stats.Oracles.doubles;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Oracles;
import org.showroomlab.stats.arms.RelativeLift;
import org.showroomlab.stats.arms.WelchTest;

class QuantileTest {

    /** Woodruff 1952 on linear buckets, recomputed in Python. */
    @Test
    void woodruffFromBuckets() {
        JsonNode o = Oracles.method("q.bucket");
        Histogram histogram = Histogram.of(
                doubles(o.get("inputs").get("edges")), doubles(o.get("inputs").get("counts")));
        for (String p : List.of("50", "75", "95")) {
            JsonNode expected = o.get("expected").get("p" + p);
            QuantileEstimate estimate = WoodruffQuantile.of(Double.parseDouble(p) / 100)
                    .estimate(histogram)
                    .orElseThrow();
            assertThat(estimate.estimate()).isCloseTo(expected.get(0).asDouble(), within(1e-6));
            assertThat(estimate.ci().low()).isCloseTo(expected.get(1).asDouble(), within(1e-6));
            assertThat(estimate.ci().high()).isCloseTo(expected.get(2).asDouble(), within(1e-6));
        }
        assertThat(histogram.countUpTo(2500) / histogram.total())
                .isCloseTo(o.get("expected").get("share_le_2500").asDouble(), within(1e-12));
    }

    /** Equal clusters carry no extra variance: each has exactly its share below the quantile. */
    @Test
    void clusteredRanks() {
        double[] edges = {0, 1, 2, 3};
        Histogram same = Histogram.of(edges, new double[] {10, 10, 10});
        QuantileEstimate none =
                WoodruffQuantile.of(0.5).estimate(List.of(same, same, same)).orElseThrow();
        assertThat(none.stdError()).isCloseTo(0, within(1e-12));
        Histogram fast = Histogram.of(edges, new double[] {20, 6, 4});
        Histogram slow = Histogram.of(edges, new double[] {4, 6, 20});
        QuantileEstimate wide = WoodruffQuantile.of(0.5)
                .estimate(List.of(fast, slow, same, same))
                .orElseThrow();
        assertThat(wide.units()).isEqualTo(4);
        assertThat(wide.estimate()).isCloseTo(1.5, within(1e-12));
        // 8 of 30 above or below in two of four clusters: SE = sqrt(4/3 * 2 * 8^2)/120
        double rank = Math.sqrt(4.0 / 3 * 2 * 64) / 120;
        assertThat(wide.ci().high()).isCloseTo(2 + (0.5 + 3.182446305 * rank - 76.0 / 120) * 120 / 44, within(1e-6));
        assertThat(WoodruffQuantile.of(0.5).estimate(List.of(same)).code()).contains("not_enough_data");
    }

    /** Ranks of few clusters reach beyond 1 with t(2) = 4.3: the upper end is open, and nothing can be said of a difference. */
    @Test
    void anEndThatTheDataDoNotReachIsOpen() {
        double[] edges = {0, 100, 200, 300, 400};
        List<Histogram> clusters = List.of(
                Histogram.of(edges, new double[] {10, 20, 30, 40}), Histogram.of(edges, new double[] {20, 20, 20, 20}));
        QuantileEstimate both = WoodruffQuantile.of(0.5).estimate(clusters).orElseThrow();
        assertThat(both.ci()).isEqualTo(Interval.UNBOUNDED);
        assertThat(both.stdError()).isInfinite();
        assertThat(both.estimate()).isCloseTo(240, within(1e-9));
        List<Histogram> three = List.of(
                Histogram.of(edges, new double[] {1, 2, 3, 24}),
                Histogram.of(edges, new double[] {4, 6, 10, 10}),
                Histogram.of(edges, new double[] {14, 10, 4, 2}));
        WoodruffQuantile p95 = WoodruffQuantile.of(0.95);
        QuantileEstimate upper = p95.estimate(three).orElseThrow();
        assertThat(upper.ci().low()).isBetween(100.0, 390.0);
        assertThat(upper.ci().high()).isInfinite();
        assertThat(p95.difference(upper, upper).code()).contains("not_enough_data");
        assertThat(WoodruffQuantile.of(0.5)
                        .withAlpha(0.2)
                        .estimate(three)
                        .orElseThrow()
                        .stdError())
                .isFinite();
    }

    /** The standard error is what the interval says: width over twice the critical value; the difference is Welch's. */
    @Test
    void differenceOfTwoQuantiles() {
        double[] edges = {0, 1, 2, 3};
        WoodruffQuantile median = WoodruffQuantile.of(0.5);
        QuantileEstimate control =
                median.estimate(Histogram.of(edges, new double[] {40, 20, 40})).orElseThrow();
        QuantileEstimate treatment =
                median.estimate(Histogram.of(edges, new double[] {20, 30, 50})).orElseThrow();
        assertThat(control.stdError())
                .isCloseTo((control.ci().high() - control.ci().low()) / (2 * 1.959963984540054), within(1e-12));
        Effect difference = median.difference(control, treatment).orElseThrow();
        assertThat(difference.estimate()).isCloseTo(2 - 1.5, within(1e-12));
        assertThat(difference.stdError())
                .isCloseTo(Math.hypot(control.stdError(), treatment.stdError()), within(1e-12));
        QuantileEstimate one =
                median.estimate(Histogram.of(edges, new double[] {0, 1, 0})).orElseThrow();
        assertThat(median.difference(control, one).code()).contains("not_enough_data");
        assertThat(median.difference(one, treatment).code()).contains("not_enough_data");
        Histogram counted = Histogram.of(edges, new double[] {4, 0, 6});
        assertThat(counted.countUpTo(-1)).isZero();
        assertThat(counted.countUpTo(0.25)).isEqualTo(1);
        assertThat(counted.countUpTo(2.5)).isEqualTo(7);
        assertThat(counted.countUpTo(9)).isEqualTo(10);
        assertThat(counted.quantile(0.4)).isEqualTo(1);
        assertThat(counted.quantile(1)).isEqualTo(3);
    }

    @Test
    void mergesAndSubtracts() {
        double[] edges = {0, 1, 2};
        Histogram a = Histogram.of(edges, new double[] {1, 3});
        Histogram b = Histogram.of(edges, new double[] {2, 2});
        assertThat(a.merge(b).total()).isEqualTo(8);
        assertThat(a.merge(b).subtract(b).countUpTo(1)).isEqualTo(1);
        assertThatThrownBy(() -> a.subtract(b)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> a.merge(Histogram.of(new double[] {0, 3}, new double[] {1})))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(WoodruffQuantile.of(0.5)
                        .estimate(Histogram.of(edges, new double[] {0, 0}))
                        .code())
                .contains("not_enough_data");
        assertThat(Histogram.of(edges, new double[] {0, 4}).quantile(0)).isEqualTo(1);
    }

    /** gbstats 0.8.0; its standard error has the factor (n − 1)/n inside the square root. */
    @Test
    void differencesAgreeWithGbstats() {
        for (JsonNode c : Oracles.peer("gbstats_quantile")) {
            JsonNode in = c.get("input");
            if (!in.get("kind").asText().equals("unit")) {
                continue;
            }
            ArmEstimate control = gbstats(in.get("control"));
            ArmEstimate treatment = gbstats(in.get("treatment"));
            Effect absolute =
                    WelchTest.withDefaults().difference(control, treatment).orElseThrow();
            Effect effect = in.get("difference").asText().equals("absolute")
                    ? absolute
                    : RelativeLift.withDefaults()
                            .with(RelativeLift.Method.WALD)
                            .lift(control, treatment, absolute)
                            .orElseThrow()
                            .effect();
            JsonNode expected = c.get("expected");
            assertThat(effect.estimate()).isCloseTo(expected.get("estimate").asDouble(), within(1e-9));
            assertThat(effect.stdError()).isCloseTo(expected.get("se").asDouble(), within(1e-6));
            assertThat(effect.df().orElseThrow()).isCloseTo(expected.get("df").asDouble(), within(1e-2));
            assertThat(effect.pValue()).isCloseTo(expected.get("p_value").asDouble(), within(1e-6));
        }
    }

    /** R quantile(type = 7) and DuckDB quantile_cont. */
    @Test
    void type7() {
        JsonNode cap = Oracles.method("q.type7");
        for (int i = 0; i < 2; i++) {
            assertThat(SampleQuantile.type7(
                                    doubles(cap.get("inputs").get("x")),
                                    cap.get("inputs").get("p").get(i).asDouble())
                            .orElseThrow())
                    .isCloseTo(cap.get("expected").get("q").get(i).asDouble(), within(1e-9));
        }
        for (JsonNode c : Oracles.peer("r_quantiles")) {
            double[] x = doubles(c.get("input").get("x"));
            double[] probs = doubles(c.get("input").get("probs"));
            double[] expected = doubles(c.get("expected").get("type7"));
            for (int i = 0; i < probs.length; i++) {
                assertThat(SampleQuantile.type7(x, probs[i]).orElseThrow()).isCloseTo(expected[i], within(1e-9));
            }
        }
    }

    /** R qbinom and pbinom. */
    @Test
    void orderStatisticRanks() {
        JsonNode o = Oracles.method("q.ranks");
        JsonNode cases = o.get("inputs").get("cases");
        for (int i = 0; i < cases.size(); i++) {
            SampleQuantile.Ranks ranks = SampleQuantile.ranks(
                    cases.get(i).get(0).asInt(), cases.get(i).get(1).asDouble(), 0.05);
            assertThat(ranks.low()).isEqualTo(o.get("expected").get("l").get(i).asInt());
            assertThat(ranks.high()).isEqualTo(o.get("expected").get("u").get(i).asInt());
            assertThat(ranks.coverage())
                    .isCloseTo(o.get("expected").get("coverage").get(i).asDouble(), within(1e-8));
        }
    }

    private static ArmEstimate gbstats(JsonNode arm) {
        double n = arm.get("n").asDouble();
        double width =
                arm.get("quantile_upper").asDouble() - arm.get("quantile_lower").asDouble();
        double se = Math.sqrt(arm.get("n_star").asDouble() * (n - 1)) / n * width / (2 * 1.959963984540054);
        return new ArmEstimate((long) n, arm.get("quantile_hat").asDouble(), se);
    }
}
