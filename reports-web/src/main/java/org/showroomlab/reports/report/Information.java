package org.showroomlab.reports.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.jobs.results.UnitStatistic;

/**
 * How much of what an experiment is going to know is known.
 *
 * <p>A unit is mature when the longest outcome window of the metrics that decide is over for it; by whole cohorts where
 * they are counted, else by whole days, so that a unit is never called mature too early. After {@code observe_until} all
 * are.
 *
 * @param units exposed so far
 * @param matured of those
 * @param planned units at the end of the experiment, at the rate so far
 * @param windowHours the longest window; 0 without one
 * @param cut units whose window observation ended before, by whole cohorts or days: at most so many
 */
public record Information(long units, long matured, long planned, int windowHours, long cut) {

    static Information of(
            Experiment experiment, ExperimentSums sums, Instant asOf, Status status, OptionalInt maturedCohorts) {
        int windowHours = experiment.decidingWindowHours();
        long units = exposedBy(experiment, sums, LocalDate.MAX);
        LocalDate lastMature = LocalDate.ofInstant(asOf.minus(Duration.ofHours(windowHours)), experiment.timeZone())
                .minusDays(1);
        long matured = units;
        if (maturedCohorts.isPresent()) {
            matured = exposedInCohorts(experiment, sums, maturedCohorts.getAsInt());
        } else if (windowHours > 0 && status != Status.ENDED) {
            matured = exposedBy(experiment, sums, lastMature);
        }
        long cut = status == Status.ENDED ? cut(experiment, sums, units, Duration.ofHours(windowHours)) : 0;
        return new Information(
                units, Math.min(matured, units), planned(experiment, units, asOf), windowHours, Math.max(0, cut));
    }

    /** Nobody is exposed at the end or later, so that mostly there are none, whatever the last day or cohort has. */
    private static long cut(Experiment experiment, ExperimentSums sums, long units, Duration window) {
        Instant lastWhole = experiment.observeUntil().minus(window);
        if (!experiment.end().isAfter(lastWhole)) {
            return 0;
        }
        return units
                - (isCountedByCohorts(experiment, sums)
                        ? exposedInCohorts(experiment, sums, wholeCohorts(experiment, lastWhole))
                        : exposedBy(
                                experiment,
                                sums,
                                LocalDate.ofInstant(lastWhole, experiment.timeZone())
                                        .minusDays(1)));
    }

    /** How many cohorts have had the window; empty where none are counted, or where all units are mature. */
    static OptionalInt maturedCohorts(
            Experiment experiment, ExperimentSums sums, @Nullable Instant asOf, Status status) {
        return asOf == null || status == Status.ENDED || !isCountedByCohorts(experiment, sums)
                ? OptionalInt.empty()
                : OptionalInt.of(
                        wholeCohorts(experiment, asOf.minus(Duration.ofHours(experiment.decidingWindowHours()))));
    }

    private static boolean isCountedByCohorts(Experiment experiment, ExperimentSums sums) {
        return experiment.cohortMillis() != 0
                && !sums.valuesOf(Experiment.COHORT).isEmpty();
    }

    /** How many cohorts are over by then. */
    private static int wholeCohorts(Experiment experiment, Instant then) {
        long over = Duration.between(experiment.start(), then).toMillis();
        return (int) Math.max(0, Math.floorDiv(over, experiment.cohortMillis()));
    }

    private static long exposedInCohorts(Experiment experiment, ExperimentSums sums, int cohorts) {
        return experiment.variants().stream()
                .mapToLong(v -> Math.max(
                        0,
                        sums.totalOfCohortsBefore(cohorts, UnitStatistic.UNITS, v.id())
                                .n()))
                .sum();
    }

    private static long exposedBy(Experiment experiment, ExperimentSums sums, LocalDate day) {
        return experiment.variants().stream()
                .mapToLong(v -> Math.max(
                        0, sums.clock(UnitStatistic.UNITS, v.id()).asOf(day).n()))
                .sum();
    }

    private static long planned(Experiment experiment, long units, Instant asOf) {
        double whole = Duration.between(experiment.start(), experiment.end()).toMillis();
        double elapsed = Duration.between(experiment.start(), asOf).toMillis();
        double share = Math.min(1, elapsed / whole);
        return share > 0 ? Math.round(units / share) : units;
    }

    long immature() {
        return units - matured;
    }

    /** Matured units among the planned ones. */
    double fraction() {
        return planned == 0 ? 0 : Math.min(1, (double) matured / planned);
    }
}
