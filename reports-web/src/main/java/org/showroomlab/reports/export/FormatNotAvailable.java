package org.showroomlab.reports.export;

/** A format that reports are to have, and that this version cannot write yet. */
public final class FormatNotAvailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FormatNotAvailable(String name, String available) {
        super("format '" + name + "' is not available in this version; available: " + available);
    }
}
