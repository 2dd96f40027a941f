package org.showroomlab.reports.verify;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.showroomlab.reports.verify.Verification.TableAgreement;

/** Compares recomputed tables with stored ones, row by row and column by column. */
final class Comparison {
    private static final String ABSENT = "no row";
    private static final String PRESENT = "a row";

    private final Connection connection;
    private final Script script;
    private final String experiments;
    private final String allFeeds;
    private String feeds;
    private final List<TableAgreement> agreements = new ArrayList<>();
    private final Consumer<Difference> found;

    Comparison(
            Connection connection,
            Collection<String> experiments,
            Collection<String> feeds,
            Consumer<Difference> found) {
        this.connection = connection;
        this.script = new Script(connection);
        this.experiments = Sql.texts(experiments);
        // An empty list is no SQL.
        this.allFeeds = feeds.isEmpty() ? "null" : Sql.texts(feeds);
        this.feeds = allFeeds;
        this.found = found;
    }

    List<TableAgreement> agreements() {
        return agreements;
    }

    /** Compares what the table holds of one feed. */
    void compare(ComparedTable table, String feed) throws SQLException {
        feeds = Sql.text(feed);
        compare(table);
        feeds = allFeeds;
    }

    void compare(ComparedTable table) throws SQLException {
        pair(table);
        long agreeing;
        long differing;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*) filter (where differing = 0), coalesce(sum(differing), 0)::bigint from"
                                + " paired")) {
            row.next();
            agreeing = row.getLong(1);
            differing = row.getLong(2);
        }
        agreements.add(new TableAgreement(table.name(), agreeing, differing));
        if (differing > 0) {
            name(table);
        }
    }

    /** Pairs the rows by key; a second row with the same key has no partner. */
    private void pair(ComparedTable table) throws SQLException {
        String keys = names(table.keys(), "%s");
        String unequal = table.values().stream()
                .map(Sql::name)
                .map(c -> "(r." + c + "::varchar is distinct from s." + c + "::varchar)::integer")
                .collect(Collectors.joining(" + ", "0 + ", ""))
                .replaceFirst(" \\+ $", "");
        script.execute("create or replace temp table paired as"
                + " with r as (" + side(table, filled(table.recomputed())) + "), s as (" + side(table, stored(table))
                + ") select " + keys
                + table.values().stream()
                        .map(Sql::name)
                        .map(c -> ", r." + c + " as " + prefixed("r", c) + ", s." + c + " as " + prefixed("s", c))
                        .collect(Collectors.joining())
                + ", r.here is not null as recomputed_here, s.here is not null as stored_here,"
                + " case when r.here and s.here then " + unequal + " else 1 end as differing"
                + " from r full join s using (" + keys + ", copy)");
    }

    private static String side(ComparedTable table, String rows) {
        return "select *, row_number() over (partition by " + names(table.keys(), "%s")
                + ") as copy, true as here from (" + rows + ")";
    }

    private static String prefixed(String side, String column) {
        return Sql.name(side + "_" + column.replace("\"", ""));
    }

    /** The stored rows; a table that is not there has none. */
    private String stored(ComparedTable table) throws SQLException {
        return isStored(connection, table)
                ? filled(table.stored())
                : "select * from (" + filled(table.recomputed()) + ") where false";
    }

    static boolean isStored(Connection connection, ComparedTable table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*) from duckdb_tables() where database_name = 'stored' and table_name = "
                                + Sql.text(table.name()))) {
            row.next();
            return row.getInt(1) > 0;
        }
    }

    private String filled(String query) {
        return query.replace("${experiments}", experiments).replace("${feeds}", feeds);
    }

    private static String names(List<String> columns, String format) {
        return columns.stream().map(c -> String.format(format, Sql.name(c))).collect(Collectors.joining(", "));
    }

    private void name(ComparedTable table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select * from paired where differing > 0 order by " + names(table.keys(), "%s"))) {
            while (row.next()) {
                differencesOf(table, row).forEach(found);
            }
        }
    }

    private static List<Difference> differencesOf(ComparedTable table, ResultSet row) throws SQLException {
        List<String> parts = new ArrayList<>();
        for (String column : table.keys()) {
            parts.add(column + "=" + row.getString(column));
        }
        String key = String.join(", ", parts);
        boolean recomputed = row.getBoolean("recomputed_here");
        boolean stored = row.getBoolean("stored_here");
        List<Difference> found = new ArrayList<>();
        if (!recomputed || !stored) {
            found.add(
                    new Difference(table.name(), key, "row", stored ? PRESENT : ABSENT, recomputed ? PRESENT : ABSENT));
            return found;
        }
        for (String column : table.values()) {
            String before = String.valueOf(row.getString("s_" + column));
            String now = String.valueOf(row.getString("r_" + column));
            if (!before.equals(now)) {
                found.add(new Difference(table.name(), key, column, before, now));
            }
        }
        return found;
    }
}
