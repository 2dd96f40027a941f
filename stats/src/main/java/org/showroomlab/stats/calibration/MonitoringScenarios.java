package org.showroomlab.stats.calibration;

import static org.showroomlab.stats.calibration.Scenario.Mistake.FALSE_ALARM;
import static org.showroomlab.stats.calibration.Scenario.Mistake.MISSED_TRUTH;
import static org.showroomlab.stats.calibration.Scenario.conservative;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.arms.Proportion;
import org.showroomlab.stats.arms.ProportionTest;
import org.showroomlab.stats.health.SequentialSampleRatio;
import org.showroomlab.stats.monitoring.AsymptoticSequence;
import org.showroomlab.stats.monitoring.BetaBinomialSequence;
import org.showroomlab.stats.monitoring.BettingSequence;
import org.showroomlab.stats.monitoring.GroupSequential;

/** Looking again and again: wrong means wrong at any look. */
final class MonitoringScenarios {

    private static final int HOURS = 48;
    private static final int PER_HOUR = 100;
    private static final String DROP = "48-hour drop, 10 % conversion, 100 visitors per arm and hour";
    private static final List<Double> BOUNDARIES = GroupSequential.withDefaults()
            .boundaries(0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1)
            .z();

    private MonitoringScenarios() {}

    static List<Scenario> all() {
        return List.of(
                new Scenario(
                        "group_sequential",
                        DROP + ", look every 6 hours",
                        FALSE_ALARM,
                        0.05,
                        0.04,
                        0.065,
                        MonitoringScenarios::groupSequential),
                conservative("always_valid", DROP + ", look every hour", FALSE_ALARM, MonitoringScenarios::alwaysValid),
                conservative(
                        "always_valid (beta-binomial)",
                        "one arm of 10 %, every one of 300 visitors",
                        MISSED_TRUTH,
                        MonitoringScenarios::betaBinomial),
                conservative(
                        "betting",
                        "60 values between 0 and 1, mean 1/3, after every one",
                        MISSED_TRUTH,
                        MonitoringScenarios::betting),
                conservative(
                        "srm (sequential)",
                        "30 days of 1,000 visitors, even split, daily",
                        FALSE_ALARM,
                        MonitoringScenarios::dailySampleRatio));
    }

    private static boolean groupSequential(RandomGenerator random) {
        Proportion control = new Proportion(0, 0);
        Proportion treatment = new Proportion(0, 0);
        for (double boundary : BOUNDARIES) {
            control = plus(control, Draws.conversions(random, 6 * PER_HOUR, 0.1));
            treatment = plus(treatment, Draws.conversions(random, 6 * PER_HOUR, 0.1));
            double z = ProportionTest.withDefaults().statistic(control, treatment);
            if (Math.abs(z) >= boundary) {
                return true;
            }
        }
        return false;
    }

    private static boolean alwaysValid(RandomGenerator random) {
        AsymptoticSequence band = AsymptoticSequence.tunedTo(2.0 * HOURS * PER_HOUR);
        Proportion control = new Proportion(0, 0);
        Proportion treatment = new Proportion(0, 0);
        for (int hour = 0; hour < HOURS; hour++) {
            control = plus(control, Draws.conversions(random, PER_HOUR, 0.1));
            treatment = plus(treatment, Draws.conversions(random, PER_HOUR, 0.1));
            if (VisitorScenarios.claims(band.difference(
                    control.estimate().orElseThrow(), treatment.estimate().orElseThrow()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean betaBinomial(RandomGenerator random) {
        BetaBinomialSequence sequence = new BetaBinomialSequence(0.05, 100);
        int x = 0;
        for (int n = 1; n <= 300; n++) {
            x += random.nextDouble() < 0.1 ? 1 : 0;
            if (sequence.excludes(0.1, x, n)) {
                return true;
            }
        }
        return false;
    }

    private static boolean betting(RandomGenerator random) {
        double[] values = new double[60];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.pow(random.nextDouble(), 2);
        }
        for (Interval ci : BettingSequence.withDefaults().intervals(values)) {
            if (!ci.contains(1.0 / 3)) {
                return true;
            }
        }
        return false;
    }

    private static boolean dailySampleRatio(RandomGenerator random) {
        List<long[]> days = new ArrayList<>();
        for (int day = 0; day < 30; day++) {
            Proportion split = Draws.conversions(random, 1000, 0.5);
            days.add(new long[] {split.successes(), split.n() - split.successes()});
        }
        List<Double> p =
                SequentialSampleRatio.pValues(days, new double[] {1, 1}).orElseThrow();
        return p.get(p.size() - 1) <= 0.05;
    }

    private static Proportion plus(Proportion a, Proportion b) {
        return new Proportion(a.n() + b.n(), a.successes() + b.successes());
    }
}
