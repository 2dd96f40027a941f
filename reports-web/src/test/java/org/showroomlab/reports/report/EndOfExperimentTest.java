package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.CountedExperiment;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.ShowroomProgress;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.pages.VerdictView;
import org.showroomlab.reports.store.JobBeginning;
import org.showroomlab.reports.store.LiveRows;
import org.showroomlab.reports.store.RunTime;
import org.showroomlab.reports.store.Store;
import org.showroomlab.stats.verdict.Decision;
import org.showroomlab.stats.verdict.Reason;

/** An experiment is over when nothing can come any more that counts; what knows that depends on where events come from. */
class EndOfExperimentTest {
    private static final Instant OVER = Instant.parse("2026-04-05T00:00:00Z");
    private static final Instant LONG_AFTER = Instant.parse("2026-11-30T00:00:00Z");

    private final LoadedExperiment experiment = experiment("UTC");

    /** Files have their last day whole, whenever its last event was. */
    @Test
    void filesThatReachTheLastDayOfTheOutcomesEndIt() {
        Report report = ofRun(experiment, "2026-04-04T00:00:00Z", null);
        assertThat(report.status()).isEqualTo(Status.ENDED);
        assertThat(report.asOf()).isEqualTo(OVER);
        assertThat(report.verdict().decision()).isEqualTo(Decision.SHIP);
        assertThat(codes(report)).containsExactly("success_improved");
    }

    /** Who counts during the last day does not have all of it; earlier versions did not say when they counted. */
    @Test
    void theLastDayIsNotOverWhileItLasts() {
        for (RunTime run : Arrays.asList(new RunTime(OVER.minusMillis(1), null), null)) {
            try (Store store = Store.inMemory()) {
                store.replace(List.of(experiment), rows("2026-04-04T10:00:00Z"), run);
                Report report = ReportAssembler.assemble(store, "e");
                assertThat(report.status()).isEqualTo(Status.RUNNING);
                assertThat(report.asOf()).isEqualTo("2026-04-04T10:00:00Z");
            }
        }
    }

    /** Half of a drop may lie in its last day, and is worth a look before it is over. */
    @Test
    void theLastDayOfADropIsNotOverBeforeItsEnd() {
        LoadedExperiment drop = ExperimentFiles.parse(
                "e.yaml", experiment.yaml().replace("end: 2026-04-05T00:00:00Z", "end: 2026-01-09T00:00:00Z"));
        assertThat(drop.experiment().observeUntil()).isEqualTo("2026-01-09T00:00:00Z");
        assertThat(ofRun(drop, "2026-01-08T12:00:00Z", null).status()).isEqualTo(Status.RUNNING);
        assertThat(ofRun(drop, "2026-01-08T12:00:00Z", Instant.parse("2026-01-09T00:00:00Z"))
                        .status())
                .isEqualTo(Status.ENDED);
        assertThat(ofRun(drop, "2026-01-09T00:00:00Z", null).status()).isEqualTo(Status.ENDED);
    }

    @Test
    void filesThatEndADayEarlierDoNot() {
        Report report = ofRun(experiment, "2026-04-03T23:59:59.999Z", null);
        assertThat(report.status()).isEqualTo(Status.RUNNING);
        assertThat(report.asOf()).isEqualTo("2026-04-03T23:59:59.999Z");
        assertThat(report.verdict().decision()).isEqualTo(Decision.KEEP_RUNNING);
    }

    /** In Auckland the day in which it ends begins at 11:00 UTC, and has 25 hours. */
    @Test
    void theLastDayIsThatOfTheExperimentsTimeZone() {
        assertThat(ofRun(experiment("Pacific/Auckland"), "2026-04-04T10:59:59Z", null)
                        .status())
                .isEqualTo(Status.RUNNING);
        assertThat(ofRun(experiment("Pacific/Auckland"), "2026-04-04T11:00:00Z", null)
                        .status())
                .isEqualTo(Status.ENDED);
    }

    /** Somebody who counts as of a time says that it has come. */
    @Test
    void anAsOfTimeEndsItWhateverTheNewestEvent() {
        Instant late = Instant.parse("2026-05-01T00:00:00Z");
        Report report = ofRun(experiment, "2026-01-20T06:20:00Z", late);
        assertThat(report.status()).isEqualTo(Status.ENDED);
        assertThat(report.asOf()).isEqualTo(late);
        assertThat(ofRun(experiment, "2026-01-20T06:20:00Z", OVER).status()).isEqualTo(Status.ENDED);
    }

    /** It is then as if there were no later events, whose report would be as of the newest. */
    @Test
    void anAsOfTimeBeforeTheEndChangesNothing() {
        Report report = ofRun(experiment, "2026-04-04T06:00:00Z", OVER.minusMillis(1));
        assertThat(report.status()).isEqualTo(Status.RUNNING);
        assertThat(report.asOf()).isEqualTo("2026-04-04T06:00:00Z");
        assertThat(codes(report)).endsWith("nearly_over");
    }

    @Test
    void aLaterEventIsLater() {
        assertThat(ofRun(experiment, "2026-04-06T00:00:00Z", null).asOf()).isEqualTo("2026-04-06T00:00:00Z");
        assertThat(ofRun(experiment, "2026-04-06T00:00:00Z", OVER).asOf()).isEqualTo("2026-04-06T00:00:00Z");
    }

    /** Nobody can count as of a time that has not come. */
    @Test
    void anAsOfTimeInTheFutureEndsNothing() {
        Instant counted = Instant.parse("2026-02-01T00:00:00Z");
        Report report = ofRun(rows("2026-01-31T06:00:00Z"), new RunTime(counted, LONG_AFTER));
        assertThat(report.status()).isEqualTo(Status.RUNNING);
        assertThat(report.asOf()).isEqualTo("2026-01-31T06:00:00Z");
    }

    /** Who counts as of a time to come and does so again finds the same. */
    @Test
    void anAsOfTimeInTheFutureIsTheEndAtMost() {
        for (Instant counted : List.of(OVER, LONG_AFTER)) {
            Report report =
                    ofRun(rows("2026-01-31T06:00:00Z"), new RunTime(counted, Instant.parse("2099-01-01T00:00:00Z")));
            assertThat(report.status()).isEqualTo(Status.ENDED);
            assertThat(report.asOf()).isEqualTo(OVER);
        }
    }

    /** One till is set to 2099: neither are the experiments over, nor does anybody wait for the other showrooms. */
    @Test
    void oneClockThatIsWrongEndsNothing() {
        for (List<String> others :
                List.of(List.of("2026-01-31T05:00:00Z", "2026-01-31T06:00:00Z"), List.of("2026-01-31T06:00:00Z"))) {
            List<ResultRow> rows = rows("2099-01-01T00:00:00Z");
            rows.addAll(progress("2099-01-01T00:00:00Z"));
            rows.addAll(progress(others.toArray(String[]::new)));
            Report report = ofRun(rows, new RunTime(Instant.parse("2026-02-01T00:00:00Z"), null));
            assertThat(report.status()).isEqualTo(Status.RUNNING);
            assertThat(report.asOf()).isEqualTo("2026-01-31T06:00:00Z");
        }
    }

    /** Simulated events may be of next year, and are reported as of then. */
    @Test
    void aFutureThatIsMadeUpCounts() {
        List<ResultRow> rows = rows("2026-04-06T00:00:00Z");
        rows.addAll(progress("2026-04-05T05:00:00Z", "2026-04-06T00:00:00Z", "2025-01-01T00:00:00Z"));
        RunTime run = new RunTime(Instant.parse("2025-06-01T00:00:00Z"), LONG_AFTER);
        assertThat(ofRun(rows, run).status()).isEqualTo(Status.ENDED);
        assertThat(ofRun(rows, run).asOf()).isEqualTo(LONG_AFTER);
    }

    private static List<ResultRow> progress(String... newest) {
        List<ResultRow> rows = new ArrayList<>();
        for (String through : newest) {
            rows.add(new ShowroomProgress("s" + through, Instant.parse(through).toEpochMilli()));
        }
        return rows;
    }

    private Report ofRun(List<ResultRow> rows, RunTime run) {
        try (Store store = Store.inMemory()) {
            store.replace(List.of(experiment), rows, run);
            return ReportAssembler.assemble(store, "e");
        }
    }

    /** More may come of the last day; why it is not over must not be a riddle. */
    @Test
    void aStreamEndsItWithALaterEventOnly() {
        Report nearly = live(experiment, "2026-04-04T23:58:00Z");
        assertThat(nearly.verdict().decision()).isEqualTo(Decision.KEEP_RUNNING);
        assertThat(codes(nearly)).endsWith("nearly_over");
        assertThat(nearly.verdict().reasons().get(codes(nearly).size() - 1).text())
                .contains("2026-04-04T23:58:00Z", "at or after 2026-04-05T00:00:00Z");
        assertThat(codes(live(experiment, "2026-04-03T23:58:00Z"))).doesNotContain("nearly_over");
        assertThat(live(experiment, "2026-04-05T00:00:00Z").status()).isEqualTo(Status.ENDED);
    }

    /** A till that is six hours ahead does not end what ends in five. */
    @Test
    void aStreamIsNotEndedByAnEventWhoseTimeHasNotCome() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        LoadedExperiment ends = ExperimentFiles.parse(
                "e.yaml",
                experiment
                        .yaml()
                        .replace(
                                "2026-01-05T00:00:00Z",
                                now.minus(Duration.ofDays(30)).toString())
                        .replace(
                                "2026-04-05T00:00:00Z",
                                now.plus(Duration.ofHours(5)).toString()));
        String ahead = now.plus(Duration.ofHours(6)).toString();
        String right = now.minus(Duration.ofHours(1)).toString();
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(ends));
            List<ResultRow> rows = rows(ahead);
            rows.addAll(progress(ahead, right, now.minus(Duration.ofHours(2)).toString()));
            store.apply(rows, Map.of());
            Report report = ReportAssembler.assemble(store, "e");
            assertThat(report.status()).isEqualTo(Status.RUNNING);
            assertThat(report.asOf()).isEqualTo(right);
        }
    }

    /** The other showrooms have closed: what a look has seen since is not taken back by one that is ahead. */
    @Test
    void oneThatIsAheadDoesNotTakeTimeBack() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String closed = "2026-01-20T00:00:00Z";
        String seen = "2026-03-20T00:00:00Z";
        String ahead = now.plus(Duration.ofHours(1)).toString();
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(experiment));
            store.apply(rows(seen), Map.of());
            LookRecorder.record(store, now);
            List<ResultRow> rows = rows(ahead);
            rows.addAll(progress(ahead, closed, closed));
            store.apply(rows, Map.of());
            assertThat(ReportAssembler.assemble(store, "e").asOf()).isEqualTo(seen);
        }
    }

    /** It has the only showroom: the time is at most now, whatever it says. */
    @Test
    void aLoneShowroomThatIsAheadIsOfNow() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String ahead = now.plus(Duration.ofHours(6)).toString();
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(experiment));
            List<ResultRow> rows = rows(ahead);
            rows.addAll(progress(ahead));
            store.apply(rows, Map.of());
            assertThat(ReportAssembler.assemble(store, "e").asOf()).isBetween(now, now.plus(Duration.ofHours(1)));
        }
    }

    /** The stream goes on without it, and past its end: nobody knows how it ended. */
    @Test
    void whatTheLastSubmissionLeftOutIsAsOfThen() {
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(experiment));
            submitted(store, "first", 1, List.of("e"), "2026-02-10T00:00:00Z");
            assertThat(codes(ReportAssembler.assemble(store, "e"))).doesNotContain("not_counted");

            submitted(store, "second", 9, List.of(), "2026-04-20T00:00:00Z");
            submitted(store, "third", 12, List.of(), "2026-04-25T00:00:00Z");
            Report leftOut = ReportAssembler.assemble(store, "e");
            assertThat(leftOut.asOf()).isEqualTo("2026-02-10T00:00:00Z");
            assertThat(leftOut.status()).isEqualTo(Status.RUNNING);
            assertThat(leftOut.verdict().decision()).isEqualTo(Decision.BLOCKED);
            assertThat(codes(leftOut)).containsExactly("not_counted");
            assertThat(VerdictView.of(leftOut).sentence()).isEqualTo("Nobody counts this experiment any more.");
            LookRecorder.record(store, Instant.now());
            assertThat(store.<Optional<Instant>>read(reader -> reader.newestLook("e", Instant.now())))
                    .isEmpty();

            submitted(store, "fourth", 20, List.of("e"), "2026-04-25T00:00:00Z");
            Report again = ReportAssembler.assemble(store, "e");
            assertThat(again.status()).isEqualTo(Status.ENDED);
            assertThat(again.verdict().decision()).isEqualTo(Decision.SHIP);
        }
    }

    /** Both submissions are read at once, by a new file. */
    @Test
    void whatWasSaidBeforeItWasLeftOutTellsWhen() {
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(experiment));
            store.apply(
                    Map.of(
                            "counting",
                            new LiveRows(
                                    List.of(beginning("first", 1, List.of("e")), beginning("second", 9, List.of())),
                                    Map.of(
                                            "first",
                                            rows("2026-02-10T00:00:00Z"),
                                            "second",
                                            List.of(Samples.accounting("events.ndjson", "2026-04-20T00:00:00Z"))))),
                    Map.of());
            Report leftOut = ReportAssembler.assemble(store, "e");
            assertThat(leftOut.asOf()).isEqualTo("2026-02-10T00:00:00Z");
            assertThat(codes(leftOut)).containsExactly("not_counted");
        }
    }

    /** Its file may go when it is over. */
    @Test
    void whatWasLeftOutAfterItsEndStaysEnded() {
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(experiment));
            submitted(store, "first", 1, List.of("e"), "2026-04-10T00:00:00Z");
            Report before = ReportAssembler.assemble(store, "e");
            // While the new job works off the topic, it is not as far yet.
            for (String newest : List.of("2026-02-01T00:00:00Z", "2026-06-20T00:00:00Z")) {
                submitted(store, "second", 9, List.of(), newest);
                Report ended = ReportAssembler.assemble(store, "e");
                assertThat(ended.status()).isEqualTo(Status.ENDED);
                assertThat(ended.asOf()).isEqualTo("2026-04-10T00:00:00Z");
                assertThat(ended.verdict()).isEqualTo(before.verdict());
            }
        }
    }

    private static void submitted(Store store, String jobId, long offset, List<String> experiments, String newest) {
        List<ResultRow> rows =
                experiments.isEmpty() ? List.of(Samples.accounting("events.ndjson", newest)) : rows(newest);
        store.apply(
                Map.of("counting", new LiveRows(List.of(beginning(jobId, offset, experiments)), Map.of(jobId, rows))),
                Map.of());
    }

    private static JobBeginning beginning(String jobId, long offset, List<String> experiments) {
        return new JobBeginning(
                jobId,
                experiments.stream()
                        .map(id -> new CountedExperiment(id, "", ""))
                        .toList(),
                offset);
    }

    /** What a run knew of the end is not known of the stream that takes over. */
    @Test
    void aStreamThatTakesOverFromARunKnowsNoEnd() {
        try (Store store = Store.inMemory()) {
            store.replace(List.of(experiment), rows("2026-04-04T10:00:00Z"), new RunTime(LONG_AFTER, null));
            assertThat(ReportAssembler.assemble(store, "e").status()).isEqualTo(Status.ENDED);
            List<ResultRow> said = rows("2026-04-04T10:00:00Z");
            assertThat(store.apply(said, Map.of())).isFalse();
            assertThat(store.apply(said, Map.of())).isTrue();
            assertThat(ReportAssembler.assemble(store, "e").status()).isEqualTo(Status.RUNNING);
        }
    }

    private static LoadedExperiment experiment(String zone) {
        return Samples.experiment("e", "time_zone: " + zone + """

                metrics:
                  - {id: bought, type: proportion, event: purchase, goal: increase, role: primary}
                """);
    }

    private static Report ofRun(LoadedExperiment experiment, String newest, @Nullable Instant asOf) {
        try (Store store = Store.inMemory()) {
            store.replace(List.of(experiment), rows(newest), new RunTime(LONG_AFTER, asOf));
            return ReportAssembler.assemble(store, "e");
        }
    }

    private static Report live(LoadedExperiment experiment, String newest) {
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(experiment));
            store.apply(rows(newest), Map.of());
            return ReportAssembler.assemble(store, "e");
        }
    }

    private static List<ResultRow> rows(String newest) {
        LocalDate day = LocalDate.of(2026, 1, 10);
        List<ResultRow> rows = new ArrayList<>();
        for (String variant : List.of("a", "b")) {
            long bought = variant.equals("a") ? 1_000 : 1_300;
            rows.add(Samples.statistic("e", "", variant, day, 10_000, 0));
            rows.add(Samples.statistic("e", "bought", variant, day, 10_000, bought, bought, bought));
        }
        rows.add(Samples.accounting("events.ndjson", newest));
        return rows;
    }

    private static List<String> codes(Report report) {
        return report.verdict().reasons().stream().map(Reason::code).toList();
    }
}
