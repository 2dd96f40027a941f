package org.showroomlab.reports.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.DeadLetterRow;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.ShowroomProgress;
import org.showroomlab.jobs.results.StockCount;
import org.showroomlab.jobs.results.UnitStatistic;
import org.showroomlab.reports.Samples;

class StoreTest {
    private static final List<String> TABLES = List.of(
            "experiment_files",
            "experiment_variants",
            "experiment_metrics",
            "experiment_days",
            "unit_increments",
            "cluster_increments",
            "histogram_increments",
            "life_increments",
            "stock_increments",
            "showroom_progress",
            "accounting_rows",
            "dead_letter_rows",
            "result_offsets",
            "as_known",
            "unit_statistics",
            "cluster_statistics",
            "histograms",
            "life_tables",
            "stock");

    @TempDir
    Path folder = Path.of("");

    @Test
    void olderClientsCanReadANewFile() throws IOException {
        Path file = folder.resolve("old.duckdb");
        Store.open(file).close();
        // The version of the format stands behind a checksum of 8 bytes and the four letters DUCK; 64 is that of 1.0.
        byte[] header = Files.readAllBytes(file);
        assertThat(new String(header, 8, 4, StandardCharsets.US_ASCII)).isEqualTo("DUCK");
        assertThat(header[12]).isEqualTo((byte) 64);
    }

    @Test
    void aFileThatIsInANewerFormatAlreadyStaysSoAndOpens() throws IOException, SQLException {
        Path file = folder.resolve("newer.duckdb");
        DriverManager.getConnection("jdbc:duckdb:" + file).close();
        byte format = Files.readAllBytes(file)[12];
        assertThat(format).isNotEqualTo((byte) 64);
        try (Store store = Store.open(file)) {
            store.registerExperiments(List.of(Samples.gate()));
        }
        try (Store store = Store.open(file)) {
            assertThat(store.read(StoreReader::experimentIds)).hasSize(1);
        }
        assertThat(Files.readAllBytes(file)[12]).isEqualTo(format);
    }

    @Test
    void replacingTwiceWithTheSameRowsChangesNothing() throws SQLException {
        Path file = folder.resolve("twice.duckdb");
        List<String> once = written(file);
        assertThat(written(file)).isEqualTo(once);
        assertThat(once).anyMatch(row -> row.contains("retention_7"));
    }

    private List<String> written(Path file) throws SQLException {
        try (Store store = Store.open(file)) {
            store.replace(List.of(Samples.gate()), withDeadLetter());
        }
        assertThat(Path.of(file + ".wal")).doesNotExist();
        return dump(file);
    }

    private static List<ResultRow> withDeadLetter() {
        List<ResultRow> rows = new ArrayList<>(Samples.gateRows());
        rows.addAll(everyKind("gate", "retention_7", 3));
        byte[] bytes = "{broken".getBytes(StandardCharsets.UTF_8);
        rows.add(new DeadLetterRow("events.ndjson", "17", "not_json", null, "is not JSON", bytes));
        return rows;
    }

    private static List<ResultRow> everyKind(String experiment, String metric, long n) {
        return List.of(
                Samples.cluster(experiment, metric, "a", "cache-1", 7, Samples.DAY, n, 2 * n, 4 * n),
                Samples.histogram(experiment, metric, "a", "cache-1", 7, Samples.DAY, Map.of(-3, n, 0, n, 5, 2 * n)),
                new LifeTableCount(experiment, "a", "exposure", 0, "entered", 0, Samples.DAY, n),
                new StockCount(
                        experiment,
                        "preorder",
                        "lisbon",
                        "lamp",
                        "a",
                        60_000,
                        0,
                        Samples.DAY,
                        n,
                        BigInteger.valueOf(n)),
                new ShowroomProgress("lisbon", 1_000 * n));
    }

    @Test
    void everyKindOfRowIsReplacedAndComesBackAsItWas() {
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(Samples.gate()));
            store.apply(everyKind("gate", "retention_7", 3), Map.of());
            store.apply(everyKind("gate", "retention_7", 5), Map.of());
            try (StoreReader reader = store.reader()) {
                List<ResultRow> back = new ArrayList<>(reader.clusterIncrements("gate"));
                back.addAll(reader.histogramIncrements("gate"));
                back.addAll(reader.lifeIncrements("gate"));
                back.addAll(reader.stockIncrements("gate"));
                back.addAll(reader.showrooms(Store.LIVE));
                assertThat(back).isEqualTo(everyKind("gate", "retention_7", 5));
            }
        }
    }

    @Test
    void rowsThatSayNothingAreNotKept() {
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(Samples.gate()));
            store.apply(everyKind("gate", "retention_7", 3), Map.of());
            store.apply(
                    List.of(
                            Samples.cluster("gate", "retention_7", "a", "cache-1", 7, Samples.DAY, 0, 0, 0),
                            Samples.histogram("gate", "retention_7", "a", "cache-1", 7, Samples.DAY, Map.of()),
                            new LifeTableCount("gate", "a", "exposure", 0, "entered", 0, Samples.DAY, 0),
                            new StockCount(
                                    "gate",
                                    "preorder",
                                    "lisbon",
                                    "lamp",
                                    "a",
                                    60_000,
                                    0,
                                    Samples.DAY,
                                    0,
                                    BigInteger.ZERO)),
                    Map.of());
            try (StoreReader reader = store.reader()) {
                assertThat(reader.clusterIncrements("gate")).isEmpty();
                assertThat(reader.histogramIncrements("gate")).isEmpty();
                assertThat(reader.lifeIncrements("gate")).isEmpty();
                assertThat(reader.stockIncrements("gate")).isEmpty();
            }
        }
    }

    @Test
    void aRunReplacesTheRowsOfEveryKind() {
        try (Store store = Store.inMemory()) {
            store.replace(List.of(Samples.gate()), everyKind("gate", "retention_7", 3));
            store.replace(List.of(Samples.gate()), List.of());
            try (StoreReader reader = store.reader()) {
                assertThat(reader.clusterIncrements("gate")).isEmpty();
                assertThat(reader.histogramIncrements("gate")).isEmpty();
                assertThat(reader.lifeIncrements("gate")).isEmpty();
                assertThat(reader.showrooms("run:gate")).isEmpty();
            }
        }
    }

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
        assertThat(rows(file, "select day, n, sum, sum_squares, den_n, den_sum from cluster_statistics order by day"))
                .containsExactly("2026-01-05|2|5|13|0|0", "2026-01-06|2|5|13|0|0", "2026-01-07|3|6|14|0|0");
        assertThat(rows(file, "select day, bucket, bucket_low, bucket_high, n from histograms order by day, bucket"))
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
                Samples.experiment("drop", metrics())
                        .yaml()
                        .replace("2026-04-05T00:00:00Z", "2026-01-07T00:00:00Z\nobserve_until: 2026-01-08T12:00:00Z"));
        Path file = folder.resolve("drop.duckdb");
        try (Store store = Store.open(file)) {
            store.replace(
                    List.of(drop),
                    List.of(
                            new LifeTableCount("drop", "a", "exposure", 3, "entered", 0, Samples.DAY, 5),
                            new LifeTableCount("drop", "a", "exposure", 3, "picked_up", 2, Samples.DAY, 1),
                            new LifeTableCount(
                                    "drop", "a", "exposure", 3, "picked_up", 100, Samples.DAY.plusDays(1), 1)));
        }
        assertThat(rows(
                        file,
                        "select day, bin, bin_start_hours, bin_end_hours, event_kind, n from life_tables"
                                + " order by day, bin"))
                .containsExactly(
                        "2026-01-05|2|0.5|0.75|picked_up|1",
                        "2026-01-05|92|23.0|23.25|censored|4",
                        "2026-01-06|2|0.5|0.75|picked_up|1",
                        "2026-01-06|100|25.0|25.25|picked_up|1",
                        "2026-01-06|188|47.0|47.25|censored|3");
    }

    @Test
    void aFileOfTheFirstVersionGetsWhatItLacks() throws SQLException {
        Path file = folder.resolve("first.duckdb");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("create table store_version (version integer not null)");
            statement.execute("insert into store_version values (1)");
        }
        try (Store store = Store.open(file)) {
            store.replace(List.of(Samples.gate()), everyKind("gate", "retention_7", 3));
        }
        Store.open(file).close();
        assertThat(rows(file, "select max(version), count(*) from store_version"))
                .containsExactly("3|2");
        assertThat(rows(file, "select showroom, epoch_ms(complete_through) from showrooms"))
                .containsExactly("lisbon|3000");
    }

    @Test
    void aFileOfANewerVersionIsRefused() throws SQLException {
        Path file = folder.resolve("newer.duckdb");
        Store.open(file).close();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("insert into store_version values (99)");
        }
        assertThatThrownBy(() -> Store.open(file))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("newer version");
    }

    @Test
    void replacingKeepsOtherExperimentsWithTheirAccounting() {
        LoadedExperiment other = Samples.experiment("other", metrics());
        try (Store store = Store.inMemory()) {
            store.replace(
                    List.of(other),
                    List.of(
                            Samples.statistic("other", "m", "a", Samples.DAY, 3, 3, 3, 3),
                            Samples.accounting("other.ndjson", "2026-02-01T00:00:00Z")));
            store.replace(List.of(Samples.gate()), Samples.gateRows());
            store.replace(List.of(Samples.gate()), Samples.gateRows().subList(0, 2));

            try (StoreReader reader = store.reader()) {
                assertThat(reader.experimentIds()).containsExactly("gate", "other");
                assertThat(reader.increments("other")).hasSize(1);
                assertThat(reader.increments("gate")).hasSize(2);
                assertThat(reader.accounting("run:other")).hasSize(1);
                assertThat(reader.accounting("run:gate")).isEmpty();
            }
        }
    }

    @Test
    void accountingOfARunLeavesWithItsLastExperiment() {
        LoadedExperiment other = Samples.experiment("other", metrics());
        try (Store store = Store.inMemory()) {
            store.replace(List.of(Samples.gate(), other), Samples.gateRows());
            store.replace(List.of(Samples.gate()), Samples.gateRows());
            assertThat(store.read(StoreReader::feeds)).containsExactly("run:gate", "run:gate,other");
            store.replace(List.of(other), List.of());
            assertThat(store.read(StoreReader::feeds)).containsExactly("run:gate");
        }
    }

    @Test
    void liveRowsReplaceTheirOlderOnesAndCarryTheirOffsets() {
        ResultPartition partition = new ResultPartition("results", 0);
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(Samples.gate()));
            store.apply(Samples.gateRows(), Map.of(partition, 5L));
            store.apply(
                    List.of(
                            Samples.statistic("gate", "", "a", Samples.DAY, 1, 0),
                            Samples.statistic("gate", "", "a", Samples.DAY, 2, 0)),
                    Map.of(partition, 7L));

            assertThat(store.offsets()).isEqualTo(Map.of(partition, 7L));
            assertThat(increments(store))
                    .hasSize(4)
                    .anyMatch(row -> row.metric().isEmpty() && row.n() == 2);
            assertThat(liveAccounting(store)).hasSize(1);
        }
    }

    @Test
    void aRefusedBatchLeavesNeitherRowsNorOffsets() {
        ResultPartition partition = new ResultPartition("results", 0);
        BigInteger tooLarge = BigInteger.ONE.shiftLeft(130);
        List<BigInteger> sums = new ArrayList<>(java.util.Collections.nCopies(16, BigInteger.ZERO));
        sums.set(0, tooLarge);
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(Samples.gate()));
            List<ResultRow> rows = new ArrayList<>(Samples.gateRows());
            rows.add(new UnitStatistic("gate", "m", "a", "", "", Samples.DAY, 1, 1, sums));
            assertThatThrownBy(() -> store.apply(rows, Map.of(partition, 9L))).isInstanceOf(StoreFailed.class);

            assertThat(store.offsets()).isEmpty();
            assertThat(increments(store)).isEmpty();
            store.apply(Samples.gateRows(), Map.of(partition, 9L));
            assertThat(increments(store)).hasSize(4);
        }
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
        assertThat(rows(file, "select variant, day, n, sum, sum_squares from unit_statistics order by variant, day"))
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
            assertThat(rows(file, "select * from " + view)).as(view).isEmpty();
        }
        assertThat(rows(
                        file,
                        "select table_name, column_name from duckdb_columns() where comment is null and table_name in ('"
                                + String.join("', '", views) + "')"))
                .isEmpty();
    }

    @Test
    void aSecondWriterIsRefusedWithASentence() throws IOException, InterruptedException {
        Path file = folder.resolve("held.duckdb");
        try (Store store = Store.open(file)) {
            assertThat(store.offsets()).isEmpty();
            assertThatThrownBy(() -> Store.open(file))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("already open in this process");
            assertThat(openedByAnotherProcess(file))
                    .contains("is held by process " + ProcessHandle.current().pid());
        }
        Store.open(file).close();
    }

    private static String openedByAnotherProcess(Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpenFromOutside.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    @Test
    void whatIsNotADatabaseIsRefusedWithASentence() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "this is a text and not a database at all");
        assertThatThrownBy(() -> Store.open(text))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessage(text + " is not a DuckDB database");
        assertThatThrownBy(() -> Store.open(folder.resolve("no/such/folder.duckdb")))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("its folder does not exist");
        assertThatThrownBy(() -> Store.open(folder))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("is a folder");
    }

    private static List<UnitStatistic> increments(Store store) {
        return store.read(reader -> reader.increments("gate"));
    }

    private static List<AccountingRow> liveAccounting(Store store) {
        return store.read(reader -> reader.accounting(Store.LIVE));
    }

    private static String metrics() {
        return """
                metrics:
                  - {id: m, type: mean, event: visit, role: primary}
                """;
    }

    private static List<String> dump(Path file) throws SQLException {
        List<String> all = new ArrayList<>();
        for (String table : TABLES) {
            rows(file, "select * from " + table + " order by all").forEach(row -> all.add(table + ": " + row));
        }
        return all;
    }

    private static List<String> rows(Path file, String sql) throws SQLException {
        List<String> result = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    cells.add(rows.getString(i));
                }
                result.add(String.join("|", cells));
            }
        }
        return result;
    }
}
