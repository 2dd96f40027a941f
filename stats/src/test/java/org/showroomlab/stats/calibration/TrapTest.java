package org.showroomlab.stats.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.showroomlab.stats.Oracles;
import org.showroomlab.stats.arms.Proportion;
import org.showroomlab.stats.arms.ProportionTest;
import org.showroomlab.stats.clusters.Cluster;
import org.showroomlab.stats.monitoring.AsymptoticSequence;
import org.showroomlab.stats.monitoring.GroupSequential;

/** What goes wrong with the methods that are not offered. */
class TrapTest {

    private static final int SIMULATIONS = 2_000;

    /** A visitor-level z-test of a test that was randomised by cache: nearly every second A/A test "wins". */
    @Test
    void visitorsInsteadOfCaches() {
        SplittableRandom random = new SplittableRandom(11);
        int wrong = 0;
        for (int i = 0; i < SIMULATIONS; i++) {
            double[] n = new double[2];
            double[] sum = new double[2];
            for (Cluster c : ClusterScenarios.clusters(random, 12, 0)) {
                n[c.treated() ? 1 : 0] += c.n();
                sum[c.treated() ? 1 : 0] += c.sum();
            }
            double z = (sum[1] / n[1] - sum[0] / n[0]) / Math.sqrt(1 / n[0] + 1 / n[1]);
            wrong += Math.abs(z) > 1.96 ? 1 : 0;
        }
        assertThat((double) wrong / SIMULATIONS).isGreaterThan(0.4);
    }

    /** The oracle's drop: 48 hourly looks at 10 % conversion, without and with a true effect of two points. */
    @Test
    void peeking() {
        JsonNode expected = Oracles.method("cal.peek").get("expected");
        double[] none = rates(0.10);
        double[] some = rates(0.12);
        JsonNode without = expected.get("null");
        assertThat(none[0]).isCloseTo(without.get("naive_any_look").asDouble(), within(0.04));
        assertThat(none[1]).isCloseTo(without.get("asympcs").asDouble(), within(0.015));
        assertThat(none[2]).isCloseTo(without.get("obf8").asDouble(), within(0.02));
        JsonNode with = expected.get("alt_power");
        assertThat(some[1]).isCloseTo(with.get("asympcs").asDouble(), within(0.05));
        assertThat(some[2]).isCloseTo(with.get("obf8").asDouble(), within(0.03));
    }

    /** Shares of drops in which naive peeking, the always-valid band and the planned looks claim an effect. */
    private static double[] rates(double treated) {
        List<Double> boundaries = GroupSequential.withDefaults()
                .boundaries(0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1)
                .z();
        AsymptoticSequence band = AsymptoticSequence.tunedTo(9600);
        SplittableRandom random = new SplittableRandom(3);
        double[] claims = new double[3];
        for (int i = 0; i < SIMULATIONS; i++) {
            boolean[] claimed = new boolean[3];
            long x0 = 0;
            long x1 = 0;
            for (int hour = 1; hour <= 48; hour++) {
                x0 += Draws.conversions(random, 100, 0.10).successes();
                x1 += Draws.conversions(random, 100, treated).successes();
                Proportion control = new Proportion(hour * 100L, x0);
                Proportion treatment = new Proportion(hour * 100L, x1);
                double z = ProportionTest.withDefaults().statistic(control, treatment);
                claimed[0] |= Math.abs(z) > 1.959964;
                claimed[1] |= VisitorScenarios.claims(band.difference(
                        control.estimate().orElseThrow(), treatment.estimate().orElseThrow()));
                claimed[2] |= hour % 6 == 0 && Math.abs(z) >= boundaries.get(hour / 6 - 1);
            }
            for (int k = 0; k < 3; k++) {
                claims[k] += claimed[k] ? 1.0 / SIMULATIONS : 0;
            }
        }
        return claims;
    }
}
