package org.showroomlab.reports.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.jobs.results.ShowroomProgress;
import org.showroomlab.stats.verdict.Finding;

/**
 * Whether the showrooms that take part have sent what they know.
 *
 * <p>A showroom takes part when its newest event is not before the experiment's start. It is behind when that event is
 * more than a day before the time of the report (a quarter of the length of an experiment of less than four days), or
 * before the end of the outcomes when that has passed: without a message a quiet showroom cannot be told from one that is
 * offline. {@link #GRACE} after the end of the outcomes nobody is waited for any more.
 */
final class SyncedShowrooms {
    /** How long after {@code observe_until} a showroom may still send. */
    static final Duration GRACE = Duration.ofDays(14);

    private static final Duration LONGEST_TOLERANCE = Duration.ofDays(1);

    private SyncedShowrooms() {}

    static Finding.Provisional provisional(Experiment experiment, Instant asOf, List<ShowroomProgress> showrooms) {
        List<ShowroomProgress> participating = showrooms.stream()
                .filter(s -> s.newestMillis() >= experiment.start().toEpochMilli())
                .toList();
        if (!asOf.isBefore(experiment.observeUntil().plus(GRACE))) {
            return new Finding.Provisional(0, participating.size());
        }
        Instant due = asOf.isBefore(experiment.observeUntil()) ? asOf : experiment.observeUntil();
        long late = due.minus(tolerance(experiment)).toEpochMilli();
        long behind =
                participating.stream().filter(s -> s.newestMillis() < late).count();
        return new Finding.Provisional((int) behind, participating.size());
    }

    private static Duration tolerance(Experiment experiment) {
        Duration quarter =
                Duration.between(experiment.start(), experiment.end()).dividedBy(4);
        return quarter.compareTo(LONGEST_TOLERANCE) < 0 ? quarter : LONGEST_TOLERANCE;
    }
}
