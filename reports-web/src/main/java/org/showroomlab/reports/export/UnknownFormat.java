package org.showroomlab.reports.export;

/** A format that reports cannot be had in. */
public final class UnknownFormat extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnknownFormat(String name, String available) {
        super("there is no format '" + name + "'; available: " + available);
    }
}
