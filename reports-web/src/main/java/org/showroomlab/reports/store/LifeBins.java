package org.showroomlab.reports.store;

import java.time.Duration;
import org.showroomlab.ingest.experiment.Experiment;

/** How finely a life table divides time: fine enough for a drop, coarse enough for a quarter. */
public final class LifeBins {
    private static final Duration DROP = Duration.ofDays(4);
    private static final Duration MONTH = Duration.ofDays(31);

    private LifeBins() {}

    /** The length of a bin, by the time from the start until outcomes end. */
    public static Duration length(Experiment experiment) {
        Duration observed = Duration.between(experiment.start(), experiment.observeUntil());
        if (observed.compareTo(DROP) <= 0) {
            return Duration.ofMinutes(15);
        }
        return Duration.ofHours(observed.compareTo(MONTH) <= 0 ? 2 : 6);
    }
}
