package org.showroomlab.reports.export;

/** A format that this version cannot write. */
public final class FormatNotAvailable extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    FormatNotAvailable(String name, String available) {
        super("format '" + name + "' is not available in this version; available: " + available);
    }
}
