package org.showroomlab.stats.calibration;

import static org.showroomlab.stats.calibration.Scenario.Mistake.FALSE_ALARM;
import static org.showroomlab.stats.calibration.Scenario.Mistake.MISSED_TRUTH;
import static org.showroomlab.stats.calibration.Scenario.approximate;
import static org.showroomlab.stats.calibration.Scenario.conservative;

import java.util.List;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.arms.LinAdjustment;
import org.showroomlab.stats.arms.Proportion;
import org.showroomlab.stats.arms.ProportionTest;
import org.showroomlab.stats.arms.RatioTest;
import org.showroomlab.stats.arms.RelativeEffect;
import org.showroomlab.stats.arms.RelativeLift;
import org.showroomlab.stats.arms.WelchTest;
import org.showroomlab.stats.health.SampleRatioMismatch;

/** Two arms of visitors. */
final class VisitorScenarios {

    private VisitorScenarios() {}

    static boolean claims(Computable<Effect> effect) {
        return effect.value().map(e -> e.pValue() <= 0.05).orElse(false);
    }

    static boolean misses(Computable<Effect> effect, double truth) {
        return effect.value().map(e -> !e.ci().contains(truth)).orElse(false);
    }

    static List<Scenario> all() {
        return List.of(
                approximate(
                        "welch",
                        "revenue, 5 % buyers, log-normal baskets, 2,000 visitors per arm",
                        FALSE_ALARM,
                        r -> claims(WelchTest.withDefaults()
                                .difference(Draws.revenue(r, 2000, 0.05, 1), Draws.revenue(r, 2000, 0.05, 1)))),
                conservative(
                        "proportion",
                        "0.5 % conversion, 1,000 visitors per arm",
                        FALSE_ALARM,
                        r -> claims(ProportionTest.withDefaults()
                                .difference(Draws.conversions(r, 1000, 0.005), Draws.conversions(r, 1000, 0.005)))),
                new Scenario(
                        "proportion (Newcombe interval)",
                        "0.5 % against 1.5 % conversion, 1,000 visitors per arm",
                        MISSED_TRUTH,
                        0.05,
                        0.02,
                        0.06,
                        r -> misses(
                                ProportionTest.withDefaults()
                                        .difference(
                                                Draws.conversions(r, 1000, 0.005), Draws.conversions(r, 1000, 0.015)),
                                0.01)),
                approximate(
                        "ratio",
                        "value per item, 500 visitors per arm",
                        FALSE_ALARM,
                        r -> claims(RatioTest.withDefaults()
                                .difference(Draws.baskets(r, 500, 20), Draws.baskets(r, 500, 20)))),
                approximate(
                        "relative lift (log ratio)",
                        "5 % against 6 % conversion, 500 visitors per arm",
                        MISSED_TRUTH,
                        r -> missesLift(Draws.conversions(r, 500, 0.05), Draws.conversions(r, 500, 0.06), 0.2)),
                approximate(
                        "lin",
                        "covariate with correlation .7, 200 visitors per arm",
                        FALSE_ALARM,
                        r -> claims(LinAdjustment.withDefaults()
                                .difference(Draws.withHistory(r, 200, 0), Draws.withHistory(r, 200, 0)))),
                approximate(
                        "lin",
                        "the same with a true effect of .1",
                        MISSED_TRUTH,
                        r -> misses(
                                LinAdjustment.withDefaults()
                                        .difference(Draws.withHistory(r, 200, 0), Draws.withHistory(r, 200, 0.1)),
                                0.1)),
                new Scenario("srm", "10,000 visitors, even split, blocking level", FALSE_ALARM, 0.001, 0, 0.002, r -> {
                    Proportion split = Draws.conversions(r, 10_000, 0.5);
                    long[] counts = {split.successes(), split.n() - split.successes()};
                    return SampleRatioMismatch.test(counts, new double[] {1, 1})
                            .orElseThrow()
                            .blocks();
                }));
    }

    private static boolean missesLift(Proportion control, Proportion treatment, double truth) {
        Computable<RelativeEffect> lift = ProportionTest.withDefaults()
                .difference(control, treatment)
                .flatMap(absolute -> RelativeLift.withDefaults()
                        .lift(
                                control.estimate().orElseThrow(),
                                treatment.estimate().orElseThrow(),
                                absolute));
        return misses(lift.map(RelativeEffect::effect), truth);
    }
}
