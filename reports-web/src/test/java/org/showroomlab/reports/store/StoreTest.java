package org.showroomlab.reports.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.ClusterStatistic;
import org.showroomlab.jobs.results.DeadLetterRow;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.StockCount;
import org.showroomlab.jobs.results.UnitStatistic;
import org.showroomlab.reports.Samples;

/** Rows that are replaced by a run, and what every row comes back as. */
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
            "live_owners",
            "as_known",
            "unit_statistics",
            "cluster_statistics",
            "histograms",
            "life_tables",
            "stock");

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
        rows.addAll(StoredRows.everyKind(3));
        byte[] bytes = "{broken".getBytes(StandardCharsets.UTF_8);
        rows.add(new DeadLetterRow("events.ndjson", "17", "not_json", null, "is not JSON", bytes));
        return rows;
    }

    @Test
    void everyKindOfRowIsReplacedAndComesBackAsItWas() {
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(Samples.gate()));
            store.apply(StoredRows.everyKind(3), Map.of());
            store.apply(StoredRows.everyKind(5), Map.of());
            try (StoreReader reader = store.reader()) {
                List<ResultRow> back = new ArrayList<>(reader.clusterIncrements("gate"));
                back.addAll(reader.histogramIncrements("gate"));
                back.addAll(reader.lifeIncrements("gate"));
                back.addAll(reader.stockIncrements("gate"));
                back.addAll(reader.showrooms(Store.LIVE));
                assertThat(back).isEqualTo(StoredRows.everyKind(5));
            }
        }
    }

    @Test
    void rowsThatSayNothingAreNotKept() {
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(Samples.gate()));
            store.apply(StoredRows.everyKind(3), Map.of());
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
            store.replace(List.of(Samples.gate()), StoredRows.everyKind(3));
            store.replace(List.of(Samples.gate()), List.of());
            try (StoreReader reader = store.reader()) {
                assertThat(reader.clusterIncrements("gate")).isEmpty();
                assertThat(reader.histogramIncrements("gate")).isEmpty();
                assertThat(reader.lifeIncrements("gate")).isEmpty();
                assertThat(reader.showrooms("run:gate")).isEmpty();
            }
        }
    }

    @Test
    void replacingKeepsOtherExperimentsWithTheirAccounting() {
        LoadedExperiment other = Samples.experiment("other", StoredRows.metrics());
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
        LoadedExperiment other = Samples.experiment("other", StoredRows.metrics());
        try (Store store = Store.inMemory()) {
            store.replace(List.of(Samples.gate(), other), Samples.gateRows());
            store.replace(List.of(Samples.gate()), Samples.gateRows());
            assertThat(store.read(StoreReader::feeds)).containsExactly("run:gate", "run:gate,other");
            store.replace(List.of(other), List.of());
            assertThat(store.read(StoreReader::feeds)).containsExactly("run:gate");
        }
    }

    /** A column has 128 bits: what has more stands beside it, and the view says null. */
    @Test
    void sumsOfMoreThan128BitsComeBackExactly() throws SQLException {
        Path file = folder.resolve("wide.duckdb");
        BigInteger wide = BigInteger.ONE.shiftLeft(127).add(BigInteger.TEN);
        BigInteger nearly = BigInteger.ONE.shiftLeft(126).negate();
        List<UnitStatistic> rows = List.of(
                squares("m", "a", 5, BigInteger.TEN),
                squares("m", "a", 6, wide),
                squares("m", "b", 5, nearly),
                squares("m", "b", 6, nearly),
                squares("m", "b", 7, nearly),
                squares("largest", "a", 5, BigInteger.ONE.shiftLeft(127).subtract(BigInteger.TWO)),
                squares("largest", "a", 6, BigInteger.ONE),
                squares("largest", "a", 7, BigInteger.ONE));
        ClusterStatistic cluster = new ClusterStatistic(
                "gate", "m", "a", "", "", "lisboa", 3, Samples.DAY, 1, BigInteger.ONE, wide, 2, BigInteger.TWO);
        try (Store store = Store.open(file)) {
            store.registerExperiments(List.of(Samples.gate()));
            store.apply(rows, Map.of());
            store.apply(List.of(cluster), Map.of());
            assertThat(increments(store)).containsExactlyInAnyOrderElementsOf(rows);
            assertThat(store.<List<ClusterStatistic>>read(reader -> reader.clusterIncrements("gate")))
                    .containsExactly(cluster);
        }
        assertThat(StoredRows.read(
                        file,
                        "select variant, day, n, sum_squares from unit_statistics where metric = 'm'"
                                + " order by variant, day"))
                .containsExactly(
                        "a|2026-01-05|1|10",
                        "a|2026-01-06|2|null",
                        "a|2026-01-07|2|null",
                        "b|2026-01-05|1|" + nearly,
                        "b|2026-01-06|2|null",
                        "b|2026-01-07|3|null");
        assertThat(StoredRows.read(
                        file, "select sum_squares from unit_statistics where metric = 'largest' order by day"))
                .containsExactly(
                        "170141183460469231731687303715884105726", "170141183460469231731687303715884105727", "null");
        // Another sum of the same rows has nothing of that.
        assertThat(StoredRows.read(file, "select distinct den_sum_squares from unit_statistics"))
                .containsExactly("0");
        assertThat(StoredRows.read(file, "select distinct sum, sum_squares, den_sum from cluster_statistics"))
                .containsExactly("1|null|2");
    }

    private static UnitStatistic squares(String metric, String variant, int dayOfJanuary, BigInteger sumSquares) {
        List<BigInteger> sums = new ArrayList<>(Collections.nCopies(16, BigInteger.ZERO));
        sums.set(UnitStatistic.Sum.YY.ordinal(), sumSquares);
        return new UnitStatistic("gate", metric, variant, "", "", LocalDate.of(2026, 1, dayOfJanuary), 1, 1, sums);
    }

    /** Each has its own time: where one never comes to a state again, the moments of the others are as short as before. */
    @Test
    void howLongRowsAreSaidAgainCountsFromTheFirstOfAnExperiment() throws InterruptedException {
        try (Store store = Store.inMemory()) {
            assertThat(store.longestRestating()).isZero();
            store.restating(Set.of("gate"));
            Thread.sleep(20);
            store.restating(Set.of("gate", "later"));
            assertThat(store.restatingFor("gate"))
                    .isGreaterThan(Duration.ofMillis(10))
                    .isGreaterThan(store.restatingFor("later"));
            assertThat(store.longestRestating()).isGreaterThan(store.restatingFor("later"));
            store.restating(Set.of("later"));
            assertThat(store.restatingFor("gate")).isZero();
            store.restating(Set.of());
            assertThat(store.longestRestating()).isZero();
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

    private static List<UnitStatistic> increments(Store store) {
        return store.read(reader -> reader.increments("gate"));
    }

    private static List<String> dump(Path file) throws SQLException {
        List<String> all = new ArrayList<>();
        for (String table : TABLES) {
            StoredRows.read(file, "select * from " + table + " order by all")
                    .forEach(row -> all.add(table + ": " + row));
        }
        return all;
    }
}
