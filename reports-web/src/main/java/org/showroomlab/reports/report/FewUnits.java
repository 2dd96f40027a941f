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
        Basis control = metric.judgedArm(comparison.control()).basis();
        Basis treatment = metric.judgedArm(comparison.variant()).basis();
        if (!divides(metric) && Math.min(control.units(), treatment.units()) < 2) {
            // has no standard error
            return Optional.empty();
        }
        double smallest = smallestPValue(metric, Math.round(control.units()), Math.round(treatment.units()));
        if (smallest > level) {
            return refused(
                    "The arms have %.0f and %.0f units%s: no assignment of so few is rarer than p = %.2g.",
                    control.units(),
                    treatment.units(),
                    divides(metric) ? " in effect with anything to divide by" : "",
                    smallest);
        }
        double carriers = control.carriers() + treatment.carriers();
        double exposed = metric.judgedArm(comparison.control()).units();
        double all = exposed + metric.judgedArm(comparison.variant()).units();
        double rarest = allInOneArm(carriers, exposed / all);
        return rarest > level
                ? refused(
                        "In effect at most %.0f units make the difference: by chance all of so few are in one arm with p = %.2g.",
                        carriers, rarest)
                : Optional.empty();
    }

    /** A number that divides takes its spread from all units, also where one arm has few that say anything. */
    private static double smallestPValue(MetricReport metric, long control, long treatment) {
        if (!divides(metric)) {
            return RandomizationTest.smallestPValue(control, treatment);
        }
        long fewer = Math.min(control, treatment);
        return fewer < 2 ? 1 : RandomizationTest.smallestPValue(fewer, fewer);
    }

    private static <T> Optional<Computable<T>> refused(String text, Object... arguments) {
        return Optional.of(Computable.notComputable("not_enough_data", String.format(Locale.ROOT, text, arguments)));
    }

    /** Two-sided, of the arm in which it is rarer. */
    private static double allInOneArm(double carriers, double shareOfOne) {
        return Math.min(1, 2 * Math.pow(Math.min(shareOfOne, 1 - shareOfOne), carriers));
    }

    private static boolean divides(MetricReport metric) {
        return metric.metric().type() == Metric.Type.RATIO || metric.metric().type() == Metric.Type.SHARE;
    }
}
