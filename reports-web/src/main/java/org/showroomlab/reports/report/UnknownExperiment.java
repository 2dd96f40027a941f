package org.showroomlab.reports.report;

import java.util.List;

/** An id that no stored experiment has. */
public final class UnknownExperiment extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> known;

    public UnknownExperiment(String id, List<String> known) {
        super("there is no experiment '" + id + "'; "
                + (known.isEmpty() ? "the file has none" : "there are: " + String.join(", ", known)));
        this.known = List.copyOf(known);
    }

    /** The ids that there are. */
    public List<String> known() {
        return known;
    }
}
