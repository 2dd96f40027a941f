package org.showroomlab.reports.report;

import java.util.Locale;

/** Whether more outcomes can come. */
public enum Status {
    /** Events before {@code observe_until} may still arrive. */
    RUNNING,
    /** The report is as of {@code observe_until} or later. */
    ENDED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
