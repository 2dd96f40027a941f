package org.showroomlab.reports.report;

import java.time.Duration;
import org.showroomlab.ingest.experiment.Experiment;

/** How often what a report says goes into the append-only ledger. */
@FunctionalInterface
public interface LookSchedule {
    /** The longest experiment that counts as a drop. */
    Duration LONGEST_DROP = Duration.ofDays(4);

    /** Every minute of a drop, every hour of anything longer. */
    LookSchedule DEFAULT = experiment -> isDrop(experiment) ? Duration.ofMinutes(1) : Duration.ofHours(1);

    /** The same interval for all experiments. */
    static LookSchedule every(Duration interval) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("interval must be above 0: " + interval);
        }
        return experiment -> interval;
    }

    /** One look is kept in each interval of event time of this length, the first. */
    Duration interval(Experiment experiment);

    /** Whether exposures end within a few days. */
    static boolean isDrop(Experiment experiment) {
        return Duration.between(experiment.start(), experiment.end()).compareTo(LONGEST_DROP) <= 0;
    }
}
