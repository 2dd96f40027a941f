package org.showroomlab.reports.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.InvalidExperiment;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.CountedExperiment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which experiments the file knows, and from which feed each is counted; always inside the caller's transaction. */
final class ExperimentRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(ExperimentRegistry.class);

    private final Connection connection;
    private final ExperimentTables tables;

    ExperimentRegistry(Connection connection) {
        this.connection = connection;
        this.tables = new ExperimentTables(connection);
    }

    /** Writes an experiment that a run has counted. */
    void putOfRun(LoadedExperiment loaded, String feed, @Nullable RunTime run) throws SQLException {
        tables.put(loaded, feed, run);
    }

    /** Writes experiments that live jobs count; which job that is, is known from its rows and stays so. */
    void putLive(List<LoadedExperiment> experiments) throws SQLException {
        for (LoadedExperiment loaded : experiments) {
            tables.put(loaded, liveFeed(loaded.experiment().id()), null);
        }
    }

    /** The same for one that a live job counts, as it takes it; nothing when it is known like that. */
    void define(CountedExperiment counted, String feed) throws SQLException {
        if (counted.definition().isEmpty() || isDefined(counted)) {
            return;
        }
        try {
            LoadedExperiment loaded = ExperimentFiles.parse(counted.file(), counted.definition());
            tables.put(loaded, feed, null);
        } catch (InvalidExperiment e) {
            LOG.warn("a job counts {}, which this version cannot read", counted.id(), e);
        }
    }

    /** Says the plans of all experiments, and of the looks at them, as this version does. */
    void renewPlans() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select experiment, file, definition, plan from experiment_files where plan is not null")) {
            while (rows.next()) {
                try {
                    LoadedExperiment loaded = ExperimentFiles.parse(rows.getString(2), rows.getString(3));
                    renewPlan(rows.getString(1), rows.getString(4), Plan.digest(loaded.experiment()));
                } catch (InvalidExperiment e) {
                    LOG.warn("the database holds {}, which this version cannot read", rows.getString(1), e);
                }
            }
        }
    }

    private void renewPlan(String experiment, String from, String to) throws SQLException {
        for (String table : List.of("experiment_files", "as_known")) {
            try (PreparedStatement update = connection.prepareStatement(
                    "update " + table + " set plan = ? where experiment = ? and plan = ?")) {
                update.setString(1, to);
                update.setString(2, experiment);
                update.setString(3, from);
                update.execute();
            }
        }
    }

    private boolean isDefined(CountedExperiment counted) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select 1 from experiment_files where experiment = ? and definition = ?")) {
            query.setString(1, counted.id());
            query.setString(2, counted.definition());
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    private String liveFeed(String experiment) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select feed from experiment_files where experiment = ? and " + Feeds.IS_LIVE)) {
            query.setString(1, experiment);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getString(1) : Feeds.LIVE;
            }
        }
    }

    /**
     * Says which live job counts these experiments: its accounting is theirs.
     *
     * @return the feeds of the jobs that counted them before
     */
    Set<String> countedBy(String feed, Set<String> experiments) throws SQLException {
        Set<String> before = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement(
                        "select feed from experiment_files where experiment = ? and feed <> ? and " + Feeds.IS_LIVE);
                PreparedStatement update = connection.prepareStatement(
                        "update experiment_files set feed = ? where experiment = ? and " + Feeds.IS_LIVE)) {
            for (String experiment : experiments) {
                query.setString(1, experiment);
                query.setString(2, feed);
                try (ResultSet row = query.executeQuery()) {
                    if (!row.next()) {
                        continue;
                    }
                    before.add(row.getString(1));
                }
                update.setString(1, feed);
                update.setString(2, experiment);
                update.execute();
            }
        }
        return before;
    }

    /** The experiments that runs have counted. */
    Set<String> ofRuns() throws SQLException {
        Set<String> experiments = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select experiment from experiment_files where not " + Feeds.IS_LIVE)) {
            while (rows.next()) {
                experiments.add(rows.getString(1));
            }
        }
        return experiments;
    }

    /** Those that no run has counted as they are. */
    List<LoadedExperiment> withoutThoseOfRuns(List<LoadedExperiment> experiments) throws SQLException {
        List<LoadedExperiment> others = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                "select 1 from experiment_files where experiment = ? and definition = ? and not " + Feeds.IS_LIVE)) {
            for (LoadedExperiment loaded : experiments) {
                query.setString(1, loaded.experiment().id());
                query.setString(2, loaded.yaml());
                try (ResultSet row = query.executeQuery()) {
                    if (!row.next()) {
                        others.add(loaded);
                    }
                }
            }
        }
        return others;
    }

    /** Whether live jobs count all of these experiments already. */
    boolean areLive(List<LoadedExperiment> experiments) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select 1 from experiment_files where experiment = ? and " + Feeds.IS_LIVE)) {
            for (LoadedExperiment loaded : experiments) {
                query.setString(1, loaded.experiment().id());
                try (ResultSet row = query.executeQuery()) {
                    if (!row.next()) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Removes the statistics of experiments whose rows come from a run. */
    void dropStatisticsOfRuns(List<LoadedExperiment> experiments) throws SQLException {
        for (RowTable table : RowTable.of(RowTable.Owner.EXPERIMENT)) {
            try (PreparedStatement statement = connection.prepareStatement("delete from " + table.table()
                    + " where experiment = ?" + " and experiment not in (select experiment from experiment_files where "
                    + Feeds.IS_LIVE + ")")) {
                for (LoadedExperiment loaded : experiments) {
                    statement.setString(1, loaded.experiment().id());
                    statement.execute();
                }
            }
        }
    }

    /** Removes all statistics but those that runs have counted, and whose they were. */
    void dropLiveStatistics() throws SQLException {
        LiveOwners.forgetAll(connection);
        try (Statement statement = connection.createStatement()) {
            for (RowTable table : RowTable.of(RowTable.Owner.EXPERIMENT)) {
                statement.execute("delete from " + table.table()
                        + " where experiment not in (select experiment from experiment_files where not "
                        + Feeds.IS_LIVE + ")");
            }
        }
    }

    /**
     * Makes those of the experiments live that runs have counted, without their statistics.
     *
     * @return whether there were any
     */
    boolean takeFromRuns(Map<String, Set<String>> experimentsByJob) throws SQLException {
        boolean any = false;
        for (Map.Entry<String, Set<String>> job : experimentsByJob.entrySet()) {
            try (PreparedStatement update = connection.prepareStatement(
                    "update experiment_files set feed = ?, run_as_of = null, run_counted_at = null where experiment = ? and not "
                            + Feeds.IS_LIVE)) {
                for (String experiment : job.getValue()) {
                    update.setString(1, Feeds.live(job.getKey()));
                    update.setString(2, experiment);
                    if (update.executeUpdate() > 0) {
                        dropStatistics(experiment);
                        any = true;
                    }
                }
            }
        }
        return any;
    }

    void dropStatistics(List<LoadedExperiment> experiments) throws SQLException {
        for (LoadedExperiment loaded : experiments) {
            dropStatistics(loaded.experiment().id());
        }
    }

    /** Removes the statistics of an experiment, and whose they were. */
    void dropStatistics(String experiment) throws SQLException {
        LiveOwners.forget(connection, experiment);
        dropIncrements(experiment);
    }

    void dropIncrements(String experiment) throws SQLException {
        for (RowTable table : RowTable.of(RowTable.Owner.EXPERIMENT)) {
            delete(table.table(), experiment);
        }
    }

    private void delete(String table, String experiment) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("delete from " + table + " where experiment = ?")) {
            statement.setString(1, experiment);
            statement.execute();
        }
    }
}
