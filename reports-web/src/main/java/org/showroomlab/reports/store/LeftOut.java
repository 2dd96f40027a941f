package org.showroomlab.reports.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.ResultRow;

/**
 * The experiments that the last submission of their job left out, and how far they were counted: what comes later under the
 * job's name says nothing of them. Always inside the caller's transaction.
 */
final class LeftOut {
    private static final long NOTHING = Long.MIN_VALUE;

    private LeftOut() {}

    /** The newest event of each feed's accounting, in epoch milliseconds. */
    static Map<String, Long> newestByFeed(Connection connection) throws SQLException {
        Map<String, Long> newest = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select feed, max(newest_millis) from accounting_rows group by feed")) {
            while (rows.next()) {
                newest.put(rows.getString(1), rows.getLong(2));
            }
        }
        return newest;
    }

    /**
     * Keeps those that are left out now.
     *
     * @param newestBefore by feed, before jobs began that are said to begin now
     * @param saidByFeed what their jobs said at the same time, perhaps since
     */
    static void put(
            Connection connection, LiveOwners owners, Map<String, Long> newestBefore, Map<String, LiveRows> saidByFeed)
            throws SQLException {
        Map<String, LiveOwners.Owner> leftOut = owners.leftOut();
        Set<String> known = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select experiment from left_out")) {
            while (rows.next()) {
                known.add(rows.getString(1));
            }
        }
        for (String experiment : known) {
            if (!leftOut.containsKey(experiment)) {
                forget(connection, experiment);
            }
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into left_out values (?, ?)")) {
            for (Map.Entry<String, LiveOwners.Owner> each : leftOut.entrySet()) {
                if (!known.contains(each.getKey())) {
                    String feed = each.getValue().feed();
                    long newest = Math.max(
                            newestBefore.getOrDefault(feed, NOTHING),
                            newest(saidByFeed.get(feed), each.getValue().jobId()));
                    insert.setString(1, each.getKey());
                    // A clock may be ahead.
                    insert.setLong(2, newest == NOTHING ? 0 : Math.min(newest, System.currentTimeMillis()));
                    insert.execute();
                }
            }
        }
    }

    private static long newest(@Nullable LiveRows said, String jobId) {
        Collection<? extends ResultRow> rows =
                said == null ? null : said.rowsByJobId().get(jobId);
        return rows == null
                ? NOTHING
                : rows.stream()
                        .filter(AccountingRow.class::isInstance)
                        .mapToLong(row -> ((AccountingRow) row).newestMillis())
                        .max()
                        .orElse(NOTHING);
    }

    static void forget(Connection connection, String experiment) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from left_out where experiment = ?")) {
            delete.setString(1, experiment);
            delete.execute();
        }
    }

    static void forgetAll(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("delete from left_out");
        }
    }
}
