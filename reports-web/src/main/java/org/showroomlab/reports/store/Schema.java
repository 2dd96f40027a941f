package org.showroomlab.reports.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.showroomlab.ingest.experiment.LogBuckets;

/** The tables and views of a store, made once per file. */
final class Schema {
    private static final int VERSION = 11;

    private Schema() {}

    /**
     * Makes what is missing; refuses a file that a newer version of this schema made, or somebody else. An older file stays
     * as it is otherwise: what its version did not count has no rows.
     */
    static void prepare(Connection connection, String name) throws SQLException {
        int found = version(connection);
        if (found == VERSION) {
            return;
        }
        if (found > VERSION) {
            throw new StoreUnavailable(name + " was written by a newer version of this program (store version " + found
                    + ", this one is " + VERSION + "); use another --db file and run the events again");
        }
        if (found == 0 && holdsTables(connection)) {
            throw new StoreUnavailable(name + " is a database of something else: it has tables, and none of ours");
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements()) {
                statement.execute(sql);
            }
            insertBucketBounds(connection);
            new ExperimentRegistry(connection).renewPlans();
            LookDigests.renew(connection);
            statement.execute("insert into store_version values (" + VERSION + ")");
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static void insertBucketBounds(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("delete from bucket_bounds");
        }
        try (DuckDBAppender appender =
                connection.unwrap(DuckDBConnection.class).createAppender("main", "bucket_bounds")) {
            for (int bucket = 1; bucket <= LogBuckets.positiveBuckets(); bucket++) {
                appender.beginRow()
                        .append(bucket)
                        .append(LogBuckets.lowerBound(bucket))
                        .append(LogBuckets.upperBound(bucket))
                        .endRow();
            }
        }
    }

    private static boolean holdsTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select 1 from duckdb_tables() where not temporary union all"
                        + " select 1 from duckdb_views() where not internal limit 1")) {
            return found.next();
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet table = statement.executeQuery(
                        "select count(*) from duckdb_tables() where table_name = 'store_version' and not temporary")) {
            table.next();
            if (table.getInt(1) == 0) {
                return 0;
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select max(version) from store_version")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static List<String> statements() {
        String withoutComments =
                resource().lines().filter(line -> !line.startsWith("--")).reduce("", (a, b) -> a + "\n" + b);
        return Arrays.stream(withoutComments.split(";\n"))
                .map(String::strip)
                .filter(sql -> !sql.isEmpty())
                .toList();
    }

    private static String resource() {
        try (InputStream in = Schema.class.getResourceAsStream("schema.sql")) {
            if (in == null) {
                throw new IllegalStateException("schema.sql is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
