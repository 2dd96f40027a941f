package org.showroomlab.reports.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whose rows stand for each live experiment: those of the job that was submitted last, of all that count it. Rows of an
 * earlier one would stand among its own: a job that was submitted with other experiments, or from an older savepoint, does
 * not say again all that the one before has said. Always inside the caller's transaction.
 *
 * <p>The same holds for the accounting of one feed and how far its showrooms have synced: they are those of the job that was
 * submitted last under this name.
 *
 * <p>A job says that it begins whenever it goes back to a checkpoint, too. So every job is remembered with where it began
 * first: one that only recovers takes nothing from another.
 */
final class LiveOwners {
    /** @param since offset of its beginning */
    record Owner(String feed, String jobId, long since) {}

    /** Instead of an experiment: the accounting of a feed. */
    private static final String ACCOUNTING = "";

    private final Connection connection;
    private final Set<List<String>> known = new HashSet<>();
    private final Map<String, Owner> lastByExperiment = new HashMap<>();
    private final Map<String, Owner> lastByFeed = new HashMap<>();

    private LiveOwners(Connection connection) {
        this.connection = connection;
    }

    static LiveOwners read(Connection connection) throws SQLException {
        LiveOwners owners = new LiveOwners(connection);
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select experiment, feed, job_id, since_offset from live_owners")) {
            while (rows.next()) {
                owners.remember(rows.getString(1), new Owner(rows.getString(2), rows.getString(3), rows.getLong(4)));
            }
        }
        return owners;
    }

    private boolean remember(String experiment, Owner owner) {
        known.add(List.of(experiment, owner.jobId));
        boolean ofFeed = experiment.equals(ACCOUNTING);
        Map<String, Owner> lasts = ofFeed ? lastByFeed : lastByExperiment;
        String whose = ofFeed ? owner.feed : experiment;
        Owner last = lasts.get(whose);
        if (last != null && last.since >= owner.since) {
            return false;
        }
        lasts.put(whose, owner);
        return true;
    }

    /** Whether the accounting of the feed is this job's from now on, and was not before. */
    boolean beginAccounting(String feed, JobBeginning beginning) throws SQLException {
        return begin(ACCOUNTING, feed, beginning);
    }

    /** Whether the accounting of the feed is what this job says; those of earlier versions do not say their id. */
    boolean believesAccounting(String feed, String jobId) {
        Owner owner = lastByFeed.get(feed);
        return owner == null || jobId.isEmpty() || owner.jobId.equals(jobId);
    }

    /** Those that nobody counts any more: another submission under the name of their job has left them out. */
    Map<String, Owner> leftOut() {
        Map<String, Owner> leftOut = new TreeMap<>();
        lastByExperiment.forEach((experiment, owner) -> {
            Owner last = lastByFeed.get(owner.feed);
            if (last != null && !last.jobId.equals(owner.jobId)) {
                leftOut.put(experiment, owner);
            }
        });
        return leftOut;
    }

    /** Whether the experiment is this job's from now on, and was not before. */
    boolean begin(String experiment, String feed, JobBeginning beginning) throws SQLException {
        if (known.contains(List.of(experiment, beginning.jobId()))) {
            return false;
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into live_owners values (?, ?, ?, ?)")) {
            insert.setString(1, experiment);
            insert.setString(2, feed);
            insert.setString(3, beginning.jobId());
            insert.setLong(4, beginning.offset());
            insert.execute();
        }
        return remember(experiment, new Owner(feed, beginning.jobId(), beginning.offset()));
    }

    /** Whether a row of the experiment that this job said stands. */
    boolean believes(String experiment, String feed, String jobId) {
        Owner owner = lastByExperiment.get(experiment);
        return owner == null || (owner.feed.equals(feed) && owner.jobId.equals(jobId));
    }

    static void forget(Connection connection, String experiment) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from live_owners where experiment = ?")) {
            delete.setString(1, experiment);
            delete.execute();
        }
        LeftOut.forget(connection, experiment);
    }

    static void forgetAll(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("delete from live_owners");
        }
        LeftOut.forgetAll(connection);
    }
}
