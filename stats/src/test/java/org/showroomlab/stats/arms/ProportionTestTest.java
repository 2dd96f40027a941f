package org.showroomlab.stats.arms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.apache.commons.math3.util.CombinatoricsUtils;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Oracles;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.arms.ProportionTest.CiMethod;

class ProportionTestTest {

    /** Newcombe 1998, table II row a, method 10. */
    /** Nobody of ten against all of ten: Newcombe's interval has a width, Wald's none. */
    @Test
    void waldNeedsASpread() {
        for (int successes : new int[] {0, 10}) {
            Proportion none = new Proportion(10, 0);
            Proportion other = new Proportion(10, successes);
            ProportionTest test = ProportionTest.withDefaults();
            assertThat(test.difference(none, other).orElseThrow().ci().low()).isLessThan(successes / 10.0);
            assertThat(test.with(CiMethod.WALD).difference(none, other).code()).contains("zero_variance");
        }
    }

    @Test
    void newcombe() {
        JsonNode expected = Oracles.method("two.newcombe.1").get("expected");
        Effect effect = ProportionTest.withDefaults()
                .difference(new Proportion(80, 48), new Proportion(70, 56))
                .orElseThrow();
        assertThat(effect.estimate()).isCloseTo(0.2, within(1e-12));
        assertThat(effect.ci().low()).isCloseTo(expected.get("ci95").get(0).asDouble(), within(1e-6));
        assertThat(effect.ci().high()).isCloseTo(expected.get("ci95").get(1).asDouble(), within(1e-6));
    }

    /** R prop.test(correct = FALSE) and fisher.test. */
    @Test
    void agreesWithR() {
        for (JsonNode c : Oracles.peer("r_proportions")) {
            Proportion control = proportion(c.get("input").get("control"));
            Proportion treatment = proportion(c.get("input").get("treatment"));
            JsonNode expected = c.get("expected");
            Alternative alternative = Alternative.valueOf(
                    c.get("input").get("alternative").asText().replace('.', '_').toUpperCase(Locale.ROOT));
            ProportionTest test =
                    ProportionTest.withDefaults().with(alternative).with(CiMethod.WALD);
            Effect effect = test.difference(control, treatment).orElseThrow();
            assertThat(effect.stdError()).isCloseTo(expected.get("se_unpooled").asDouble(), within(1e-12));
            assertThat(effect.pValue()).isCloseTo(expected.get("p_chisq").asDouble(), within(1e-12));
            assertThat(test.statistic(control, treatment))
                    .isCloseTo(expected.get("z_pooled").asDouble(), within(1e-12));
            assertThat(test.fisherPValue(control, treatment).orElseThrow())
                    .isCloseTo(expected.get("fisher_p").asDouble(), within(1e-10));
            Interval inRange = effect.ci().clampedTo(-1, 1);
            assertThat(inRange.low()).isCloseTo(expected.get("ci_wald").get(0).asDouble(), within(1e-10));
            assertThat(inRange.high()).isCloseTo(expected.get("ci_wald").get(1).asDouble(), within(1e-10));
        }
    }

    /** Newcombe 1998a table I; R binom.test and prop.test. */
    @Test
    void intervalsOfOneProportion() {
        JsonNode wilson = Oracles.method("two.wilson").get("expected").get("ci95");
        closeTo(new Proportion(263, 81).wilson(Significance.DEFAULT), wilson.get(0), 1e-9);
        closeTo(new Proportion(148, 15).wilson(Significance.DEFAULT), wilson.get(1), 1e-9);
        closeTo(
                new Proportion(263, 81).clopperPearson(Significance.DEFAULT),
                Oracles.method("two.clopper").get("expected").get("ci95"),
                1e-9);
        closeTo(
                new Proportion(1000, 58).clopperPearson(Significance.DEFAULT),
                Oracles.method("aa.cp").get("expected").get("ci95"),
                1e-7);
        for (JsonNode c : Oracles.peer("r_binomial_ci")) {
            Proportion p = proportion(c.get("input"));
            Significance level = Significance.DEFAULT.withAlpha(
                    1 - c.get("input").get("conf").asDouble());
            closeTo(p.clopperPearson(level), c.get("expected").get("clopper_pearson"), 1e-9);
            closeTo(p.wilson(level), c.get("expected").get("wilson"), 1e-9);
        }
    }

    /** R fisher.test(matrix(c(1, 9, 4, 6), 2)): p = 0.3034056. */
    @Test
    void smallExpectedCountsTakeFisher() {
        Effect effect = ProportionTest.withDefaults()
                .difference(new Proportion(10, 4), new Proportion(10, 1))
                .orElseThrow();
        assertThat(effect.pValue()).isCloseTo(0.3034056, within(1e-6));
    }

    @Test
    void allOrNoneConverted() {
        ProportionTest test = ProportionTest.withDefaults();
        for (long x : new long[] {0, 40}) {
            Effect effect = test.difference(new Proportion(40, x), new Proportion(40, x))
                    .orElseThrow();
            assertThat(effect.pValue()).isEqualTo(1);
            assertThat(effect.ci().low()).isBetween(-0.1, -0.01);
            assertThat(effect.ci().high()).isBetween(0.01, 0.1);
        }
        assertThat(test.difference(new Proportion(0, 0), new Proportion(5, 1)).code())
                .contains("not_enough_data");
    }

    /** By definition, in integers: every table of up to 12 units per arm, exact ties included. */
    @Test
    void fisherByDefinition() {
        for (int n1 = 1; n1 <= 12; n1++) {
            for (int n0 = 1; n0 <= 12; n0++) {
                for (int a = 0; a <= n1; a++) {
                    for (int b = 0; b <= n0; b++) {
                        assertThat(ProportionTest.withDefaults()
                                        .fisherPValue(new Proportion(n0, b), new Proportion(n1, a))
                                        .orElseThrow())
                                .as("%d/%d against %d/%d", a, n1, b, n0)
                                .isCloseTo(fisher(a, n1, b, n0), within(1e-13));
                    }
                }
            }
        }
        // R fisher.test
        assertThat(ProportionTest.withDefaults()
                        .fisherPValue(new Proportion(7, 5), new Proportion(14, 4))
                        .orElseThrow())
                .isCloseTo(0.158823529411765, within(1e-14));
    }

    private static double fisher(int a, int n1, int b, int n0) {
        int successes = a + b;
        long observed = tables(n1, a) * tables(n0, b);
        long rare = 0;
        long all = 0;
        for (int x = Math.max(0, successes - n0); x <= Math.min(n1, successes); x++) {
            long ways = tables(n1, x) * tables(n0, successes - x);
            all += ways;
            rare += ways <= observed ? ways : 0;
        }
        return (double) rare / all;
    }

    private static long tables(int n, int k) {
        return CombinatoricsUtils.binomialCoefficient(n, k);
    }

    /** R 4.2.2 fisher.test; margins too large for the library, arms of different size, either side of the likeliest table. */
    @Test
    void fisherOfUnequalLargeArms() {
        double[][] expected = {
            {0.010058702762259, 0.995021869324898, 0.00503519102869388},
            {0.00140016486198114, 0.000703144759299729, 0.999306393743979},
        };
        Proportion control = new Proportion(520_000, 260_300);
        long[] successes = {254_000, 256_900};
        for (int i = 0; i < successes.length; i++) {
            Proportion treatment = new Proportion(510_000, successes[i]);
            for (Alternative alternative : Alternative.values()) {
                ProportionTest test = ProportionTest.withDefaults().with(alternative);
                double p = expected[i][alternative.ordinal()];
                assertThat(test.fisherPValue(control, treatment).orElseThrow()).isCloseTo(p, withinPercentage(1e-5));
                // exchanging the arms exchanges the directions
                Alternative mirrored = switch (alternative) {
                    case TWO_SIDED -> Alternative.TWO_SIDED;
                    case GREATER -> Alternative.LESS;
                    case LESS -> Alternative.GREATER;
                };
                assertThat(test.with(mirrored).fisherPValue(treatment, control).orElseThrow())
                        .isCloseTo(p, withinPercentage(1e-5));
            }
        }
    }

    /**
     * R 4.2.2: fisher.test(matrix(c(a, n1 - a, b, n0 - b), 2), alternative =)$p.value with 301,000 of 600,000 against 300,000;
     * phyper where fisher.test is slow.
     */
    @Test
    void fisherOfLargeTables() {
        Proportion c = new Proportion(600_000, 300_000);
        Proportion t = new Proportion(600_000, 301_000);
        ProportionTest test = ProportionTest.withDefaults();
        assertThat(test.fisherPValue(c, t).orElseThrow()).isCloseTo(0.0681643271861627, withinPercentage(1e-6));
        assertThat(test.with(Alternative.GREATER).fisherPValue(c, t).orElseThrow())
                .isCloseTo(0.0340821635930811, withinPercentage(1e-6));
        assertThat(test.with(Alternative.LESS).fisherPValue(c, t).orElseThrow())
                .isCloseTo(0.966192976886552, withinPercentage(1e-6));
        assertThat(test.fisherPValue(c, c).orElseThrow()).isEqualTo(1);
        Proportion rare = new Proportion(3_000_000_000L, 2);
        Proportion lessRare = new Proportion(3_000_000_000L, 9);
        assertThat(test.fisherPValue(rare, lessRare).orElseThrow())
                .isCloseTo(2 * (1 + 11 + 55) / 2048.0, withinPercentage(1e-4));
        Proportion far = new Proportion(600_000, 320_000);
        assertThat(test.with(Alternative.GREATER).fisherPValue(c, far).orElseThrow())
                .isCloseTo(1.44937315605977e-292, withinPercentage(1e-5));
    }

    /** Where nearly all convert, the few who do not are the margin: exact, and the mirror of few who do. */
    @Test
    void fisherByTheRarerOutcome() {
        Proportion control = new Proportion(1_000_000, 1_000_000 - 60);
        Proportion treatment = new Proportion(1_000_000, 1_000_000 - 100);
        ProportionTest test = ProportionTest.withDefaults();
        assertThat(test.fisherPValue(control, treatment).orElseThrow())
                .isCloseTo(
                        test.fisherPValue(new Proportion(1_000_000, 60), new Proportion(1_000_000, 100))
                                .orElseThrow(),
                        withinPercentage(1e-6));
        assertThat(test.with(Alternative.LESS).fisherPValue(control, treatment).orElseThrow())
                .isCloseTo(
                        test.with(Alternative.GREATER)
                                .fisherPValue(new Proportion(1_000_000, 60), new Proportion(1_000_000, 100))
                                .orElseThrow(),
                        withinPercentage(1e-6));
        assertThat(test.fisherPValue(new Proportion(0, 0), treatment)).isEmpty();
        assertThat(test.fisherPValue(control, new Proportion(0, 0))).isEmpty();
    }

    @Test
    void aTrillionUnits() {
        long n = 1_000_000_000_000L;
        Effect effect = ProportionTest.withDefaults()
                .difference(new Proportion(n, 3), new Proportion(n, 1))
                .orElseThrow();
        // 3 of 4 among equal arms: 2(1 + 4)/16
        assertThat(effect.pValue()).isCloseTo(0.625, within(1e-9));
        Proportion half = new Proportion(n, n / 2);
        assertThat(ProportionTest.withDefaults().fisherPValue(half, half).orElseThrow())
                .isCloseTo(1, within(1e-9));
        Proportion beyond = new Proportion(100 * n, 50 * n);
        assertThat(ProportionTest.withDefaults().fisherPValue(beyond, beyond)).isEmpty();
        Proportion large = new Proportion(1_000_000, 500_000);
        assertThat(ProportionTest.withDefaults().fisherPValue(large, large).orElseThrow())
                .isCloseTo(1, within(1e-9));
    }

    private static Proportion proportion(JsonNode json) {
        return new Proportion(json.get("n").asLong(), json.get("x").asLong());
    }

    private static void closeTo(Interval actual, JsonNode expected, double tolerance) {
        assertThat(actual.low()).isCloseTo(expected.get(0).asDouble(), within(tolerance));
        assertThat(actual.high()).isCloseTo(expected.get(1).asDouble(), within(tolerance));
    }

    /** With the binomial variances it is Newcombe's interval; a quarter of the variance is four times the units. */
    @Test
    void knownVariances() {
        Proportion control = new Proportion(80, 48);
        Proportion treatment = new Proportion(70, 56);
        ProportionTest test = ProportionTest.withDefaults();
        Effect plain = test.difference(control, treatment).orElseThrow();
        Effect same = test.difference(control, control.variance(), treatment, treatment.variance())
                .orElseThrow();
        assertThat(same.ci().low()).isCloseTo(plain.ci().low(), within(1e-12));
        assertThat(same.ci().high()).isCloseTo(plain.ci().high(), within(1e-12));
        assertThat(same.stdError()).isCloseTo(plain.stdError(), within(1e-15));
        Effect quarter = test.difference(control, control.variance() / 4, treatment, treatment.variance() / 4)
                .orElseThrow();
        Effect larger = test.difference(new Proportion(320, 192), new Proportion(280, 224))
                .orElseThrow();
        assertThat(quarter.ci().low()).isCloseTo(larger.ci().low(), within(1e-12));
        assertThat(quarter.ci().high()).isCloseTo(larger.ci().high(), within(1e-12));
        assertThat(quarter.stdError()).isCloseTo(larger.stdError(), within(1e-15));
        assertThat(quarter.pValue())
                .isCloseTo(Significance.DEFAULT.normalPValue(0.2 / quarter.stdError()), within(1e-15));
        Effect wald = test.with(CiMethod.WALD)
                .difference(control, control.variance(), treatment, treatment.variance())
                .orElseThrow();
        assertThat(wald.ci())
                .isEqualTo(test.with(CiMethod.WALD)
                        .difference(control, treatment)
                        .orElseThrow()
                        .ci());
    }

    @Test
    void knownVariancesOfArmsThatDoNotVary() {
        ProportionTest test = ProportionTest.withDefaults();
        Proportion none = new Proportion(50, 0);
        Proportion all = new Proportion(50, 50);
        assertThat(test.difference(none, 0, none, 0)).isEqualTo(test.difference(none, none));
        assertThat(test.difference(new Proportion(0, 0), 0.1, none, 0.1).code()).contains("not_enough_data");
        Effect effect = test.difference(none, 0, all, 0.02).orElseThrow();
        assertThat(effect.ci())
                .isEqualTo(test.difference(none, all).orElseThrow().ci());
    }
}
