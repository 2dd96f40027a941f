package org.showroomlab.stats.calibration;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.showroomlab.stats.Significance;

/**
 * Simulates every scenario from a seed. 2,000 simulations per scenario run with the tests; 20,000 make the published
 * table. A method outside its band is not offered as a default.
 */
public final class Calibration {

    private Calibration() {}

    /** All scenarios. */
    public static List<Scenario> scenarios() {
        return Stream.of(
                        VisitorScenarios.all(),
                        ClusterScenarios.all(),
                        MonitoringScenarios.all(),
                        OutcomeScenarios.all())
                .flatMap(List::stream)
                .toList();
    }

    /** One scenario; the same seed gives the same result whatever else runs. */
    public static CalibrationResult run(Scenario scenario, int simulations, long seed) {
        long own = seed * 31 + (scenario.method() + scenario.situation()).hashCode();
        SplittableRandom random = new SplittableRandom(own);
        int wrong = 0;
        for (int i = 0; i < simulations; i++) {
            wrong += scenario.trial().wrong(random.split()) ? 1 : 0;
        }
        return new CalibrationResult(scenario, wrong, simulations);
    }

    /** All scenarios with so many simulations each. */
    public static List<CalibrationResult> run(int simulations, long seed) {
        return scenarios().stream().map(s -> run(s, simulations, seed)).toList();
    }

    /** Simulations after which the 95 % Monte-Carlo half-width of a rate is at most this. */
    public static long simulationsFor(double rate, double halfWidth) {
        double z = Significance.DEFAULT.normalQuantile() / halfWidth;
        return (long) Math.ceil(rate * (1 - rate) * z * z);
    }
}
