package org.showroomlab.stats.arms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.Oracles;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.arms.ProportionTest.CiMethod;

class ProportionTestTest {

    /** Newcombe 1998, table II row a, method 10. */
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

    @Test
    void aTrillionUnits() {
        long n = 1_000_000_000_000L;
        Effect effect = ProportionTest.withDefaults()
                .difference(new Proportion(n, 3), new Proportion(n, 1))
                .orElseThrow();
        assertThat(effect.pValue()).isBetween(0.2, 0.5);
        Proportion half = new Proportion(n, n / 2);
        assertThat(ProportionTest.withDefaults().fisherPValue(half, half)).isEmpty();
        Proportion large = new Proportion(1_000_000, 500_000);
        assertThat(ProportionTest.withDefaults().fisherPValue(large, large)).isEmpty();
    }

    private static Proportion proportion(JsonNode json) {
        return new Proportion(json.get("n").asLong(), json.get("x").asLong());
    }

    private static void closeTo(Interval actual, JsonNode expected, double tolerance) {
        assertThat(actual.low()).isCloseTo(expected.get(0).asDouble(), within(tolerance));
        assertThat(actual.high()).isCloseTo(expected.get(1).asDouble(), within(tolerance));
    }
}
