package org.showroomlab.reports.store;

import java.sql.SQLException;

/** A statement that the open database refused; what was stored before is untouched. */
public final class StoreFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreFailed(String what, SQLException cause) {
        super(what + ": " + firstLine(cause), cause);
    }

    private static String firstLine(SQLException cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
