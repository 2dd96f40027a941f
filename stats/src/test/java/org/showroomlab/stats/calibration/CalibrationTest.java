package org.showroomlab.stats.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Oracles;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.arms.Proportion;
import org.showroomlab.stats.arms.RelativeLift;

class CalibrationTest {

    private static final int SIMULATIONS = 2_000;
    private static final long SEED = 20260105;

    static List<Scenario> scenarios() {
        return Calibration.scenarios();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void everyDefaultStaysInItsBand(Scenario scenario) {
        CalibrationResult result = Calibration.run(scenario, SIMULATIONS, SEED);
        assertThat(result.inBand())
                .as("%s, %s: %.4f %s", scenario.method(), scenario.situation(), result.rate(), result.interval())
                .isTrue();
    }

    @Test
    void theSameSeedGivesTheSameResult() {
        Scenario any = scenarios().get(0);
        assertThat(Calibration.run(any, 50, 7)).isEqualTo(Calibration.run(any, 50, 7));
    }

    @Test
    void howManySimulationsAPrecisionNeeds() {
        JsonNode o = Oracles.method("aa.nsim");
        for (int i = 0; i < 4; i++) {
            assertThat(Calibration.simulationsFor(
                            0.05, o.get("inputs").get("h").get(i).asDouble()))
                    .isEqualTo(o.get("expected").get("n").get(i).asLong());
        }
    }

    /**
     * The tails of the interval of a relative lift at 5 % conversion, summed exactly over all outcomes instead of simulated:
     * Wald's are .058 and .0008 where .025 is promised; the log ratio keeps its word.
     */
    @Test
    void whyWaldIsNotTheDefault() {
        JsonNode expected = Oracles.method("cal.relwald").get("expected");
        int[] n = {500, 1500};
        for (int i = 0; i < 2; i++) {
            double[] wald = tails(n[i], RelativeLift.Method.WALD);
            double[] log = tails(n[i], RelativeLift.Method.LOG_RATIO);
            assertThat(wald[0]).isCloseTo(expected.get("lower").get(i).asDouble(), within(0.002));
            assertThat(wald[1]).isCloseTo(expected.get("upper").get(i).asDouble(), within(0.002));
            assertThat(log[0]).isCloseTo(expected.get("log_lower").get(i).asDouble(), within(0.002));
            assertThat(log[1]).isCloseTo(expected.get("log_upper").get(i).asDouble(), within(0.002));
        }
    }

    /** The chance that the whole interval lies below, and above, the true lift of 0. */
    private static double[] tails(int n, RelativeLift.Method method) {
        BinomialDistribution buyers = BinomialDistribution.of(n, 0.05);
        int from = Math.max(1, buyers.inverseCumulativeProbability(1e-9));
        int to = buyers.inverseCumulativeProbability(1 - 1e-9);
        double[] tails = new double[2];
        RelativeLift lift = RelativeLift.withDefaults().with(method);
        for (int x0 = from; x0 <= to; x0++) {
            ArmEstimate control = new Proportion(n, x0).estimate().orElseThrow();
            for (int x1 = from; x1 <= to; x1++) {
                ArmEstimate treatment = new Proportion(n, x1).estimate().orElseThrow();
                var ci = lift.lift(control, treatment, Significance.DEFAULT.normal(0, 1))
                        .orElseThrow()
                        .effect()
                        .ci();
                double mass = buyers.probability(x0) * buyers.probability(x1);
                tails[0] += ci.high() < 0 ? mass : 0;
                tails[1] += ci.low() > 0 ? mass : 0;
            }
        }
        return tails;
    }
}
