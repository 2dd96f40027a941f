package org.showroomlab.app.crash;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Everything that two databases say of the same events, row by row. */
final class DatabaseComparison {
    /** Where records came from differs between topics and files; what became of them must not. */
    private static final String ACCOUNTING = "select sum(received) as received, sum(counted) as counted,"
            + " sum(in_no_experiment) as in_no_experiment, sum(duplicates) as duplicates,"
            + " sum(conflicting_duplicates) as conflicting_duplicates, sum(dead_lettered) as dead_lettered,"
            + " sum(unknown_exposures) as unknown_exposures, max(newest_millis) as newest_millis"
            + " from %s.accounting_rows";

    private static final String DEAD_LETTERS = "select code, field, detail, record from %s.dead_letter_rows";

    private static final List<String> TABLES = List.of(
            "unit_increments", "cluster_increments", "histogram_increments", "life_increments", "stock_increments");

    private final Statement statement;

    /**
     * One thing that was compared.
     *
     * @param rows of the undisturbed database
     * @param missing rows that only the undisturbed database has
     * @param wrong rows that only the disturbed database has
     */
    record Difference(String what, long rows, long missing, long wrong) {
        boolean isNone() {
            return missing == 0 && wrong == 0;
        }
    }

    private DatabaseComparison(Statement statement) {
        this.statement = statement;
    }

    static List<Difference> of(Path undisturbed, Path disturbed) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("attach '" + undisturbed + "' as undisturbed (read_only)");
            statement.execute("attach '" + disturbed + "' as disturbed (read_only)");
            return new DatabaseComparison(statement).differences();
        }
    }

    private List<Difference> differences() throws SQLException {
        List<Difference> differences = new ArrayList<>();
        for (String table : TABLES) {
            if (number("select count(*) from duckdb_tables() where database_name = 'undisturbed' and table_name = '"
                            + table + "'")
                    == 1) {
                differences.add(difference(table, "select * from %s." + table));
            }
        }
        differences.add(difference("dead letters", DEAD_LETTERS));
        differences.add(difference("accounting", ACCOUNTING));
        differences.add(new Difference(
                "accounting closes",
                1,
                0,
                number("select count(*) from (" + ACCOUNTING.formatted("disturbed")
                        + ") where received <> counted + in_no_experiment + duplicates + dead_lettered")));
        return differences;
    }

    private Difference difference(String what, String query) throws SQLException {
        String good = query.formatted("undisturbed");
        String other = query.formatted("disturbed");
        return new Difference(
                what,
                number("select count(*) from (" + good + ")"),
                number("select count(*) from (" + good + " except all " + other + ")"),
                number("select count(*) from (" + other + " except all " + good + ")"));
    }

    private long number(String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
