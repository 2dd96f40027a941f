package org.showroomlab.reports.store;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what DuckDB says about a file it cannot open into a sentence for the person who named the file. */
public final class OpenFailure {
    private static final Pattern HOLDER = Pattern.compile("\\(PID (\\d+)\\)");

    private OpenFailure() {}

    /** The exception to throw for the file of that name. */
    public static StoreUnavailable explain(String name, SQLException cause) {
        return new StoreUnavailable(sentence(name, String.valueOf(cause.getMessage())), cause);
    }

    private static String sentence(String name, String message) {
        if (message.contains("Could not set lock")) {
            Matcher holder = HOLDER.matcher(message);
            String who = holder.find() ? "process " + holder.group(1) : "another process";
            return name + " is held by " + who
                    + "; while it is written only one process can have it open, so end that one first";
        }
        if (message.contains("not a valid DuckDB database") || message.contains("sqlite_scanner")) {
            return name + " is not a DuckDB database";
        }
        if (message.contains("Permission denied")) {
            return name + " cannot be opened: permission denied";
        }
        return name + " cannot be opened: " + message.lines().findFirst().orElse("unknown reason");
    }
}
