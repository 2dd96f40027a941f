package org.showroomlab.reports.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.ingest.experiment.Variant;

/** Writes experiment files and their variants; always inside the caller's transaction. */
final class ExperimentRegistry {
    private final Connection connection;

    ExperimentRegistry(Connection connection) {
        this.connection = connection;
    }

    void put(List<LoadedExperiment> experiments, String feed) throws SQLException {
        for (LoadedExperiment loaded : experiments) {
            delete("experiment_files", loaded.experiment().id());
            delete("experiment_variants", loaded.experiment().id());
            insert(loaded, feed);
        }
    }

    /** Removes the statistics of experiments whose rows come from another feed than this one. */
    void dropStatisticsOfOtherFeeds(List<LoadedExperiment> experiments, String feed) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("delete from unit_increments where experiment = ?"
                        + " and experiment not in (select experiment from experiment_files where feed = ?)")) {
            for (LoadedExperiment loaded : experiments) {
                statement.setString(1, loaded.experiment().id());
                statement.setString(2, feed);
                statement.execute();
            }
        }
    }

    void delete(String table, String experiment) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("delete from " + table + " where experiment = ?")) {
            statement.setString(1, experiment);
            statement.execute();
        }
    }

    private void insert(LoadedExperiment loaded, String feed) throws SQLException {
        Experiment e = loaded.experiment();
        List<Object> values = new java.util.ArrayList<>(List.of(
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
    }

    private void insertVariant(String experiment, int position, Variant variant) throws SQLException {
        List<Object> values = new java.util.ArrayList<>(
                List.of(experiment, variant.id(), position, variant.control(), variant.weight()));
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
