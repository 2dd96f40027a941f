package org.showroomlab.stats.calibration;

import static org.showroomlab.stats.calibration.Scenario.Mistake.FALSE_ALARM;
import static org.showroomlab.stats.calibration.Scenario.Mistake.MISSED_TRUTH;
import static org.showroomlab.stats.calibration.Scenario.approximate;
import static org.showroomlab.stats.calibration.Scenario.conservative;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.arms.Proportion;
import org.showroomlab.stats.bayes.NormalPosterior;
import org.showroomlab.stats.demand.CensoredPoisson;
import org.showroomlab.stats.many.ComparisonWithBest;
import org.showroomlab.stats.many.PValueAdjustment;
import org.showroomlab.stats.price.PriceArm;
import org.showroomlab.stats.price.TwoPriceElasticity;
import org.showroomlab.stats.survival.CurveTest;
import org.showroomlab.stats.survival.GrayTest;
import org.showroomlab.stats.survival.IncidenceCurve;
import org.showroomlab.stats.survival.LifeTable;
import org.showroomlab.stats.survival.LogRankTest;
import org.showroomlab.stats.survival.RestrictedMean;

/** Walk-ins, prices, demand and many metrics at once. */
final class OutcomeScenarios {

    private static final String WAITING = "150 preorders per arm, hourly bins, a third cancelled, a quarter censored";

    private OutcomeScenarios() {}

    static List<Scenario> all() {
        return List.of(
                approximate(
                        "logrank",
                        WAITING,
                        FALSE_ALARM,
                        r -> claims(LogRankTest.withDefaults().test(waiting(r), waiting(r)))),
                approximate("gray", WAITING, FALSE_ALARM, r -> claims(GrayTest.test(waiting(r), waiting(r)))),
                approximate("rmst_difference", WAITING, FALSE_ALARM, OutcomeScenarios::restrictedMeans),
                approximate(
                        "elasticity (log ratio)",
                        "prices 4.99 and 5.99, conversions 6 % and 5 %, 3,000 visitors per arm",
                        MISSED_TRUTH,
                        OutcomeScenarios::elasticity),
                approximate("demand", "40 drops, stock 10, mean demand 9", MISSED_TRUTH, OutcomeScenarios::demand),
                approximate("bayes", "effects drawn from the stated prior", MISSED_TRUTH, OutcomeScenarios::posterior),
                conservative("holm", "five success metrics without effect", FALSE_ALARM, OutcomeScenarios::holm),
                conservative(
                        "mcb",
                        "six prices, two of them best; the best is excluded",
                        MISSED_TRUTH,
                        OutcomeScenarios::bestExcluded));
    }

    private static boolean claims(Computable<CurveTest> test) {
        return test.value().map(t -> t.pValue() <= 0.05).orElse(false);
    }

    private static LifeTable waiting(RandomGenerator random) {
        double[] time = new double[150];
        int[] status = new int[time.length];
        for (int i = 0; i < time.length; i++) {
            double event = exponential(random, 24);
            double cancelled = exponential(random, 48);
            double censored = exponential(random, 72);
            double first = Math.min(event, Math.min(cancelled, censored));
            time[i] = Math.ceil(first);
            status[i] = first == event ? 1 : first == cancelled ? 2 : 0;
        }
        return LifeTable.of(time, status);
    }

    private static double exponential(RandomGenerator random, double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }

    private static boolean restrictedMeans(RandomGenerator random) {
        RestrictedMean control =
                RestrictedMean.of(IncidenceCurve.of(waiting(random)).orElseThrow(), 48);
        RestrictedMean treatment =
                RestrictedMean.of(IncidenceCurve.of(waiting(random)).orElseThrow(), 48);
        return VisitorScenarios.claims(RestrictedMean.difference(control, treatment, Significance.DEFAULT));
    }

    private static boolean elasticity(RandomGenerator random) {
        Proportion low = Draws.conversions(random, 3000, 0.06);
        Proportion high = Draws.conversions(random, 3000, 0.05);
        double truth = Math.log(0.05 / 0.06) / Math.log(5.99 / 4.99);
        return VisitorScenarios.misses(
                TwoPriceElasticity.withDefaults()
                        .logRatio(
                                new PriceArm(4.99, low.n(), low.successes()),
                                new PriceArm(5.99, high.n(), high.successes())),
                truth);
    }

    private static boolean demand(RandomGenerator random) {
        long[] sales = new long[40];
        long[] stock = new long[sales.length];
        for (int i = 0; i < sales.length; i++) {
            stock[i] = 10;
            sales[i] = Math.min(stock[i], poisson(random, 9));
        }
        return CensoredPoisson.of(sales, stock)
                .value()
                .map(fit -> Math.abs(fit.lambda() - 9) > 1.959963984540054 * fit.stdError())
                .orElse(false);
    }

    private static long poisson(RandomGenerator random, double mean) {
        long events = -1;
        for (double clock = 0; clock <= mean; clock += exponential(random, 1)) {
            events++;
        }
        return events;
    }

    private static boolean posterior(RandomGenerator random) {
        double truth = 0.02 + 0.05 * random.nextGaussian();
        double estimate = truth + 0.04 * random.nextGaussian();
        return !NormalPosterior.withPrior(estimate, 0.04, 0.02, 0.05)
                .orElseThrow()
                .interval(0.05)
                .contains(truth);
    }

    private static boolean holm(RandomGenerator random) {
        double[] p = IntStream.range(0, 5)
                .mapToDouble(i -> Significance.DEFAULT.normalPValue(random.nextGaussian()))
                .toArray();
        for (double adjusted : PValueAdjustment.HOLM.adjust(p)) {
            if (adjusted <= 0.05) {
                return true;
            }
        }
        return false;
    }

    private static boolean bestExcluded(RandomGenerator random) {
        double[] truth = {0, 0.5, 1, 2, 2, 1.5};
        List<ArmEstimate> arms = IntStream.range(0, truth.length)
                .mapToObj(i -> new ArmEstimate(1000, truth[i] + random.nextGaussian(), 1))
                .toList();
        return !ComparisonWithBest.of(arms, 0.05).orElseThrow().get(3).couldBeBest();
    }
}
