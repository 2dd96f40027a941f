package org.showroomlab.reports.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.showroomlab.jobs.results.ResultCodec;

/**
 * Where rows come from: a live job, or a run. What belongs to no experiment (accounting, dead letters, the showrooms'
 * progress) is kept per feed, and leaves with it. Always inside the caller's transaction.
 */
final class Feeds {
    /** The feed of the job that counts every experiment, live; other live feeds begin with this. */
    static final String LIVE = "live";

    static final String IS_LIVE = "(feed = '" + LIVE + "' or feed like '" + LIVE + ":%')";

    private static final String IS_ABANDONED = "feed not in (select feed from experiment_files)";

    private final Connection connection;

    Feeds(Connection connection) {
        this.connection = connection;
    }

    /** The feed of what a named job says live. */
    static String live(String job) {
        return job.equals(ResultCodec.DEFAULT_JOB) ? LIVE : LIVE + ":" + job;
    }

    void drop(String feed) throws SQLException {
        dropWhere("feed = ?", feed);
    }

    void dropLive() throws SQLException {
        dropWhere(IS_LIVE);
    }

    /** Drops a feed that no experiment is counted from any more. */
    void dropAbandoned(String feed) throws SQLException {
        dropWhere("feed = ? and " + IS_ABANDONED, feed);
    }

    /** Drops the feeds of runs that no experiment is counted from any more. */
    void dropAbandonedRuns() throws SQLException {
        dropWhere("not " + IS_LIVE + " and " + IS_ABANDONED);
    }

    /** Drops what the next submission of the feed's job says anew. */
    void dropOfJob(String feed) throws SQLException {
        drop(RowTable.of(RowTable.Owner.JOB), "feed = ?", feed);
    }

    private void dropWhere(String condition, String... parameters) throws SQLException {
        drop(RowTable.of(RowTable.Owner.FEED), condition, parameters);
        drop(RowTable.of(RowTable.Owner.JOB), condition, parameters);
    }

    private void drop(List<RowTable> tables, String condition, String... parameters) throws SQLException {
        for (RowTable table : tables) {
            try (PreparedStatement statement =
                    connection.prepareStatement("delete from " + table.table() + " where " + condition)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setString(i + 1, parameters[i]);
                }
                statement.execute();
            }
        }
    }
}
