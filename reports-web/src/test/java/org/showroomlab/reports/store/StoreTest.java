package org.showroomlab.reports.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.ClusterStatistic;
import org.showroomlab.jobs.results.CountedExperiment;
import org.showroomlab.jobs.results.DeadLetterRow;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.StockCount;
import org.showroomlab.jobs.results.UnitStatistic;
import org.showroomlab.reports.Samples;

/** Rows that are replaced by a run, and rows that arrive one by one. */
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

    /** What was said of an experiment before it was registered, or before a run replaced it, is read again. */
    @Test
    void anExperimentThatBecomesLiveIsReadFromTheBeginning() {
        ResultPartition partition = new ResultPartition("results", 0);
        try (Store store = Store.inMemory()) {
            store.apply(Samples.gateRows(), Map.of(partition, 5L));
            store.registerExperiments(List.of(Samples.gate()));
            assertThat(store.offsets()).isEmpty();
            store.apply(Samples.gateRows(), Map.of(partition, 5L));
            store.registerExperiments(List.of(Samples.gate()));
            assertThat(store.offsets()).isEqualTo(Map.of(partition, 5L));
            assertThat(increments(store)).hasSize(4);
            store.replace(List.of(Samples.gate()), Samples.gateRows());
            store.registerExperiments(List.of(Samples.gate()));
            assertThat(store.offsets()).isEmpty();
        }
    }

    @Test
    void whatAnotherKafkaClusterSaidGoesAndOnlyThat() {
        ResultPartition partition = new ResultPartition("results", 0);
        LoadedExperiment other = Samples.experiment("other", StoredRows.metrics());
        try (Store store = Store.inMemory()) {
            store.replace(
                    List.of(other),
                    List.of(
                            Samples.statistic("other", "", "a", Samples.DAY, 1, 0),
                            new AccountingRow("files", 1, 1, 0, 0, 0, 0, 0, 0, 1)));
            store.registerExperiments(List.of(Samples.gate()));
            store.follow("first", "topic");
            store.apply(Samples.gateRows(), Map.of(partition, 5L));
            store.follow("first", "topic");
            assertThat(increments(store)).hasSize(4);

            store.follow("second", "topic");
            assertThat(store.offsets()).isEmpty();
            assertThat(increments(store)).isEmpty();
            assertThat(store.read(StoreReader::feeds)).containsExactly("run:other");
            assertThat(store.<Integer>read(reader -> reader.increments("other").size()))
                    .isEqualTo(1);
            assertThat(store.read(StoreReader::experimentIds)).containsExactly("gate", "other");
        }
    }

    @Test
    void anExperimentThatARunHasCountedBecomesLiveWithItsFirstLiveRow() {
        ResultPartition partition = new ResultPartition("results", 0);
        LoadedExperiment other = Samples.experiment("other", StoredRows.metrics());
        List<ResultRow> live = List.of(
                Samples.statistic("gate", "", "a", Samples.DAY, 7, 0),
                Samples.statistic("other", "", "a", Samples.DAY, 7, 0));
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(other));
            store.replace(List.of(Samples.gate()), Samples.gateRows());
            assertThat(store.apply(live.subList(1, 2), Map.of(partition, 4L))).isTrue();
            assertThat(increments(store)).hasSize(4);

            assertThat(store.apply(live, Map.of(partition, 5L))).isFalse();
            assertThat(store.offsets()).isEmpty();
            assertThat(increments(store)).isEmpty();
            assertThat(store.read(StoreReader::feeds)).isEmpty();
            assertThat(store.apply(live, Map.of(partition, 5L))).isTrue();
            assertThat(increments(store)).singleElement().matches(row -> row.n() == 7);
            assertThat(store.offsets()).isEqualTo(Map.of(partition, 5L));
        }
    }

    /** Settled or not: a job with other experiments, or from an older savepoint, does not say all of it again. */
    @Test
    void whatAJobSaidBeforeItWasSubmittedAnewGoes() {
        LoadedExperiment removed = Samples.experiment("removed", StoredRows.metrics());
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(Samples.gate(), removed));
            say(store, "counting", "first", 1, List.of("gate", "removed"), unit("gate", 5, 100), unit("removed", 5, 7));
            say(store, "counting", "second", 9, List.of("gate"), unit("gate", 12, 140));
            assertThat(increments(store)).containsExactly(unit("gate", 12, 140));
            assertThat(store.<List<UnitStatistic>>read(reader -> reader.increments("removed")))
                    .containsExactly(unit("removed", 5, 7));

            // Said by another subtask, or read again from an offset that was held.
            say(store, "counting", "second", 10, List.of("gate"), unit("gate", 13, 1));
            say(store, "counting", "first", 1, List.of("gate", "removed"), unit("gate", 5, 100));
            assertThat(increments(store)).containsExactlyInAnyOrder(unit("gate", 12, 140), unit("gate", 13, 1));
        }
    }

    @Test
    void ofTwoJobsThatCountAnExperimentTheOneThatBeganLastIsBelieved() {
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(Samples.gate()));
            say(store, "counting", "first", 1, List.of("gate"), unit("gate", 5, 100), unit("gate", 6, 20));
            say(store, "drop-monitor", "second", 9, List.of("gate"), unit("gate", 5, 30));
            say(store, "counting", "first", 1, List.of("gate"), unit("gate", 5, 101));
            assertThat(increments(store)).containsExactly(unit("gate", 5, 30));
            assertThat(store.<Optional<String>>read(
                            reader -> reader.experiment("gate").map(StoredExperiment::feed)))
                    .contains("live:drop-monitor");

            store.follow("cluster", "topic");
            store.follow("cluster", "topic made anew");
            say(store, "counting", "third", 1, List.of("gate"), unit("gate", 5, 3));
            assertThat(increments(store)).containsExactly(unit("gate", 5, 3));
        }
    }

    /** A failure of what both run on makes both say that they begin, once more. */
    @Test
    void aJobThatOnlyRecoversTakesNothingFromAnother() {
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(Samples.gate()));
            say(store, "counting", "first", 1, List.of("gate"), unit("gate", 5, 1));
            say(store, "drop-monitor", "second", 9, List.of("gate"), unit("gate", 5, 30), unit("gate", 6, 40));

            say(store, "counting", "first", 12, List.of("gate"), unit("gate", 5, 2));
            assertThat(increments(store)).containsExactlyInAnyOrder(unit("gate", 5, 30), unit("gate", 6, 40));

            say(store, "drop-monitor", "second", 15, List.of("gate"), unit("gate", 6, 41));
            assertThat(increments(store)).containsExactlyInAnyOrder(unit("gate", 5, 30), unit("gate", 6, 41));

            // After all that was said is read again, too.
            say(store, "counting", "first", 1, List.of("gate"), unit("gate", 5, 3));
            say(store, "drop-monitor", "second", 9, List.of("gate"), unit("gate", 5, 31));
            say(store, "counting", "third", 20, List.of("gate"), unit("gate", 5, 4));
            assertThat(increments(store)).containsExactly(unit("gate", 5, 4));
        }
    }

    @Test
    void whatARunHasCountedStaysWhenTheSameDefinitionIsRegistered() {
        LoadedExperiment gate = Samples.gate();
        try (Store store = Store.inMemory()) {
            store.replace(List.of(gate), Samples.gateRows());
            store.registerExperiments(List.of(gate));
            assertThat(increments(store)).hasSize(4);

            store.registerExperiments(
                    List.of(new LoadedExperiment(gate.experiment(), gate.file(), gate.yaml() + "\n")));
            assertThat(increments(store)).isEmpty();
        }
    }

    /** Nobody has registered it, or another definition. */
    @Test
    void anExperimentIsWhatTheJobThatCountsItTakesItFor() {
        LoadedExperiment gate = Samples.gate();
        CountedExperiment counted = new CountedExperiment("gate", gate.file(), gate.yaml());
        CountedExperiment renamed =
                new CountedExperiment("gate", gate.file(), gate.yaml().replace("name: ", "name: Newer "));
        try (Store store = Store.inMemory()) {
            begin(store, "first", 1, counted);
            assertThat(store.read(StoreReader::experimentIds)).containsExactly("gate");
            assertThat(definition(store)).isEqualTo(gate.yaml());

            begin(store, "second", 2, renamed);
            assertThat(definition(store)).isEqualTo(renamed.definition());
            // The first one only recovers.
            begin(store, "first", 3, counted);
            assertThat(definition(store)).isEqualTo(renamed.definition());

            begin(store, "third", 4, new CountedExperiment("gate", "gate.yaml", "id: of another version"));
            assertThat(definition(store)).isEqualTo(renamed.definition());
        }
    }

    private static void begin(Store store, String jobId, long offset, CountedExperiment experiment) {
        JobBeginning beginning = new JobBeginning(jobId, List.of(experiment), offset);
        store.apply(Map.of("counting", new LiveRows(List.of(beginning), Map.of())), Map.of());
    }

    private static String definition(Store store) {
        return store.<Optional<String>>read(reader ->
                        reader.experiment("gate").map(stored -> stored.loaded().yaml()))
                .orElseThrow();
    }

    /** A run's rows go with the first live row, and then the topic is read from its beginning. */
    @Test
    void anExperimentOfARunIsNobodysUntilItsFirstLiveRow() {
        try (Store store = Store.inMemory()) {
            store.replace(List.of(Samples.gate()), Samples.gateRows());
            assertThat(say(store, "counting", "first", 1, List.of("gate"))).isTrue();
            assertThat(increments(store)).hasSize(4);
            assertThat(say(store, "counting", "first", 1, List.of(), unit("gate", 5, 2)))
                    .isFalse();
            assertThat(say(store, "counting", "first", 1, List.of("gate"), unit("gate", 5, 2)))
                    .isTrue();
            assertThat(increments(store)).containsExactly(unit("gate", 5, 2));
        }
    }

    private static UnitStatistic unit(String experiment, int dayOfJanuary, long n) {
        return Samples.statistic(experiment, "", "a", LocalDate.of(2026, 1, dayOfJanuary), n, 0);
    }

    private static boolean say(
            Store store, String job, String jobId, long offset, List<String> experiments, UnitStatistic... rows) {
        JobBeginning beginning = new JobBeginning(
                jobId,
                experiments.stream()
                        .map(id -> new CountedExperiment(id, "", ""))
                        .toList(),
                offset);
        return store.apply(Map.of(job, new LiveRows(List.of(beginning), Map.of(jobId, List.of(rows)))), Map.of());
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
                squares("m", "b", 7, nearly));
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
        assertThat(StoredRows.read(file, "select distinct sum, sum_squares, den_sum from cluster_statistics"))
                .containsExactly("1|null|2");
    }

    private static UnitStatistic squares(String metric, String variant, int dayOfJanuary, BigInteger sumSquares) {
        List<BigInteger> sums = new ArrayList<>(Collections.nCopies(16, BigInteger.ZERO));
        sums.set(UnitStatistic.Sum.YY.ordinal(), sumSquares);
        return new UnitStatistic("gate", metric, variant, "", "", LocalDate.of(2026, 1, dayOfJanuary), 1, 1, sums);
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

    private static List<AccountingRow> liveAccounting(Store store) {
        return store.read(reader -> reader.accounting(Store.LIVE));
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
