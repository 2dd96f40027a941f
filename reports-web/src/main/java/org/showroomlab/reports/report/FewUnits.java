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
 * A proportion's own test is exact where it must be, and those of clusters know how few they are.
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
        return smallest <= level
                ? Optional.empty()
                : Optional.of(Computable.notComputable(
                        "not_enough_data",
                        String.format(
                                Locale.ROOT,
                                "The arms have %d and %d units%s: no assignment of so few is rarer than p = %.2g.",
                                control,
                                treatment,
                                isOfEvents(metric) ? " with anything to divide by" : "",
                                smallest)));
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
