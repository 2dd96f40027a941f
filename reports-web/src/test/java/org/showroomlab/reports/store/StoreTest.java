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
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.DeadLetterRow;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.UnitStatistic;
import org.showroomlab.reports.Samples;

class StoreTest {
    private static final List<String> TABLES = List.of(
            "experiment_files",
            "experiment_variants",
            "unit_increments",
            "accounting_rows",
            "dead_letter_rows",
            "result_offsets",
            "as_known",
            "unit_statistics");

    @TempDir
    Path folder = Path.of("");

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
        byte[] bytes = "{broken".getBytes(StandardCharsets.UTF_8);
        rows.add(new DeadLetterRow("events.ndjson", "17", "not_json", null, "is not JSON", bytes));
        return rows;
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
        for (String view : List.of(
                "experiments",
                "variants",
                "unit_statistics",
                "cluster_statistics",
                "histograms",
                "life_tables",
                "accounting",
                "dead_letters",
                "as_known")) {
            assertThat(rows(file, "select * from " + view)).as(view).isEmpty();
        }
        assertThat(
                        rows(
                                file,
                                "select column_name from duckdb_columns() where table_name = 'unit_statistics' and comment is null"))
                .containsExactly("experiment");
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
