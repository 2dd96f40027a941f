package org.showroomlab.reports.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.InvalidExperiment;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.ingest.experiment.Measure;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.ingest.experiment.Variant;
import org.showroomlab.jobs.results.CountedExperiment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what experiment files say; always inside the caller's transaction. */
final class ExperimentRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(ExperimentRegistry.class);

    private static final List<String> DEFINITION_TABLES =
            List.of("experiment_files", "experiment_variants", "experiment_metrics", "experiment_days");

    private final Connection connection;

    ExperimentRegistry(Connection connection) {
        this.connection = connection;
    }

    void put(List<LoadedExperiment> experiments, String feed) throws SQLException {
        for (LoadedExperiment loaded : experiments) {
            for (String table : DEFINITION_TABLES) {
                delete(table, loaded.experiment().id());
            }
            insert(loaded, feed);
        }
    }

    /** The same for experiments that live jobs count; which job that is, is known from its rows and stays so. */
    void putLive(List<LoadedExperiment> experiments) throws SQLException {
        for (LoadedExperiment loaded : experiments) {
            put(List.of(loaded), liveFeed(loaded.experiment().id()));
        }
    }

    /** The same for one that a live job counts, as it takes it; nothing when it is known like that. */
    void define(CountedExperiment counted, String feed) throws SQLException {
        if (counted.definition().isEmpty() || isDefined(counted)) {
            return;
        }
        try {
            LoadedExperiment loaded = ExperimentFiles.parse(counted.file(), counted.definition());
            put(List.of(loaded), feed);
        } catch (InvalidExperiment e) {
            LOG.warn("a job counts {}, which this version cannot read", counted.id(), e);
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
                "select feed from experiment_files where experiment = ? and " + Store.IS_LIVE)) {
            query.setString(1, experiment);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getString(1) : Store.LIVE;
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
                        "select feed from experiment_files where experiment = ? and feed <> ? and " + Store.IS_LIVE);
                PreparedStatement update = connection.prepareStatement(
                        "update experiment_files set feed = ? where experiment = ? and " + Store.IS_LIVE)) {
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
                        statement.executeQuery("select experiment from experiment_files where not " + Store.IS_LIVE)) {
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
                "select 1 from experiment_files where experiment = ? and definition = ? and not " + Store.IS_LIVE)) {
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
                "select 1 from experiment_files where experiment = ? and " + Store.IS_LIVE)) {
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
                    + Store.IS_LIVE + ")")) {
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
                        + Store.IS_LIVE + ")");
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
                    "update experiment_files set feed = ? where experiment = ? and not " + Store.IS_LIVE)) {
                for (String experiment : job.getValue()) {
                    update.setString(1, Store.live(job.getKey()));
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

    private void insert(LoadedExperiment loaded, String feed) throws SQLException {
        Experiment e = loaded.experiment();
        List<Object> values = new ArrayList<>(List.of(
                e.id(),
                e.name(),
                e.hypothesis(),
                e.owner(),
                wireName(e.analysis()),
                wireName(e.unit()),
                utc(e.start()),
                utc(e.end()),
                utc(e.observeUntil()),
                e.timeZone().getId()));
        values.add(e.currency());
        values.addAll(List.of(
                e.covariateDays(),
                e.alpha(),
                wireName(e.correction()),
                wireName(e.monitoring()),
                feed,
                loaded.file(),
                loaded.yaml()));
        insertRow("experiment_files", values);
        for (int i = 0; i < e.variants().size(); i++) {
            insertVariant(e.id(), i, e.variants().get(i));
        }
        for (Metric metric : e.countedMetrics()) {
            insertMetric(e.id(), metric);
        }
        insertDays(e);
    }

    private void insertMetric(String experiment, Metric metric) throws SQLException {
        Measure per = metric.per();
        List<Object> values = new ArrayList<>(List.of(
                experiment,
                metric.id(),
                wireName(metric.type()),
                wireName(metric.role()),
                wireName(metric.goal()),
                metric.type() == Metric.Type.SHARE ? 0 : metric.measure().scale()));
        values.add(per == null ? null : per.scale());
        insertRow("experiment_metrics", values);
    }

    private void insertDays(Experiment e) throws SQLException {
        long binMillis = LifeBins.length(e).toMillis();
        LocalDate first = LocalDate.ofInstant(e.start(), e.timeZone());
        LocalDate last = LocalDate.ofInstant(e.observeUntil().minusMillis(1), e.timeZone());
        try (PreparedStatement insert =
                connection.prepareStatement("insert into experiment_days values (?, ?, ?, ?)")) {
            for (LocalDate day : first.datesUntil(last.plusDays(1)).toList()) {
                Instant end = day.plusDays(1).atStartOfDay(e.timeZone()).toInstant();
                Instant counted = end.isBefore(e.observeUntil()) ? end : e.observeUntil();
                insert.setString(1, e.id());
                insert.setObject(2, day);
                insert.setLong(3, Duration.between(e.start(), counted).toMillis());
                insert.setLong(4, binMillis);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void insertVariant(String experiment, int position, Variant variant) throws SQLException {
        List<Object> values =
                new ArrayList<>(List.of(experiment, variant.id(), position, variant.control(), variant.weight()));
        for (OptionalLong amount : List.of(variant.priceMinor(), variant.ttlSeconds(), variant.allotment())) {
            values.add(amount.isPresent() ? amount.getAsLong() : null);
        }
        insertRow("experiment_variants", values);
    }

    private void insertRow(String table, List<Object> values) throws SQLException {
        String marks = String.join(", ", java.util.Collections.nCopies(values.size(), "?"));
        try (PreparedStatement statement =
                connection.prepareStatement("insert into " + table + " values (" + marks + ")")) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            statement.execute();
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static String wireName(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
