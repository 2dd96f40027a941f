package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.store.RecordedLook;
import org.showroomlab.reports.store.Store;

class LookRecorderTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aLookIsKeptOncePerHourOfEventTimeAndNeverRewritten() throws SQLException {
        Path file = folder.resolve("looks.duckdb");
        Instant now = Instant.parse("2026-04-07T12:00:00Z");
        try (Store store = Store.open(file)) {
            store.registerExperiments(List.of(Samples.gate()));
            store.apply(Samples.gateRows(), Map.of());
            LookRecorder.record(store, now);
            LookRecorder.record(store, now.plusSeconds(60));
            store.apply(List.of(Samples.accounting("events.ndjson", "2026-04-06T01:00:00Z")), Map.of());
            LookRecorder.record(store, now.plusSeconds(120));
        }
        try (var connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select count(*), min(epoch(known_at)), max(decision), min(estimate) from as_known")) {
            rows.next();
            assertThat(rows.getLong(1)).isEqualTo(2);
            assertThat(rows.getDouble(2)).isEqualTo((double) now.getEpochSecond());
            assertThat(rows.getString(3)).isEqualTo("roll_back");
            assertThat(rows.getDouble(4)).isBetween(-0.0083, -0.0082);
        }
    }

    @Test
    void nothingIsKeptOfWhatIsHalfCounted() {
        Instant now = Instant.parse("2026-04-07T12:00:00Z");
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(Samples.gate()));
            store.apply(Samples.gateRows(), Map.of());
            store.apply(List.of(received(100)), Map.of());
            LookRecorder.record(store, now);
            assertThat(store.<Integer>read(reader -> reader.looks("gate").size()))
                    .isZero();

            store.apply(List.of(received(80)), Map.of());
            LookRecorder.record(store, now);
            assertThat(store.<Integer>read(reader -> reader.looks("gate").size()))
                    .isPositive();
        }
    }

    /** By its purchases the experiment has ended; of its visits some are still to be read. */
    @Test
    void whatStillChangesIsNoLastWord() {
        Instant now = Instant.parse("2026-04-07T12:00:00Z");
        RestingReports resting = new RestingReports();
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(Samples.gate()));
            store.apply(Samples.gateRows(), Map.of());
            assertThat(LookRecorder.record(store, now, LookSchedule.DEFAULT, resting))
                    .isFalse();
            store.apply(List.of(Samples.statistic("gate", "", "a", Samples.DAY, 44_800, 0)), Map.of());
            store.apply(
                    List.of(Samples.statistic("gate", "retention_7", "a", Samples.DAY, 44_800, 8_600, 8_600, 8_600)),
                    Map.of());
            assertThat(LookRecorder.record(store, now.plusSeconds(30), LookSchedule.DEFAULT, resting))
                    .isFalse();
            assertThat(store.<Integer>read(reader -> reader.looks("gate").size()))
                    .isZero();
            assertThat(LookRecorder.record(store, now.plusSeconds(60), LookSchedule.DEFAULT, resting))
                    .isTrue();
            assertThat(store.<Integer>read(reader -> reader.looks("gate").size()))
                    .isEqualTo(1);
        }
    }

    @Test
    void whatNeverComesToRestIsKeptSomeTime() {
        Instant now = Instant.parse("2026-04-07T12:00:00Z");
        RestingReports resting = new RestingReports();
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(Samples.gate()));
            store.apply(Samples.gateRows(), Map.of());
            int times = 0;
            while (!LookRecorder.record(store, now.plusSeconds(30L * times), LookSchedule.DEFAULT, resting)) {
                times++;
                store.apply(List.of(Samples.statistic("gate", "", "a", Samples.DAY, 44_800 + times, 0)), Map.of());
                store.apply(
                        List.of(Samples.statistic(
                                "gate", "retention_7", "a", Samples.DAY, 44_800 + times, 8_600, 8_600, 8_600)),
                        Map.of());
            }
            assertThat(times).isEqualTo(20);
        }
    }

    /** A job that begins from a savepoint says its totals one by one, and its accounting at once. */
    @Test
    void nothingIsKeptOfWhatIsSaidAgain() {
        Instant now = Instant.parse("2026-04-07T12:00:00Z");
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(Samples.gate()));
            store.apply(Samples.gateRows(), Map.of());
            store.restating(Set.of("gate", "other"));
            assertThat(LookRecorder.record(store, now, LookSchedule.DEFAULT, new RestingReports()))
                    .isFalse();
            assertThat(store.<Integer>read(reader -> reader.looks("gate").size()))
                    .isZero();
            store.restating(Set.of("other"));
            RestingReports resting = new RestingReports();
            assertThat(LookRecorder.record(store, now, LookSchedule.DEFAULT, resting))
                    .isFalse();
            assertThat(LookRecorder.record(store, now.plusSeconds(30), LookSchedule.DEFAULT, resting))
                    .isTrue();
            assertThat(store.<Integer>read(reader -> reader.looks("gate").size()))
                    .isPositive();
        }
    }

    /** That it had come to rest before says nothing of what another submission says. */
    @Test
    void whatIsSaidAgainHasToComeToRestAgain() {
        Instant now = Instant.parse("2026-04-07T12:00:00Z");
        RestingReports resting = new RestingReports();
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(Samples.gate()));
            store.apply(Samples.gateRows(), Map.of());
            LookRecorder.record(store, now, LookSchedule.DEFAULT, resting);
            assertThat(LookRecorder.record(store, now.plusSeconds(3_600), LookSchedule.DEFAULT, resting))
                    .isTrue();
            store.restating(Set.of("gate"));
            LookRecorder.record(store, now.plusSeconds(3_610), LookSchedule.DEFAULT, resting);
            store.restating(Set.of());
            assertThat(LookRecorder.record(store, now.plusSeconds(3_620), LookSchedule.DEFAULT, resting))
                    .isFalse();
            assertThat(LookRecorder.record(store, now.plusSeconds(3_650), LookSchedule.DEFAULT, resting))
                    .isTrue();
        }
    }

    /** Eighty of them are counted. */
    private static AccountingRow received(long received) {
        return new AccountingRow(
                "events.ndjson",
                received,
                80,
                0,
                0,
                0,
                0,
                0,
                0,
                Instant.parse("2026-04-06T01:00:00Z").toEpochMilli());
    }

    @Test
    void aDropIsLookedAtEveryMinuteWithItsInformation() throws SQLException {
        Path file = folder.resolve("drop.duckdb");
        Instant now = Instant.parse("2026-04-07T12:00:00Z");
        LoadedExperiment drop =
                ExperimentFiles.parse("gate.yaml", Samples.gate().yaml().replace("end: 2026-04-05", "end: 2026-01-07"));
        try (Store store = Store.open(file)) {
            store.registerExperiments(List.of(drop));
            store.apply(Samples.gateRows(), Map.of());
            for (String newest : List.of("2026-01-06T00:00:10Z", "2026-01-06T00:00:50Z", "2026-01-06T00:01:10Z")) {
                store.apply(List.of(Samples.accounting("events.ndjson", newest)), Map.of());
                LookRecorder.record(store, now);
            }
            List<RecordedLook> looks = store.read(reader -> reader.looks("gate"));
            assertThat(looks).extracting(RecordedLook::maturedUnits).containsExactly(90_189L, 90_189L);
            assertThat(looks.get(0)
                            .information(
                                    drop.experiment().start(), drop.experiment().end()))
                    .isBetween(0.5, 0.501);
        }
    }
}
