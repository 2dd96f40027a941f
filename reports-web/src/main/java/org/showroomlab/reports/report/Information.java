package org.showroomlab.reports.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Experiment.UnitKind;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.jobs.results.UnitStatistic;

/**
 * How much of what an experiment is going to know is known.
 *
 * <p>A unit is mature when the longest outcome window of the metrics that decide is over for it; by whole days, since
 * that is how exposures are kept, so that a unit is never called mature too early. After {@code observe_until} all are.
 *
 * @param units exposed so far
 * @param matured of those
 * @param planned units at the end of the experiment, at the rate so far
 * @param windowHours the longest window; 0 without one
 */
public record Information(long units, long matured, long planned, int windowHours) {

    static Information of(Experiment experiment, ExperimentSums sums, Instant asOf, Status status) {
        int windowHours = windowHours(experiment);
        long units = exposedBy(experiment, sums, LocalDate.MAX);
        LocalDate lastMature = LocalDate.ofInstant(asOf.minus(Duration.ofHours(windowHours)), experiment.timeZone())
                .minusDays(1);
        long matured = windowHours == 0 || status == Status.ENDED ? units : exposedBy(experiment, sums, lastMature);
        return new Information(units, Math.min(matured, units), planned(experiment, units, asOf), windowHours);
    }

    private static int windowHours(Experiment experiment) {
        return experiment.unit() != UnitKind.VISITOR
                ? 0
                : experiment.metrics().stream()
                        .filter(m -> m.role() != Metric.Role.SECONDARY)
                        .mapToInt(m -> m.windowHours().orElse(0))
                        .max()
                        .orElse(0);
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
