package org.showroomlab.reports.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.jobs.results.ShowroomProgress;
import org.showroomlab.reports.store.DecisionSnapshot;
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
    static final Duration GRACE = DecisionSnapshot.GRACE;

    private static final Duration LONGEST_TOLERANCE = Duration.ofDays(1);

    private SyncedShowrooms() {}

    static Finding.Provisional provisional(Experiment experiment, Instant asOf, List<ShowroomProgress> showrooms) {
        List<ShowroomProgress> participating = showrooms.stream()
                .filter(s -> s.newestMillis() >= experiment.start().toEpochMilli())
                .toList();
        return new Finding.Provisional(behind(experiment, asOf, participating).size(), participating.size());
    }

    /** Those that take part and have not synced far enough yet. */
    static List<ShowroomProgress> behind(
            Experiment experiment, @Nullable Instant asOf, List<ShowroomProgress> showrooms) {
        if (asOf == null || graceIsOver(experiment, asOf)) {
            return List.of();
        }
        Instant due = asOf.isBefore(experiment.observeUntil()) ? asOf : experiment.observeUntil();
        long late = due.minus(tolerance(experiment)).toEpochMilli();
        return showrooms.stream()
                .filter(s -> s.newestMillis() >= experiment.start().toEpochMilli() && s.newestMillis() < late)
                .toList();
    }

    /** Whether nobody is waited for any more. */
    static boolean graceIsOver(Experiment experiment, @Nullable Instant asOf) {
        return asOf != null && !asOf.isBefore(waitsUntil(experiment));
    }

    /** When nobody is waited for any more. */
    static Instant waitsUntil(Experiment experiment) {
        return experiment.observeUntil().plus(GRACE);
    }

    /** How much later than its newest event a showroom may have gone on without a word. */
    static Duration tolerance(Experiment experiment) {
        Duration quarter =
                Duration.between(experiment.start(), experiment.end()).dividedBy(4);
        return quarter.compareTo(LONGEST_TOLERANCE) < 0 ? quarter : LONGEST_TOLERANCE;
    }
}
