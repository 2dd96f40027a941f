package org.showroomlab.stats.arms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.showroomlab.stats.Oracles.doubles;
import static org.showroomlab.stats.Oracles.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.DecimalSums;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Oracles;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.Variable;

class WelchTestTest {

    /** Student's sleep data, R t.test(extra ~ group, sleep). */
    @Test
    void sleepData() {
        JsonNode o = Oracles.method("two.welch.sleep");
        Effect effect = difference(
                ArmMoments.ofValues(doubles(o.get("inputs").get("b"))),
                ArmMoments.ofValues(doubles(o.get("inputs").get("a"))));
        JsonNode expected = o.get("expected");
        assertThat(effect.estimate() / effect.stdError())
                .isCloseTo(expected.get("t").asDouble(), within(1e-6));
        assertThat(effect.df().orElseThrow()).isCloseTo(expected.get("df").asDouble(), within(1e-6));
        assertThat(effect.pValue()).isCloseTo(expected.get("p").asDouble(), within(1e-6));
        assertThat(effect.ci().low()).isCloseTo(expected.get("ci95").get(0).asDouble(), within(1e-6));
        assertThat(effect.ci().high()).isCloseTo(expected.get("ci95").get(1).asDouble(), within(1e-6));
    }

    /** gbstats, test_two_sided_ttest_absolute. */
    @Test
    void sufficientStatistics() {
        JsonNode expected = Oracles.method("two.welch.suffstat.abs").get("expected");
        Effect effect =
                difference(ArmMoments.ofSums(3407, 1396.87, 52377.9767), ArmMoments.ofSums(3461, 2422.7, 134698.29));
        assertThat(effect.estimate()).isCloseTo(expected.get("diff").asDouble(), within(1e-5));
        assertThat(effect.stdError()).isCloseTo(expected.get("se").asDouble(), within(1e-5));
        assertThat(effect.pValue()).isCloseTo(expected.get("p").asDouble(), within(1e-5));
    }

    /** R t.test, Welch cases. */
    @Test
    void agreesWithR() {
        for (JsonNode c : Oracles.peer("r_ttest")) {
            if (c.get("input").get("var_equal").asBoolean()) {
                continue;
            }
            Alternative alternative = Alternative.valueOf(
                    c.get("input").get("alternative").asText().replace('.', '_').toUpperCase(java.util.Locale.ROOT));
            Effect effect = WelchTest.withDefaults()
                    .with(alternative)
                    .difference(
                            ArmMoments.ofValues(doubles(c.get("input").get("control"))),
                            ArmMoments.ofValues(doubles(c.get("input").get("treatment"))))
                    .orElseThrow();
            matches(effect, c.get("expected"), 1e-9);
        }
    }

    /** gbstats 0.8.0, absolute differences. */
    @Test
    void agreesWithGbstats() {
        for (JsonNode c : Oracles.peer("gbstats_welch_mean")) {
            JsonNode in = c.get("input");
            if (!in.get("difference").asText().equals("absolute")) {
                continue;
            }
            Alternative alternative = Alternative.valueOf(
                    in.get("alternative").asText().replace("one_sided_", "").toUpperCase(java.util.Locale.ROOT));
            Effect effect = WelchTest.withDefaults()
                    .withAlpha(in.get("alpha").asDouble())
                    .with(alternative)
                    .difference(arm(in.get("control")), arm(in.get("treatment")))
                    .orElseThrow();
            matches(effect, c.get("expected"), 1e-9);
        }
    }

    /** R, two one-sided t-tests against ±margin: the same effect held against a shifted null. */
    @Test
    void equivalenceAgreesWithR() {
        for (JsonNode c : Oracles.peer("r_tost_equivalence")) {
            double margin = c.get("input").get("margin").asDouble();
            Effect effect = difference(
                    ArmMoments.ofValues(doubles(c.get("input").get("control"))),
                    ArmMoments.ofValues(doubles(c.get("input").get("treatment"))));
            JsonNode expected = c.get("expected");
            double df = effect.df().orElseThrow();
            Significance greater = Significance.DEFAULT.with(Alternative.GREATER);
            double lower = greater.student(effect.estimate() + margin, effect.stdError(), df)
                    .pValue();
            double upper = greater.student(margin - effect.estimate(), effect.stdError(), df)
                    .pValue();
            assertThat(lower).isCloseTo(expected.get("p_lower").asDouble(), within(1e-10));
            assertThat(upper).isCloseTo(expected.get("p_upper").asDouble(), within(1e-10));
        }
    }

    @Test
    void anExtremePValueKeepsItsDigits() {
        Effect effect = difference(
                ArmMoments.ofSums(1_000_000_000_000L, 0, 1e12), ArmMoments.ofSums(1_000_000_000_000L, 5.1e7, 1e12));
        assertThat(effect.pValue()).isBetween(1e-300, 1e-280);
    }

    /**
     * Values 2^63 + (0, 1, 2, 3) against 2^63 + (1, 2, 3, 5): doubles of this size are 2,048 apart, the difference is 1.25 and
     * its variance (5/3 + 35/12)/4.
     */
    @Test
    void valuesNearTheEndOfLongAreComparedExactly() {
        BigDecimal base = new BigDecimal(BigInteger.ONE.shiftLeft(63));
        ArmMoments control = beyond(base, 0, 1, 2, 3);
        ArmMoments treatment = beyond(base, 1, 2, 3, 5);
        Effect effect = difference(control, treatment);
        assertThat(effect.estimate()).isEqualTo(1.25);
        assertThat(effect.stdError()).isCloseTo(Math.sqrt((5.0 / 3 + 35.0 / 12) / 4), within(1e-15));
        Effect small = difference(beyond(BigDecimal.ZERO, 0, 1, 2, 3), beyond(BigDecimal.ZERO, 1, 2, 3, 5));
        assertThat(effect.df().orElseThrow()).isCloseTo(small.df().orElseThrow(), within(1e-12));
        assertThat(effect.pValue()).isCloseTo(small.pValue(), within(1e-14));
        // merging keeps what the doubles lost
        ArmMoments both = beyond(base, 0, 1).merge(beyond(base, 2, 3));
        assertThat(treatment.meanMinus(both, Variable.Y)).isCloseTo(1.25, within(1e-12));
        assertThat(control).isEqualTo(beyond(base, 3, 2, 1, 0)).isNotEqualTo(treatment);
    }

    /** Means of 6 and 7 units near 10¹²: their difference has more digits than either mean has behind its point. */
    @Test
    void meansThatAreRoundedKeepTheirDifference() {
        Effect effect = difference(
                ArmMoments.ofDecimal(DecimalSums.ofMean(
                        6, new BigDecimal("10414137602450"), new BigDecimal("18075710333793839041689372"))),
                ArmMoments.ofDecimal(DecimalSums.ofMean(
                        7, new BigDecimal("12149827203538"), new BigDecimal("21088328725118859612164496"))));
        // (6 * 12149827203538 - 7 * 10414137602450)/42 = 4078/42
        assertThat(effect.estimate()).isCloseTo(97 + 4.0 / 42, within(1e-11));
    }

    private static ArmMoments beyond(BigDecimal base, int... values) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal squares = BigDecimal.ZERO;
        for (int value : values) {
            BigDecimal v = base.add(BigDecimal.valueOf(value));
            sum = sum.add(v);
            squares = squares.add(v.multiply(v));
        }
        return ArmMoments.ofDecimal(DecimalSums.ofMean(values.length, sum, squares));
    }

    @Test
    void refusesWhatHasNoUncertainty() {
        WelchTest test = WelchTest.withDefaults();
        assertThat(test.difference(ArmMoments.ofValues(1), ArmMoments.ofValues(1, 2))
                        .code())
                .contains("not_enough_data");
        assertThat(test.difference(ArmMoments.ofValues(), ArmMoments.ofValues()).code())
                .contains("not_enough_data");
        assertThat(test.difference(ArmMoments.ofValues(0.1, 0.1, 0.1), ArmMoments.ofValues(0.2, 0.2))
                        .code())
                .contains("zero_variance");
        assertThat(test.difference(ArmMoments.ofValues(1, 1), ArmMoments.ofValues(1, 2))
                        .value())
                .isPresent();
    }

    /** One price per arm: the ratio of amount and quantity has no spread, whatever rounding says. */
    @Test
    void aRatioThatIsTheSameForEveryUnitHasNoSpread() {
        for (int n : new int[] {7, 200, 1_000, 5_000}) {
            assertThat(RatioTest.withDefaults()
                            .difference(atPrice(499, n), atPrice(599, n + 7))
                            .code())
                    .contains("zero_variance");
        }
        assertThat(RatioTest.withDefaults()
                        .difference(atPrice(499, 200), atPrice(499, 200))
                        .code())
                .contains("zero_variance");
    }

    private static ArmMoments atPrice(long price, int n) {
        long d = 0;
        long dd = 0;
        for (int i = 0; i < n; i++) {
            int quantity = (i * 7 + i / 5) % 4;
            d += quantity;
            dd += (long) quantity * quantity;
        }
        return ArmMoments.ofDecimal(DecimalSums.ofRatio(
                n,
                BigDecimal.valueOf(price * d),
                BigDecimal.valueOf(price * price * dd),
                BigDecimal.valueOf(d),
                BigDecimal.valueOf(dd),
                BigDecimal.valueOf(price * dd)));
    }

    static ArmMoments arm(JsonNode json) {
        return ArmMoments.ofSums(
                json.get("n").asLong(),
                json.get("sum").asDouble(),
                json.get("sum_squares").asDouble());
    }

    static void matches(Effect effect, JsonNode expected, double tolerance) {
        assertThat(effect.estimate()).isCloseTo(expected.get("estimate").asDouble(), within(tolerance));
        assertThat(effect.stdError()).isCloseTo(expected.get("se").asDouble(), within(tolerance));
        assertThat(effect.df().orElseThrow()).isCloseTo(expected.get("df").asDouble(), within(1e-6));
        assertThat(effect.pValue()).isCloseTo(expected.get("p_value").asDouble(), within(tolerance));
        end(effect.ci().low(), number(expected.get("ci").get(0)), tolerance);
        end(effect.ci().high(), number(expected.get("ci").get(1)), tolerance);
    }

    private static void end(double actual, double expected, double tolerance) {
        if (Double.isInfinite(expected)) {
            assertThat(actual).isEqualTo(expected);
        } else {
            assertThat(actual).isCloseTo(expected, within(tolerance));
        }
    }

    private static Effect difference(ArmMoments control, ArmMoments treatment) {
        return WelchTest.withDefaults().difference(control, treatment).orElseThrow();
    }
}
