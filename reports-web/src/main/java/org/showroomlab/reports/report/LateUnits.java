package org.showroomlab.reports.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Variant;
import org.showroomlab.jobs.results.UnitStatistic;
import org.showroomlab.reports.store.KnownUnits;
import org.showroomlab.reports.store.StoreReader;
import org.showroomlab.stats.arms.Proportion;
import org.showroomlab.stats.arms.ProportionTest;
import org.showroomlab.stats.verdict.Finding;

/**
 * Whether one arm's units come later than another's: then the newest cohorts are not complete in the same way, and compare
 * unlike with unlike.
 *
 * <p>The ledger knows how many units of each arm a look had of the cohorts that were over; more of the same cohorts by now
 * have come since. The look is the newest that is old enough for a showroom to have synced. When events were <em>sent</em>
 * nobody can tell from the events, and what follows from them must not depend on when they came: so this is said of the
 * looks, where cohorts are counted, and by nothing else.
 */
final class LateUnits {
    private LateUnits() {}

    static Stream<Finding> findings(StoreReader reader, Experiment experiment, ExperimentSums sums, Instant asOf) {
        if (experiment.cohortMillis() == 0 || SyncedShowrooms.graceIsOver(experiment, asOf)) {
            return Stream.empty();
        }
        return reader.unitsKnown(experiment.id(), asOf.minus(SyncedShowrooms.tolerance(experiment))).stream()
                // A look from before the experiment's file was corrected may know other arms.
                .filter(known -> experiment.variants().stream()
                        .allMatch(variant -> known.byVariant().containsKey(variant.id())))
                .flatMap(known -> since(known, experiment, sums));
    }

    private static Stream<Finding> since(KnownUnits known, Experiment experiment, ExperimentSums sums) {
        OptionalInt cohorts = Information.maturedCohorts(experiment, sums, known.asOf(), Status.RUNNING);
        if (cohorts.isEmpty()) {
            return Stream.empty();
        }
        Map<Boolean, List<Variant>> arms =
                experiment.variants().stream().collect(Collectors.partitioningBy(Variant::control));
        List<Variant> treatments = arms.getOrDefault(false, List.of());
        Proportion control = late(
                known,
                sums,
                cohorts.getAsInt(),
                arms.getOrDefault(true, List.of()).get(0));
        // A report is read on many days, as the arms' sizes are.
        double tests = treatments.size()
                * Math.max(
                        1,
                        Duration.between(experiment.start(), experiment.end()).toHours() / 24.0);
        return treatments.stream()
                .map(variant -> late(known, sums, cohorts.getAsInt(), variant))
                .flatMap(treatment -> lateness(control, treatment, tests).stream())
                .min(Comparator.comparingDouble(Finding.DifferentialLateness::pValue))
                .map(Finding.class::cast)
                .stream();
    }

    private static List<Finding.DifferentialLateness> lateness(Proportion control, Proportion treatment, double tests) {
        return ProportionTest.withDefaults()
                .difference(control, treatment)
                .map(effect -> new Finding.DifferentialLateness(
                        control.share(), treatment.share(), Math.min(1, tests * effect.pValue())))
                .value()
                .map(List::of)
                .orElse(List.of());
    }

    /** Of the units of these cohorts, those that came since; who turned out to be mixed since makes it fewer. */
    private static Proportion late(KnownUnits known, ExperimentSums sums, int cohorts, Variant variant) {
        long now = Math.max(
                0,
                sums.totalOfCohortsBefore(cohorts, UnitStatistic.UNITS, variant.id())
                        .n());
        long before = known.byVariant().getOrDefault(variant.id(), 0L);
        return new Proportion(now, Math.max(0, now - before));
    }
}
