package org.showroomlab.reports.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.reports.Samples;

/** What the stable views say of the rows behind them. */
class StoreViewsTest {
    @TempDir
    Path folder = Path.of("");

    /** Value 0 is in bucket 0, small integers in a bucket each, negative values in the mirrored buckets. */
    @Test
    void clustersAndHistogramsAreCumulativeAsOfEachDay() throws SQLException {
        LoadedExperiment timing = Samples.experiment("t", """
                metrics:
                  - {id: lcp, type: quantile, event: cache_timing, value: lcp_ms, quantile: 0.75, role: primary}
                """);
        Path file = folder.resolve("clusters.duckdb");
        try (Store store = Store.open(file)) {
            store.replace(
                    List.of(timing),
                    List.of(
                            Samples.cluster("t", "lcp", "a", "one", 0, Samples.DAY, 2, 5, 13),
                            Samples.cluster("t", "lcp", "a", "one", 0, Samples.DAY.plusDays(2), 1, 1, 1),
                            Samples.histogram("t", "lcp", "a", "one", 0, Samples.DAY, Map.of(-2, 1L, 3, 1L)),
                            Samples.histogram(
                                    "t", "lcp", "a", "one", 0, Samples.DAY.plusDays(2), Map.of(0, 1L, 3, 4L))));
        }
        assertThat(StoredRows.read(
                        file, "select day, n, sum, sum_squares, den_n, den_sum from cluster_statistics order by day"))
                .containsExactly("2026-01-05|2|5|13|0|0", "2026-01-06|2|5|13|0|0", "2026-01-07|3|6|14|0|0");
        assertThat(StoredRows.read(
                        file, "select day, bucket, bucket_low, bucket_high, n from histograms order by day, bucket"))
                .containsExactly(
                        "2026-01-05|-2|-2.0E-6|-1.0E-6|1",
                        "2026-01-05|3|3.0E-6|4.0E-6|1",
                        "2026-01-06|-2|-2.0E-6|-1.0E-6|1",
                        "2026-01-06|3|3.0E-6|4.0E-6|1",
                        "2026-01-07|-2|-2.0E-6|-1.0E-6|1",
                        "2026-01-07|0|0.0|1.0E-6|1",
                        "2026-01-07|3|3.0E-6|4.0E-6|5");
    }

    /** Bins of 15 minutes; five enter in the first hour, two are picked up, one of them a day later. */
    @Test
    void whoHasNotEndedIsCensoredAtTheEndOfTheDay() throws SQLException {
        LoadedExperiment drop = ExperimentFiles.parse(
                "drop.yaml",
                Samples.experiment("drop", StoredRows.metrics())
                        .yaml()
                        .replace("2026-04-05T00:00:00Z", "2026-01-07T00:00:00Z\nobserve_until: 2026-01-08T12:00:00Z"));
        Path file = folder.resolve("drop.duckdb");
        List<ResultRow> rows = new ArrayList<>(List.of(
                new LifeTableCount("drop", "a", "exposure", 3, "entered", 0, Samples.DAY, 5),
                new LifeTableCount("drop", "a", "exposure", 3, "picked_up", 2, Samples.DAY, 1),
                new LifeTableCount("drop", "a", "exposure", 3, "picked_up", 100, Samples.DAY.plusDays(1), 1)));
        try (Store store = Store.open(file)) {
            store.replace(List.of(drop), rows);
        }
        assertThat(StoredRows.read(
                        file,
                        "select day, bin, bin_start_hours, bin_end_hours, event_kind, n from life_tables"
                                + " order by day, bin"))
                .containsExactly(
                        "2026-01-05|2|0.5|0.75|picked_up|1",
                        "2026-01-05|92|23.0|23.25|censored|4",
                        "2026-01-06|2|0.5|0.75|picked_up|1",
                        "2026-01-06|100|25.0|25.25|picked_up|1",
                        "2026-01-06|188|47.0|47.25|censored|3");

        // Nothing is known of the time after the newest event.
        rows.add(Samples.accounting("e.ndjson", "2026-01-06T12:00:00Z"));
        try (Store store = Store.open(file)) {
            store.replace(List.of(drop), rows);
        }
        assertThat(StoredRows.read(
                        file, "select day, bin, n from life_tables where event_kind = 'censored' order by day"))
                .containsExactly("2026-01-05|92|4", "2026-01-06|141|3");
    }

    @Test
    void theViewIsCumulativeOverACompleteSpineOfDays() throws SQLException {
        Path file = folder.resolve("spine.duckdb");
        try (Store store = Store.open(file)) {
            store.replace(
                    List.of(Samples.gate()),
                    List.of(
                            Samples.statistic("gate", "m", "a", Samples.DAY, 2, 2, 10, 60),
                            Samples.statistic("gate", "m", "a", Samples.DAY.plusDays(3), -1, 0, -4, -16),
                            Samples.statistic("gate", "m", "b", Samples.DAY.plusDays(1), 1, 1, 7, 49)));
        }
        assertThat(StoredRows.read(
                        file, "select variant, day, n, sum, sum_squares from unit_statistics order by variant, day"))
                .containsExactly(
                        "a|2026-01-05|2|10|60",
                        "a|2026-01-06|2|10|60",
                        "a|2026-01-07|2|10|60",
                        "a|2026-01-08|1|6|44",
                        "b|2026-01-05|0|0|0",
                        "b|2026-01-06|1|7|49",
                        "b|2026-01-07|1|7|49",
                        "b|2026-01-08|1|7|49");
    }

    @Test
    void everyStableViewIsThereWithUnits() throws SQLException {
        Path file = folder.resolve("views.duckdb");
        Store.open(file).close();
        List<String> views = List.of(
                "experiments",
                "variants",
                "unit_statistics",
                "cluster_statistics",
                "histograms",
                "life_tables",
                "stock",
                "metrics",
                "showrooms",
                "accounting",
                "dead_letters",
                "as_known");
        for (String view : views) {
            assertThat(StoredRows.read(file, "select * from " + view)).as(view).isEmpty();
        }
        assertThat(StoredRows.read(
                        file,
                        "select table_name, column_name from duckdb_columns() where comment is null and table_name in ('"
                                + String.join("', '", views) + "')"))
                .isEmpty();
    }
}
