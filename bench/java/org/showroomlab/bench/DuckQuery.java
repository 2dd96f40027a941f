package org.showroomlab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** {@code SCRIPT EVENTS_GLOB DATABASE}: a script over event files in DuckDB, timed. */
final class DuckQuery {
    private DuckQuery() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        String script = Files.readString(Path.of(arguments[0])).replace("@EVENTS@", arguments[1]);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + arguments[2]);
                Statement statement = connection.createStatement()) {
            statement.execute("set threads = " + Backfill.THREADS);
            Stopwatch watch = Stopwatch.start();
            statement.execute(script);
            watch.print("query");
        }
    }
}
