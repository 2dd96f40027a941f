package org.showroomlab.reports.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.reports.store.Store;

/** What a live job set aside: its records are known by their bytes, and when they came only the job knows. */
class LiveLettersTest {
    private static final LoadedExperiment EXPERIMENT = ExperimentFiles.parse("small.yaml", """
            id: small
            start: 2026-01-05T00:00:00Z
            end: 2026-01-06T00:00:00Z
            variants: [{id: a, control: true}, {id: b}]
            metrics: [{id: m, type: mean, event: visit, value: attributes.width}]
            """);

    private static final String USUAL = visit("usual", 1_000, "");
    private static final String AHEAD = visit("ahead", 9_000, "");
    private static final String BROKEN = "{";
    private static final String WIDE = visit("wide", 2_000, ",'attributes':{'width':1e30}");

    @TempDir
    Path folder;

    private final List<Difference> differences = new ArrayList<>();
    private Path database = Path.of("");
    private Path events = Path.of("");

    private static String visit(String id, long millis, String more) {
        return ("{'type':'visit','id':'" + id + "','ts':" + millis + ",'showroom':'s','visitor':'v'" + more + "}")
                .replace('\'', '"');
    }

    @BeforeEach
    void makeTheDatabase() throws Exception {
        database = folder.resolve("live.duckdb");
        events = Files.write(folder.resolve("events.ndjson"), List.of(USUAL, AHEAD, BROKEN, WIDE));
        try (Store store = Store.open(database)) {
            store.replace(List.of(EXPERIMENT), List.of());
        }
        change("update experiment_files set feed = 'live'");
        change("insert into accounting_rows values ('live', 'visits', 4, 0, 1, 0, 0, 3, 0, 0, 1000)");
        change("insert into showroom_progress values ('live', 's', 1000)");
        letter("0/1", "clock_ahead", "ts", AHEAD);
        letter("0/2", "malformed_json", null, BROKEN);
        letter("0/3", "value_out_of_range", "attributes.width", WIDE);
    }

    @Test
    void whatCameAheadOfTheClockIsSetAsideInTheRecomputationToo() throws SQLException {
        Verification found = verify();
        assertThat(differences).isEmpty();
        assertThat(found.tables()).contains(new Verification.TableAgreement("dead_letter_rows", 3, 0));
    }

    /** A run in the same file reads what the live job does not. */
    @Test
    void whatAnotherFeedsMetricsCannotReadIsNoMatterOfThisOne() throws Exception {
        LoadedExperiment other = ExperimentFiles.parse(
                "other.yaml",
                EXPERIMENT.yaml().replace("id: small", "id: other").replace("width", "depth"));
        append(visit("deep", 500, ",'attributes':{'depth':1e30}"));
        try (Store store = Store.open(database)) {
            store.replace(List.of(other), List.of());
        }
        change("update accounting_rows set received = 5, in_no_experiment = 2");
        List<Difference> found = new ArrayList<>();
        new Verify(List.of(EXPERIMENT.experiment(), other.experiment()), Long.MAX_VALUE, step -> {})
                .compare(database, List.of(events), found::add);
        // The run itself has no accounting here, and live letters are known by their codes.
        assertThat(found)
                .isNotEmpty()
                .allMatch(difference -> difference.stored().equals("no row"));
        assertThat(found).extracting(Difference::key).noneMatch(key -> key.startsWith("code="));
    }

    /** A job that was submitted later took one of its experiments; its accounting is of that one, too. */
    @Test
    void theAccountingOfAJobIsOfWhatItCounts() throws SQLException {
        onlyTotalsOfRecordsAreComparedAfter("insert into live_owners values ('', 'live', 'j1', 5),"
                + " ('small', 'live', 'j1', 5), ('taken', 'live', 'j1', 5), ('taken', 'live:other', 'j2', 9)");
    }

    /** A run took one of its experiments, and with it what was known of that one. */
    @Test
    void whatAJobCountedOfWhichARunTookAPartIsNotKnown() throws SQLException {
        change("insert into live_owners values ('', 'live', 'j1', 5), ('small', 'live', 'j1', 5)");
        onlyTotalsOfRecordsAreComparedAfter("insert into experiment_files select *"
                + " replace ('taken' as experiment, 'run:taken' as feed) from experiment_files");
    }

    private void onlyTotalsOfRecordsAreComparedAfter(String sql) throws SQLException {
        change("update accounting_rows set counted = 1, in_no_experiment = 0, unknown_exposures = 3");
        verify();
        assertThat(differences).isNotEmpty().allMatch(d -> d.table().equals("accounting_rows"));
        differences.clear();
        change(sql);
        verify();
        assertThat(differences).isEmpty();
        change("update accounting_rows set duplicates = 1");
        verify();
        assertThat(differences).extracting(Difference::column).containsExactly("duplicates");
    }

    /** As the codec would in a run: of a file nobody knows when its records came. */
    @Test
    void ofARunTheClockIsNoReason() throws SQLException {
        for (String table : List.of("experiment_files", "accounting_rows", "showroom_progress", "dead_letter_rows")) {
            change("update " + table + " set feed = 'run:small'");
        }
        change("update accounting_rows set source = '" + events + "'");
        verify();
        assertThat(differences)
                .extracting(Difference::table, Difference::column, Difference::stored, Difference::recomputed)
                .contains(
                        tuple("accounting_rows", "in_no_experiment", "1", "2"),
                        tuple("accounting_rows", "dead_lettered", "3", "2"),
                        tuple("showroom_progress", "newest_millis", "1000", "9000"));
    }

    /** One of two deliveries came early, and again when it was time; so the other counts. */
    @Test
    void asManyDeliveriesAreSetAsideAsThereAreLetters() throws Exception {
        append(AHEAD);
        change("update accounting_rows set received = 5, in_no_experiment = 2, newest_millis = 9000");
        change("update showroom_progress set newest_millis = 9000");
        verify();
        assertThat(differences).isEmpty();
    }

    @Test
    void aLetterOfAnotherCodeIsNoReasonAndADifference() throws SQLException {
        change("update dead_letter_rows set code = 'wrong_type' where code = 'clock_ahead'");
        verify();
        assertThat(differences)
                .extracting(Difference::table, Difference::column, Difference::stored, Difference::recomputed)
                .containsExactly(
                        tuple("accounting_rows", "in_no_experiment", "1", "2"),
                        tuple("accounting_rows", "dead_lettered", "3", "2"),
                        tuple("dead_letter_rows", "row", "a row", "no row"),
                        tuple("showroom_progress", "newest_millis", "1000", "9000"));
    }

    @Test
    void aLetterWithOtherBytesIsNoReasonAndADifference() throws SQLException {
        change("update dead_letter_rows set record = 'zz'::blob where code = 'clock_ahead'");
        verify();
        assertThat(differences)
                .extracting(Difference::key)
                .anyMatch(key -> key.startsWith("code=clock_ahead, record=2 bytes, SHA-256 "));
        assertThat(differences)
                .extracting(Difference::table, Difference::column, Difference::stored, Difference::recomputed)
                .contains(
                        tuple("accounting_rows", "dead_lettered", "3", "2"),
                        tuple("showroom_progress", "newest_millis", "1000", "9000"));
    }

    /** What the accounting counts was not set aside: the letter is the only difference. */
    @Test
    void aLetterThatTheAccountingHasNoRoomForIsADifference() throws SQLException {
        letter("0/0", "clock_ahead", "ts", USUAL);
        letter("0/2", "clock_ahead", "ts", BROKEN);
        verify();
        assertThat(differences)
                .extracting(Difference::table, Difference::stored, Difference::recomputed)
                .containsExactly(
                        tuple("dead_letter_rows", "a row", "no row"), tuple("dead_letter_rows", "a row", "no row"));
    }

    @Test
    void aLetterThatIsGoneOrStandsTwiceOrNamesAnotherFieldIsADifference() throws SQLException {
        change("delete from dead_letter_rows where code = 'malformed_json'");
        change("update dead_letter_rows set field = 'id' where code = 'clock_ahead'");
        letter("0/5", "value_out_of_range", "attributes.width", WIDE);
        verify();
        assertThat(differences)
                .extracting(Difference::column, Difference::stored, Difference::recomputed)
                .containsExactlyInAnyOrder(
                        tuple("field", "id", "ts"), tuple("row", "no row", "a row"), tuple("row", "a row", "no row"));
    }

    /** A topic may have such records, and files cannot: the job is believed, if nothing is in them indeed. */
    @Test
    void recordsWithoutAnythingInThem() throws SQLException {
        change("update accounting_rows set received = 6, dead_lettered = 5");
        letter("0/7", "empty_record", null, "");
        letter("0/8", "empty_record", null, " \n");
        verify();
        assertThat(differences).isEmpty();
        letter("0/9", "empty_record", null, "x");
        verify();
        assertThat(differences)
                .singleElement()
                .satisfies(d -> assertThat(d.key()).startsWith("code=empty_record, record=1 bytes"));
    }

    /** Of these two reasons a job names the one that held when the record came. */
    @Test
    void ofARecordThatIsAheadAndUnreadableEitherReasonHolds() throws Exception {
        append(WIDE);
        change("update accounting_rows set received = 5, dead_lettered = 4");
        letter("0/4", "clock_ahead", "ts", WIDE);
        verify();
        assertThat(differences).isEmpty();
    }

    /** Letters stay when the job is submitted anew; its experiments may be others then. */
    @Test
    void whatAnEarlierSubmissionCouldNotReadIsNoDifference() throws Exception {
        String wideElsewhere = visit("elsewhere", 3_000, ",'attributes':{'depth':1e30}");
        append(wideElsewhere);
        change("update accounting_rows set received = 5, in_no_experiment = 2, newest_millis = 3000");
        change("update showroom_progress set newest_millis = 3000");
        letter("0/4", "value_out_of_range", "attributes.depth", wideElsewhere);
        verify();
        assertThat(differences).isEmpty();
        letter("0/0", "value_out_of_range", "attributes.depth", USUAL);
        verify();
        assertThat(differences)
                .singleElement()
                .satisfies(d ->
                        assertThat(d.key()).startsWith("code=value_out_of_range, record=" + USUAL.length() + " bytes"));
    }

    /** More than the topic of dead letters takes. */
    @Test
    void ofAVeryLongRecordTheBeginningIsCompared() throws Exception {
        String beginning = "x".repeat(5 << 20);
        append(beginning + "y");
        change("update accounting_rows set received = 5, dead_lettered = 4");
        letter("0/4", "record_too_large", null, beginning);
        verify();
        assertThat(differences).isEmpty();
    }

    @Test
    void withoutTablesNothingWasSetAside() throws SQLException {
        change("drop view dead_letters");
        change("drop table dead_letter_rows");
        verify();
        assertThat(differences).anyMatch(d -> d.table().equals("dead_letter_rows"));
    }

    private void append(String record) throws Exception {
        Files.writeString(events, record + "\n", StandardOpenOption.APPEND);
    }

    private Verification verify() {
        return new Verify(List.of(EXPERIMENT.experiment()), Long.MAX_VALUE, step -> {})
                .compare(database, List.of(events), differences::add);
    }

    private void letter(String position, String code, @Nullable String field, String record) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database);
                PreparedStatement insert = connection.prepareStatement(
                        "insert into dead_letter_rows values ('live', 'visits', ?, ?, ?, '', ?)")) {
            insert.setString(1, position);
            insert.setString(2, code);
            insert.setString(3, field);
            insert.setBytes(4, record.getBytes(StandardCharsets.UTF_8));
            insert.execute();
        }
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
