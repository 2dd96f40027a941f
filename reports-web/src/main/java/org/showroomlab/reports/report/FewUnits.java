package org.showroomlab.reports.report;

import java.util.Locale;
import java.util.Optional;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Experiment.UnitKind;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.clusters.RandomizationTest;

/**
 * Of very few units no assignment is as rare as the level: what says more rests on a distribution that they cannot show.
 * The same goes for many units of which few have anything: four equal payments in one of two arms are two standard errors,
 * and come by chance once in eight times. A proportion's own test is exact where it must be, and those of clusters know how
 * few they are.
 */
final class FewUnits {
    private FewUnits() {}

    /**
     * Why the difference decides nothing, if so.
     *
     * @param level two-sided
     */
    static <T> Optional<Computable<T>> refusal(
            Experiment experiment, MetricReport metric, Comparison comparison, double level) {
        if (experiment.unit() != UnitKind.VISITOR || metric.metric().type() == Metric.Type.PROPORTION) {
            return Optional.empty();
        }
        long control = units(metric, comparison.control());
        long treatment = units(metric, comparison.variant());
        if (control < 2 || treatment < 2) {
            return Optional.empty();
        }
        double smallest = RandomizationTest.smallestPValue(control, treatment);
        if (smallest > level) {
            return refused(
                    "The arms have %d and %d units%s: no assignment of so few is rarer than p = %.2g.",
                    control, treatment, isOfEvents(metric) ? " with anything to divide by" : "", smallest);
        }
        long events = metric.judgedArm(comparison.control()).events()
                + metric.judgedArm(comparison.variant()).events();
        double rarest = allInOneArm(events, (double) control / (control + treatment));
        return metric.metric().type() == Metric.Type.MEAN && rarest > level
                ? refused(
                        "All units but at most %d have nothing: all of so few are in one arm by chance with p = %.2g.",
                        events, rarest)
                : Optional.empty();
    }

    private static <T> Optional<Computable<T>> refused(String text, Object... arguments) {
        return Optional.of(Computable.notComputable("not_enough_data", String.format(Locale.ROOT, text, arguments)));
    }

    /** Two-sided, of the arm in which it is rarer. */
    private static double allInOneArm(long units, double shareOfOne) {
        return Math.min(1, 2 * Math.pow(Math.min(shareOfOne, 1 - shareOfOne), (double) units));
    }

    /** Of a ratio those without a denominator say nothing; there are no more with one than events. */
    private static long units(MetricReport metric, String variant) {
        ArmReport arm = metric.judgedArm(variant);
        return isOfEvents(metric) ? Math.min(arm.units(), arm.events()) : arm.units();
    }

    private static boolean isOfEvents(MetricReport metric) {
        return metric.metric().type() == Metric.Type.RATIO || metric.metric().type() == Metric.Type.SHARE;
    }
}
