package org.showroomlab.reports.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.report.LookRecorder;
import org.showroomlab.reports.report.ReportAssembler;
import org.showroomlab.stats.verdict.Reason;

/** Which files a store opens, and who else may. */
class StoreFileTest {
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
    void aFileOfTheFirstVersionGetsWhatItLacks() throws SQLException {
        Path file = folder.resolve("first.duckdb");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("create table store_version (version integer not null)");
            statement.execute("insert into store_version values (1)");
        }
        try (Store store = Store.open(file)) {
            store.replace(List.of(Samples.gate()), StoredRows.everyKind(3));
        }
        Store.open(file).close();
        assertThat(StoredRows.read(file, "select max(version), count(*) from store_version"))
                .containsExactly("11|2");
        assertThat(StoredRows.read(file, "select showroom, epoch_ms(complete_through) from showrooms"))
                .containsExactly("lisbon|3000");
    }

    /** As of when a run counted nobody wrote anything before version 7. */
    @Test
    void aFileOfVersionSixGetsTheColumnsThatItLacks() throws SQLException {
        Path file = folder.resolve("sixth.duckdb");
        try (Store store = Store.open(file)) {
            store.replace(List.of(Samples.gate()), StoredRows.everyKind(3));
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("update store_version set version = 6");
            statement.execute("update experiment_files set time_zone = 'Z'");
            statement.execute("alter table experiment_files drop column run_as_of");
            statement.execute("alter table experiment_files drop column run_counted_at");
            statement.execute("alter table experiment_files drop column plan");
            statement.execute("alter table as_known drop column plan");
            statement.execute("alter table as_known drop column planned_end");
            statement.execute("alter table as_known drop column planned_observe_until");
            statement.execute("alter table as_known drop column number");
            statement.execute("alter table as_known drop column digest");
            statement.execute("drop table last_look");
            statement.execute("drop table between_states");
        }
        try (Store store = Store.openToRead(file)) {
            assertThat(store.read(reader -> reader.experiment("gate"))
                            .orElseThrow()
                            .run())
                    .isNull();
        }
        assertThat(StoredRows.read(
                        file, "select experiment, time_zone, run_as_of, run_counted_at, plan from experiment_files"))
                .containsExactly("gate|UTC|null|null|null");
    }

    /** Version 8 said plans in another way; what was looked at was the same. */
    @Test
    void looksOfAnOlderVersionAreStillOfTheirPlan() throws SQLException {
        Path file = folder.resolve("eighth.duckdb");
        try (Store store = Store.open(file)) {
            store.replace(List.of(Samples.gate()), Samples.gateRows());
            LookRecorder.record(store, Instant.parse("2026-04-07T12:00:00Z"));
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("update store_version set version = 8");
            statement.execute(
                    "insert into as_known select * replace (as_of - interval 1 day as as_of, 'other' as plan) from as_known");
            statement.execute("update experiment_files set plan = 'of version 8'");
            statement.execute("update as_known set plan = 'of version 8' where plan <> 'other'");
        }
        try (Store reader = Store.openToRead(file)) {
            assertThat(reader.<List<RecordedLook>>read(stored -> stored.looks("gate")))
                    .hasSize(1);
        }
        try (Store store = Store.open(file)) {
            store.replace(List.of(Samples.gate()), Samples.gateRows());
            assertThat(store.<List<RecordedLook>>read(stored -> stored.looks("gate")))
                    .hasSize(1);
        }
    }

    /** Version 10 made them of less. */
    @Test
    void digestsOfAnOlderVersionAreMadeAnew() throws SQLException {
        Path file = folder.resolve("tenth.duckdb");
        try (Store store = Store.open(file)) {
            store.replace(List.of(Samples.gate()), Samples.gateRows());
            LookRecorder.record(store, Instant.parse("2026-04-07T12:00:00Z"));
        }
        String digests = "select number, digest from as_known order by number";
        List<String> before = StoredRows.read(file, digests);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("update store_version set version = 10");
            statement.execute("update as_known set digest = 'of version 10'");
            statement.execute("drop table last_look");
        }
        Store.openToRead(file).close();
        assertThat(StoredRows.read(file, digests)).isNotEmpty().isEqualTo(before);
        assertThat(StoredRows.read(file, "select number, digest from last_look"))
                .containsExactly(before.get(before.size() - 1));
    }

    /** A process that ends meanwhile leaves it to others to know. */
    @Test
    void whatIsNoStateIsSaidByTheFile() {
        Path file = folder.resolve("half.duckdb");
        try (Store store = Store.open(file)) {
            store.registerExperiments(List.of(Samples.gate()));
            store.restating(Set.of("gate"));
        }
        try (Store store = Store.open(file)) {
            // Somebody began to read, and nothing was stored.
            assertThat(store.restating()).isEmpty();
            store.restating(Set.of("gate", "other"));
            store.apply(StoredRows.everyKind(3), Map.of());
        }
        try (Store store = Store.openToRead(file)) {
            assertThat(store.restating()).containsExactlyInAnyOrder("gate", "other");
            assertThat(ReportAssembler.assemble(store, "gate").verdict().reasons())
                    .extracting(Reason::code)
                    .containsExactly("being_counted");
        }
        try (Store store = Store.open(file)) {
            store.restating(Set.of("gate"));
        }
        try (Store store = Store.open(file)) {
            assertThat(store.restating()).containsExactly("gate");
            store.replace(List.of(Samples.gate()), StoredRows.everyKind(3));
            assertThat(store.restating()).isEmpty();
        }
        try (Store store = Store.openToRead(file)) {
            assertThat(store.restating()).isEmpty();
        }
    }

    @Test
    void aDatabaseOfSomethingElseIsLeftAlone() throws SQLException, IOException {
        Path file = folder.resolve("other.duckdb");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("create table experiments (a integer)");
        }
        byte[] before = Files.readAllBytes(file);
        for (Consumer<Path> open : List.<Consumer<Path>>of(Store::open, Store::openToRead)) {
            assertThatThrownBy(() -> open.accept(file))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessage(file + " is a database of something else: it has tables, and none of ours");
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);

        Path asked = folder.resolve("what?.db");
        assertThatThrownBy(() -> Store.open(asked)).hasMessageContaining("question mark");
        Path lite = folder.resolve("lite.db");
        Files.writeString(lite, "SQLite format 3\0" + "x".repeat(4096));
        assertThatThrownBy(() -> Store.open(lite)).hasMessage(lite + " is not a DuckDB database");
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
    void aSecondWriterIsRefusedWithASentence() throws IOException, InterruptedException {
        Path file = folder.resolve("held.duckdb");
        try (Store store = Store.open(file)) {
            assertThat(store.offsets()).isEmpty();
            assertThatThrownBy(() -> Store.open(file))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("already open in this process");
            assertThat(openedByAnotherProcess(file, "write"))
                    .contains("is held by process " + ProcessHandle.current().pid());
        }
        Store.open(file).close();
    }

    @Test
    void readersDoNotShutEachOtherOut() throws IOException, InterruptedException {
        Path file = folder.resolve("read.duckdb");
        try (Store store = Store.open(file)) {
            store.replace(List.of(Samples.gate()), Samples.gateRows());
        }
        try (Store reader = Store.openToRead(file)) {
            assertThat(reader.read(StoreReader::experimentIds)).containsExactly("gate");
            assertThat(openedByAnotherProcess(file, "read")).contains("opened with");
            assertThat(openedByAnotherProcess(file, "write")).contains("is held by process");
            assertThatThrownBy(() -> reader.replace(List.of(Samples.gate()), Samples.gateRows()))
                    .isInstanceOf(StoreFailed.class);
        }
    }

    /** It gets what it lacks, for which it has to be written; its looks did not say what they had seen, and stand. */
    @Test
    void aFileOfAnOlderVersionCanBeReadAsWell() throws SQLException {
        Path file = folder.resolve("older.duckdb");
        try (Store store = Store.open(file)) {
            store.replace(List.of(Samples.gate()), Samples.gateRows());
            LookRecorder.record(store, Instant.parse("2026-04-07T12:00:00Z"));
            assertThat(store.<List<RecordedLook>>read(reader -> reader.looks("gate")))
                    .hasSize(1);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("drop table result_cluster");
            statement.execute("drop view standing_looks");
            statement.execute("drop view look_sources");
            statement.execute("alter table as_known drop column source");
            statement.execute("update store_version set version = 3");
        }
        try (Store reader = Store.openToRead(file)) {
            assertThat(reader.read(StoreReader::cluster)).isEmpty();
            assertThat(reader.<List<RecordedLook>>read(stored -> stored.looks("gate")))
                    .hasSize(1);
        }
    }

    private static String openedByAnotherProcess(Path file, String how) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpenFromOutside.class.getName(),
                        file.toString(),
                        how)
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
}
