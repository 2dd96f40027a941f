package org.showroomlab.stats.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.showroomlab.stats.Oracles.doubles;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.analysis.integration.IterativeLegendreGaussIntegrator;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.showroomlab.stats.Oracles;
import org.showroomlab.stats.monitoring.GroupSequential.Boundaries;

class GroupSequentialTest {

    private static final GroupSequential OF = GroupSequential.withDefaults();

    /** rpact asOF and sfLDPocock; the plan of a 48-hour drop. */
    @Test
    void spendingBoundaries() {
        matches("seq.ld.of8", OF);
        matches("seq.ld.poc5", OF.with(Spending.POCOCK));
        JsonNode three = Oracles.method("seq.ld.3two").get("expected").get("z");
        Boundaries b = OF.boundaries(1.0 / 3, 2.0 / 3, 1);
        for (int k = 0; k < 3; k++) {
            assertThat(b.z().get(k)).isCloseTo(three.get(k).asDouble(), within(2e-5));
        }
    }

    private static void matches(String id, GroupSequential design) {
        JsonNode o = Oracles.method(id);
        Boundaries b = design.boundaries(doubles(o.get("inputs").get("t")));
        double[] z = doubles(o.get("expected").get("z"));
        double[] spent = doubles(o.get("expected").get("cum_alpha"));
        for (int k = 0; k < z.length; k++) {
            assertThat(b.z().get(k)).isCloseTo(z[k], within(2e-5));
            assertThat(b.cumulativeAlpha().get(k)).isCloseTo(spent[k], within(1e-7));
        }
    }

    /** Jennison and Turnbull tables 2.1 and 2.3; rpact. */
    @Test
    void classicalConstants() {
        JsonNode o = Oracles.method("seq.obf");
        for (int i = 0; i < o.get("inputs").get("K").size(); i++) {
            assertThat(EqualLooks.obrienFleming(o.get("inputs").get("K").get(i).asInt(), 0.05))
                    .isCloseTo(o.get("expected").get("c").get(i).asDouble(), within(2e-4));
        }
        JsonNode other = Oracles.method("seq.poc.obf.other");
        for (int i = 0; i < 5; i++) {
            int looks = other.get("inputs").get("K").get(i).asInt();
            for (String level : new String[] {".01", ".10"}) {
                double alpha = Double.parseDouble(level);
                assertThat(EqualLooks.pocock(looks, alpha))
                        .isCloseTo(
                                other.get("expected")
                                        .get("pocock_" + level)
                                        .get(i)
                                        .asDouble(),
                                within(2e-4));
                assertThat(EqualLooks.obrienFleming(looks, alpha))
                        .isCloseTo(
                                other.get("expected").get("obf_" + level).get(i).asDouble(), within(2e-4));
            }
        }
    }

    /** Armitage, McPherson and Rowe 1969. */
    @Test
    void whatPeekingCosts() {
        JsonNode o = Oracles.method("seq.naive.peek");
        for (int i = 0; i < o.get("inputs").get("K").size(); i++) {
            assertThat(EqualLooks.falseAlarms(o.get("inputs").get("K").get(i).asInt(), 1.959963985))
                    .isCloseTo(o.get("expected").get("fpr").get(i).asDouble(), within(2e-4));
        }
    }

    /** Lan and Wittes 1988. */
    @Test
    void conditionalPower() {
        assertThat(ConditionalPower.underCurrentTrend(0.5, 1.8, 1.959964))
                .isCloseTo(Oracles.method("seq.cp").get("expected").get("cp").asDouble(), within(1e-8));
    }

    /** R mvtnorm (Miwa, 4,000 steps) spends exactly the planned levels at these boundaries. */
    @Test
    void looksThatAreCloseTogether() {
        Boundaries b = OF.boundaries(0.584990918426774, 0.66345414032694, 0.680438533634879, 1);
        double[] z = {2.70805848, 2.57937452, 2.59725867, 1.99896198};
        for (int k = 0; k < z.length; k++) {
            assertThat(b.z().get(k)).isCloseTo(z[k], within(2e-6));
        }
    }

    /** A look that brings hardly any information costs hardly anything, however close it is. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-2, 1e-3, 1e-4, 1e-6, 1e-9, 1e-12})
    void aLookRightAfterAnother(double later) {
        GroupSequential pocock = OF.with(Spending.POCOCK);
        Boundaries two = pocock.boundaries(0.5, 1);
        Boundaries three = pocock.boundaries(0.5, 0.5 + later, 1);
        assertThat(three.z().get(0)).isEqualTo(two.z().get(0));
        assertThat(three.z().get(2)).isGreaterThanOrEqualTo(two.z().get(1) - 1e-6);
        assertThat(three.z().get(2)).isCloseTo(two.z().get(1), within(1e-6 + later));
        // those that cross at the second look only, by a one-dimensional integral over their first statistic
        double spent = three.cumulativeAlpha().get(1) - three.cumulativeAlpha().get(0);
        double first = three.z().get(0);
        double second = three.z().get(1);
        double step = Math.sqrt(later);
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double width = Math.min(6, 12 * step / Math.sqrt(0.5));
        double crossing = new IterativeLegendreGaussIntegrator(32, 1e-7, 1e-300)
                .integrate(
                        1_000_000,
                        x -> normal.density(x)
                                * normal.survivalProbability(
                                        (second * Math.sqrt(0.5 + later) - x * Math.sqrt(0.5)) / step),
                        first - width,
                        first);
        assertThat(crossing).isCloseTo(spent, Percentage.withPercentage(0.1));
    }

    /** Information has no unit, and what is still to come says nothing of how alike two looks are. */
    @Test
    void informationByAnotherClock() {
        double[] thirds = {1.0 / 3, 2.0 / 3, 1};
        Boundaries byUnits = OF.boundaries(thirds, new double[] {200, 400, 600});
        Boundaries growing = OF.boundaries(thirds, new double[] {100, 300, 900});
        for (int k = 0; k < 3; k++) {
            assertThat(byUnits.z().get(k)).isCloseTo(OF.boundaries(thirds).z().get(k), within(1e-9));
        }
        assertThat(growing.z().get(0)).isEqualTo(byUnits.z().get(0));
        // by a two-dimensional integral: those that cross at the second look and not at the first
        double rho = Math.sqrt(100.0 / 300);
        double first = growing.z().get(0);
        double second = growing.z().get(1);
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double crossing = new IterativeLegendreGaussIntegrator(64, 1e-9, 1e-12)
                .integrate(
                        1_000_000,
                        x -> normal.density(x)
                                * normal.survivalProbability((second - rho * x) / Math.sqrt(1 - rho * rho)),
                        -10,
                        first);
        assertThat(crossing)
                .isCloseTo(
                        growing.cumulativeAlpha().get(1)
                                - growing.cumulativeAlpha().get(0),
                        Percentage.withPercentage(0.01));
        assertThatThrownBy(() -> OF.boundaries(thirds, new double[] {1, 1, 2}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> OF.boundaries(thirds, new double[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void edges() {
        Boundaries early = OF.boundaries(0.0001, 0.5, 1);
        assertThat(early.z().get(0)).isInfinite();
        assertThat(early.z().get(2)).isCloseTo(OF.boundaries(0.5, 1).z().get(1), within(1e-6));
        assertThat(OF.boundaries(0.00353, 1).z().get(0)).isInfinite();
        assertThat(OF.boundaries(1).z().get(0)).isCloseTo(1.959963985, within(1e-7));
        assertThatThrownBy(() -> OF.boundaries(0.5, 0.5)).isInstanceOf(IllegalArgumentException.class);
        double[] hourly = DoubleStream.iterate(1, i -> i <= 48, i -> i + 1)
                .map(i -> i / 48)
                .toArray();
        assertThat(OF.boundaries(hourly).cumulativeAlpha().get(47)).isEqualTo(0.025);
    }
}
