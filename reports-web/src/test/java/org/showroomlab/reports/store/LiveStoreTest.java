package org.showroomlab.reports.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.CountedExperiment;
import org.showroomlab.jobs.results.DeadLetterRow;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.ShowroomProgress;
import org.showroomlab.jobs.results.UnitStatistic;
import org.showroomlab.reports.Samples;

/** Rows that arrive one by one, of jobs that come and go. */
class LiveStoreTest {
    @TempDir
    Path folder = Path.of("");

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

    /** Nothing is counted by it any more: the pages and the metrics would go on saying how much it had received. */
    @Test
    void theAccountingOfAJobLeavesWithItsLastExperiment() {
        LoadedExperiment other = Samples.experiment("other", StoredRows.metrics());
        ResultRow received = new AccountingRow("events", 9, 9, 0, 0, 0, 0, 0, 0, 1);
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(Samples.gate(), other));
            say(store, "drop-monitor", "first", 1, List.of("gate", "other"), received, unit("gate", 5, 1));
            say(store, "counting", "second", 9, List.of("gate"), received, unit("gate", 5, 2));
            assertThat(store.read(StoreReader::feeds)).containsExactly("live", "live:drop-monitor");

            // One that takes over what nobody had said a row of yet.
            say(store, "ttl-speed", "third", 12, List.of("other"));
            assertThat(store.read(StoreReader::feeds)).containsExactly("live");
        }
    }

    /**
     * They come by another way than the beginning, and one that is not heard again would hide how little is counted yet. A
     * record that was set aside is not said again from a savepoint.
     */
    @Test
    void theAccountingIsThatOfTheLastSubmission() throws SQLException {
        Path file = folder.resolve("live.duckdb");
        AccountingRow visits = new AccountingRow("visits", 9, 9, 0, 0, 0, 0, 0, 0, 1);
        AccountingRow stock = new AccountingRow("stock", 7, 7, 0, 0, 0, 0, 0, 0, 1);
        AccountingRow anew = new AccountingRow("visits", 2, 1, 0, 0, 0, 0, 0, 0, 1);
        DeadLetterRow letter = new DeadLetterRow("visits", "0/12", "bad_json", null, "", new byte[] {1});
        try (Store store = Store.open(file)) {
            store.registerExperiments(List.of(Samples.gate()));
            account(store, "first", 1, visits, stock, letter, new ShowroomProgress("lisboa", 5));
            assertThat(liveAccounting(store)).containsExactlyInAnyOrder(visits, stock);

            account(store, "second", 9, anew);
            assertThat(liveAccounting(store)).containsExactly(anew);
            account(store, "first", 1, visits);
            assertThat(liveAccounting(store)).containsExactly(anew);
            assertThat(store.<List<ShowroomProgress>>read(reader -> reader.showrooms(Store.LIVE)))
                    .isEmpty();
        }
        assertThat(StoredRows.read(file, "select position from dead_letter_rows"))
                .containsExactly("0/12");
    }

    /** Else it would say of tables that are empty that everything was counted. */
    @Test
    void withWhatAJobSaidBeforeGoesItsAccounting() {
        AccountingRow received = new AccountingRow("visits", 9, 9, 0, 0, 0, 0, 0, 0, 1);
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(Samples.gate()));
            account(store, "first", 1, received);
            say(store, "counting", "first", 2, List.of("gate"), unit("gate", 5, 9));
            assertThat(liveAccounting(store)).containsExactly(received);
            say(store, "counting", "second", 9, List.of("gate"));
            assertThat(liveAccounting(store)).isEmpty();
            account(store, "second", 12, received);
            // It only recovers.
            say(store, "counting", "second", 15, List.of("gate"));
            assertThat(liveAccounting(store)).containsExactly(received);
            // Jobs of earlier versions do not say whose accounting it is.
            AccountingRow unsigned = new AccountingRow("visits", 10, 10, 0, 0, 0, 0, 0, 0, 1);
            store.apply(List.of(unsigned), Map.of());
            assertThat(liveAccounting(store)).containsExactly(unsigned);
        }
    }

    /** The feed goes on after it: half a transaction would stand, and then be said a second time. */
    @Test
    void whereMemoryRunsOutInTheMiddleNothingIsStored() {
        // They are read once before the transaction, and once when it has dropped what was said before.
        AtomicInteger reads = new AtomicInteger();
        List<ResultRow> rows = new ArrayList<>(List.of(unit("gate", 5, 1))) {
            @Override
            public Iterator<ResultRow> iterator() {
                if (reads.incrementAndGet() > 1) {
                    throw new OutOfMemoryError("as it were");
                }
                return super.iterator();
            }

            @Override
            public Spliterator<ResultRow> spliterator() {
                return Spliterators.spliteratorUnknownSize(iterator(), 0);
            }
        };
        JobBeginning second = new JobBeginning("second", List.of(new CountedExperiment("gate", "", "")), 9);
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(Samples.gate()));
            say(store, "counting", "first", 1, List.of("gate"), unit("gate", 5, 100));
            assertThatThrownBy(() -> store.apply(
                            Map.of("counting", new LiveRows(List.of(second), Map.of("second", rows))), Map.of()))
                    .isInstanceOf(OutOfMemoryError.class);
            assertThat(increments(store)).containsExactly(unit("gate", 5, 100));
        }
    }

    private static void account(Store store, String jobId, long offset, ResultRow... rows) {
        JobBeginning heard = new JobBeginning(jobId, List.of(), offset);
        store.apply(Map.of("counting", new LiveRows(List.of(heard), Map.of(jobId, List.of(rows)))), Map.of());
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
            Store store, String job, String jobId, long offset, List<String> experiments, ResultRow... rows) {
        JobBeginning beginning = new JobBeginning(
                jobId,
                experiments.stream()
                        .map(id -> new CountedExperiment(id, "", ""))
                        .toList(),
                offset);
        return store.apply(Map.of(job, new LiveRows(List.of(beginning), Map.of(jobId, List.of(rows)))), Map.of());
    }

    private static List<UnitStatistic> increments(Store store) {
        return store.read(reader -> reader.increments("gate"));
    }

    private static List<AccountingRow> liveAccounting(Store store) {
        return store.read(reader -> reader.accounting(Store.LIVE));
    }
}
