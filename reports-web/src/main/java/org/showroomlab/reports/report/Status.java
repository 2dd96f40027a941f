package org.showroomlab.reports.report;

import java.util.Locale;

/** Whether more outcomes can come. */
public enum Status {
    /** Events before {@code observe_until} may still arrive. */
    RUNNING,
    /** The newest event is at or past {@code observe_until}. */
    ENDED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
