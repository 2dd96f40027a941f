package org.showroomlab.reports.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.ClusterStatistic;
import org.showroomlab.jobs.results.HistogramCounts;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.ShowroomProgress;
import org.showroomlab.jobs.results.StockCount;
import org.showroomlab.jobs.results.UnitStatistic;

/** One consistent view of a store: everything asked of it is of the same moment. */
public final class StoreReader implements AutoCloseable {
    private static final String KEY_COLUMNS = "experiment, metric, variant, dimension, dimension_value";
    /** All units; and who came to each market, because a horizon asks when. */
    private static final String BY_DAY = "(dimension = '' or metric = '' and dimension = '" + Experiment.MARKET + "')";

    private static final String SUM_TOTALS = Arrays.stream(UnitStatistic.Sum.values())
            .map(sum -> "sum(" + sum.column() + ")")
            .collect(Collectors.joining(", "));
    private static final String LARGEST = Arrays.stream(UnitStatistic.Sum.values())
            .map(sum -> "max(" + sum.column() + ")::double, -min(" + sum.column() + ")::double")
            .collect(Collectors.joining(", "));
    private static final String SUM_COLUMNS = Arrays.stream(UnitStatistic.Sum.values())
            .map(UnitStatistic.Sum::column)
            .collect(Collectors.joining(", "));

    private static final String EXPERIMENT_FILES =
            "select file, definition, feed, run_as_of, run_counted_at, newest_millis from experiment_files"
                    + " left join left_out using (experiment)";

    private final Connection connection;

    /** The moment is now, not that of the first question. */
    StoreReader(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        try (Statement first = connection.createStatement()) {
            first.execute("select 1 from experiment_files limit 1");
        }
    }

    /** All experiments, by id. */
    public List<StoredExperiment> experiments() {
        return query(EXPERIMENT_FILES + " order by experiment", StoreReader::storedExperiment);
    }

    /** The experiment with this id. */
    public Optional<StoredExperiment> experiment(String id) {
        return query(EXPERIMENT_FILES + " where experiment = ?", StoreReader::storedExperiment, id).stream()
                .findFirst();
    }

    private static StoredExperiment storedExperiment(ResultSet row) throws SQLException {
        OffsetDateTime asOf = row.getObject(4, OffsetDateTime.class);
        OffsetDateTime countedAt = row.getObject(5, OffsetDateTime.class);
        Long newestMillis = row.getObject(6, Long.class);
        return new StoredExperiment(
                ExperimentFiles.parse(row.getString(1), row.getString(2)),
                row.getString(3),
                countedAt == null ? null : new RunTime(countedAt.toInstant(), asOf == null ? null : asOf.toInstant()),
                newestMillis == null ? null : Instant.ofEpochMilli(newestMillis));
    }

    /** The ids of all experiments, in order. */
    public List<String> experimentIds() {
        return query("select experiment from experiment_files order by experiment", rows -> rows.getString(1));
    }

    /** The experiments that live jobs count, by the job's feed. */
    Map<String, Set<String>> liveExperiments() {
        return query(
                        "with last_job as (select feed, arg_max(job_id, since_offset) as job_id from live_owners"
                                + " where experiment = '' group by feed),"
                                + " owner as (select experiment, arg_max(job_id, since_offset) as job_id from live_owners"
                                + " where experiment <> '' group by experiment)"
                                + " select feed, experiment from experiment_files left join owner using (experiment)"
                                + " left join last_job using (feed) where " + Feeds.IS_LIVE
                                // One that the last submission left out is counted by nobody any more.
                                + " and coalesce(owner.job_id = last_job.job_id, true)",
                        rows -> List.of(rows.getString(1), rows.getString(2)))
                .stream()
                .collect(Collectors.groupingBy(
                        row -> row.get(0), Collectors.mapping(row -> row.get(1), Collectors.toSet())));
    }

    boolean hasBegun(String jobId) {
        return !query("select 1 from live_owners where job_id = ? limit 1", rows -> rows.getInt(1), jobId)
                .isEmpty();
    }

    /** What each day added, oldest day first. */
    public List<UnitStatistic> increments(String experiment) {
        return query(
                "select " + KEY_COLUMNS + ", day, n, events, " + SUM_COLUMNS
                        + ", wide_sums from unit_increments where experiment = ? order by day",
                IncrementRows::unitStatistic,
                experiment);
    }

    /** What a report adds up: each day's increments of what it asks by day, and one row with the total of each slice. */
    public List<UnitStatistic> reportRows(String experiment) {
        List<UnitStatistic> rows = query(
                "select " + KEY_COLUMNS + ", day, n, events, " + SUM_COLUMNS
                        + ", wide_sums from unit_increments where experiment = ? and " + BY_DAY + " order by day",
                IncrementRows::unitStatistic,
                experiment);
        rows.addAll(sliceTotals(experiment));
        return rows;
    }

    /** Added up by the database, because slices are most of the rows; unless a total may need more than 128 bits. */
    private List<UnitStatistic> sliceTotals(String experiment) {
        boolean fits = query(
                        "select count(wide_sums) = 0 and coalesce(greatest(" + LARGEST + ") * count(*) < 1e38, true)"
                                + " from unit_increments"
                                + " where experiment = ? and not " + BY_DAY,
                        row -> row.getBoolean(1),
                        experiment)
                .get(0);
        String columns = fits
                ? "max(day), sum(n)::bigint, sum(events)::bigint, " + SUM_TOTALS + ", null::varchar"
                : "day, n, events, " + SUM_COLUMNS + ", wide_sums";
        return query(
                "select " + KEY_COLUMNS + ", " + columns
                        + " from unit_increments where experiment = ? and not " + BY_DAY
                        + (fits ? " group by all" : ""),
                IncrementRows::unitStatistic,
                experiment);
    }

    /** What became of the records of a feed, by source. */
    public List<AccountingRow> accounting(String feed) {
        return query(
                "select source, received, counted, in_no_experiment, duplicates, conflicting_duplicates, dead_lettered,"
                        + " late, unknown_exposures, newest_millis from accounting_rows where feed = ? order by source",
                IncrementRows::accounting,
                feed);
    }

    /** Each day's increments of all clusters together with those of every slice, oldest day first. */
    public List<ClusterStatistic> clusterIncrements(String experiment) {
        return query(
                "select " + KEY_COLUMNS
                        + ", cluster, period, day, events, sum, sum_squares, den_events, den_sum, wide_sums"
                        + " from cluster_increments where experiment = ? order by day",
                IncrementRows::clusterStatistic,
                experiment);
    }

    /** The same of histograms. */
    public List<HistogramCounts> histogramIncrements(String experiment) {
        return query(
                "select " + KEY_COLUMNS + ", cluster, period, day, buckets, counts"
                        + " from histogram_increments where experiment = ? order by day",
                IncrementRows::histogram,
                experiment);
    }

    /** The same of life tables. */
    public List<LifeTableCount> lifeIncrements(String experiment) {
        return query(
                "select experiment, variant, origin, entry_bin, kind, bin, day, n"
                        + " from life_increments where experiment = ? order by day",
                IncrementRows::lifeTable,
                experiment);
    }

    /** The same of stock reports, and of what visitors did in a showroom by minute. */
    public List<StockCount> stockIncrements(String experiment) {
        return query(
                "select experiment, kind, showroom, sku, variant, at_millis, on_hand, day, n, pieces"
                        + " from stock_increments where experiment = ? order by day",
                IncrementRows::stock,
                experiment);
    }

    /** How far the showrooms of a feed have synced, by name. */
    public List<ShowroomProgress> showrooms(String feed) {
        return query(
                "select showroom, newest_millis from showroom_progress where feed = ? order by showroom",
                row -> new ShowroomProgress(row.getString(1), row.getLong(2)),
                feed);
    }

    /** Whether somebody has looked at an experiment when its newest event was before that time. */
    public boolean hasLookBefore(String experiment, Instant time) {
        try {
            return LookLedger.hasLookBefore(connection, experiment, time);
        } catch (SQLException e) {
            throw new StoreFailed("the database could not be read", e);
        }
    }

    /** The time of the newest look at an experiment that is not after that time. */
    public Optional<Instant> newestLook(String experiment, Instant until) {
        try {
            return LookLedger.newest(connection, experiment, until);
        } catch (SQLException e) {
            throw new StoreFailed("the database could not be read", e);
        }
    }

    /** What the newest look at or before that time knew of each variant, while the experiment ran. */
    public Optional<KnownUnits> unitsKnown(String experiment, Instant until) {
        try {
            return LookLedger.unitsKnown(connection, experiment, until);
        } catch (SQLException e) {
            throw new StoreFailed("the database could not be read", e);
        }
    }

    /** The recorded looks at an experiment, oldest first. */
    public List<RecordedLook> looks(String experiment) {
        try {
            return LookLedger.read(connection, experiment);
        } catch (SQLException e) {
            throw new StoreFailed("the database could not be read", e);
        }
    }

    /** What an experiment's report said when the grace for showrooms to sync was over. */
    public Optional<DecisionSnapshot> decision(String experiment) {
        try {
            return LookLedger.decision(connection, experiment);
        } catch (SQLException e) {
            throw new StoreFailed("the database could not be read", e);
        }
    }

    /** How clear the comparisons of an experiment were at the looks of these moments. */
    public List<LookEffect> lookEffects(String experiment, List<Instant> moments) {
        try {
            return LookLedger.effects(connection, experiment, moments);
        } catch (SQLException e) {
            throw new StoreFailed("the database could not be read", e);
        }
    }

    /** The feeds that have an accounting. */
    public List<String> feeds() {
        return query("select distinct feed from accounting_rows order by feed", rows -> rows.getString(1));
    }

    Optional<String> cluster() {
        return query("select cluster from result_cluster", rows -> rows.getString(1)).stream()
                .findFirst();
    }

    Map<ResultPartition, Long> offsets() {
        try {
            return Offsets.read(connection);
        } catch (SQLException e) {
            throw new StoreFailed("the database could not be read", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.rollback();
            connection.close();
        } catch (SQLException e) {
            throw new StoreFailed("the database could not be read", e);
        }
    }

    private interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String sql, RowMapper<T> mapper, String... parameters) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<T> result = new ArrayList<>();
                while (rows.next()) {
                    result.add(mapper.map(rows));
                }
                return result;
            }
        } catch (SQLException e) {
            throw new StoreFailed("the database could not be read", e);
        }
    }
}
