package org.showroomlab.app.crash;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything that two databases say of the same events, row by row. Not compared are:
 *
 * <ul>
 *   <li>the columns {@code feed}, {@code source} and {@code position}: the one was fed by a run over files, the other by a
 *       job over topics. What became of records is added up over their sources, and dead letters are compared by their
 *       reasons and bytes.
 *   <li>{@code run_as_of} and {@code run_counted_at}: when that run was.
 *   <li>{@code as_known} and {@code last_look}: looks go by the clock on the wall.
 *   <li>{@code result_offsets}, {@code result_cluster} and {@code live_owners}: how far a topic has been read and whose rows
 *       stand; a run over files has none, and how often a job that was killed says a row again is chance.
 *   <li>{@code between_states}: a job says that all is counted a moment before the brokers are asked whether more was there.
 * </ul>
 */
final class DatabaseComparison {
    /** What is compared of each table; {@code %s} stands for the database. */
    private static final Map<String, String> COMPARED = new TreeMap<>(Map.ofEntries(
            whole("store_version"),
            Map.entry(
                    "experiment_files", "select * exclude (feed, run_as_of, run_counted_at) from %s.experiment_files"),
            whole("experiment_variants"),
            whole("experiment_metrics"),
            whole("experiment_days"),
            whole("bucket_bounds"),
            whole("unit_increments"),
            whole("cluster_increments"),
            whole("histogram_increments"),
            whole("life_increments"),
            whole("stock_increments"),
            whole("left_out"),
            Map.entry("showroom_progress", "select * exclude (feed) from %s.showroom_progress"),
            // Late are those that came after their experiments were let go, and a quarter has nobody that slow: 0 on
            // both sides.
            Map.entry(
                    "accounting_rows",
                    "select sum(received) as received, sum(counted) as counted,"
                            + " sum(in_no_experiment) as in_no_experiment, sum(duplicates) as duplicates,"
                            + " sum(conflicting_duplicates) as conflicting_duplicates,"
                            + " sum(dead_lettered) as dead_lettered, sum(late) as late,"
                            + " sum(unknown_exposures) as unknown_exposures, max(newest_millis) as newest_millis"
                            + " from %s.accounting_rows"),
            Map.entry("dead_letter_rows", "select code, field, detail, record from %s.dead_letter_rows")));

    private static final Set<String> NOT_COMPARED =
            Set.of("as_known", "last_look", "between_states", "result_offsets", "result_cluster", "live_owners");

    private static Map.Entry<String, String> whole(String table) {
        return Map.entry(table, "select * from %s." + table);
    }

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
        requireKnownTables();
        List<Difference> differences = new ArrayList<>();
        for (Map.Entry<String, String> table : COMPARED.entrySet()) {
            differences.add(difference(table.getKey(), table.getValue()));
        }
        differences.add(new Difference(
                "accounting closes",
                1,
                0,
                number("select count(*) from disturbed.accounting_rows"
                        + " where received <> counted + in_no_experiment + duplicates + dead_lettered")));
        return differences;
    }

    /** A table that is not there would say the same on both sides, and so would one that nobody thought of. */
    private void requireKnownTables() throws SQLException {
        Set<String> known = new TreeSet<>(COMPARED.keySet());
        known.addAll(NOT_COMPARED);
        for (String database : List.of("undisturbed", "disturbed")) {
            Set<String> present = tables(database);
            if (!present.equals(known)) {
                throw new IllegalStateException(
                        "the " + database + " database has the tables " + present + "; compared are those of " + known);
            }
        }
    }

    private Set<String> tables(String database) throws SQLException {
        Set<String> tables = new TreeSet<>();
        try (ResultSet rows = statement.executeQuery(
                "select table_name from duckdb_tables() where database_name = '" + database + "'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
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
