package org.showroomlab.reports.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.ingest.experiment.Measure;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.ingest.experiment.Variant;

/** The tables of what experiment files say, which the views join; always inside the caller's transaction. */
final class ExperimentTables {
    private static final List<String> NAMES =
            List.of("experiment_files", "experiment_variants", "experiment_metrics", "experiment_days");

    private final Connection connection;

    ExperimentTables(Connection connection) {
        this.connection = connection;
    }

    /**
     * Writes an experiment in place of what is known of one with its id.
     *
     * @param run null when events come live, or nobody knows when it was
     */
    void put(LoadedExperiment loaded, String feed, @Nullable RunTime run) throws SQLException {
        for (String table : NAMES) {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from " + table + " where experiment = ?")) {
                delete.setString(1, loaded.experiment().id());
                delete.execute();
            }
        }
        insert(loaded, feed, run);
    }

    private void insert(LoadedExperiment loaded, String feed, @Nullable RunTime run) throws SQLException {
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
        values.add(run == null || run.asOf() == null ? null : utc(run.asOf()));
        values.add(run == null ? null : utc(run.countedAt()));
        values.add(Plan.digest(e));
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
