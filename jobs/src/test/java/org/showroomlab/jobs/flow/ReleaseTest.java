package org.showroomlab.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.count.GeneratedEvents;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.UnitStatistic;

/** What becomes of an experiment when event time has passed its end of observation and the lateness. */
@SuppressWarnings("try") // closing a harness may be interrupted, which then fails the test like anything else
class ReleaseTest {
    private static final LoadedPlan PLAN = LoadedPlan.of(GeneratedEvents.experiments(), List.of("a"));
    private static final CountingJob.Options OPTIONS = CountingJob.Options.BOUNDED;
    private static final List<ExperimentPlan> BY_CLOSE = PLAN.plan().experiments().stream()
            .sorted(Comparator.comparingLong(ReleaseTest::close))
            .toList();
    private static final long LAST_CLOSE = close(BY_CLOSE.get(BY_CLOSE.size() - 1));

    private static long close(ExperimentPlan experiment) {
        return experiment.closesAtMillis(OPTIONS.latenessMillis());
    }

    @Test
    void afterTheLastCloseNoStateAndNoTimerIsLeft() throws Exception {
        for (int parallelism = 1; parallelism <= 3; parallelism++) {
            try (Pipeline pipeline = Pipeline.start(PLAN, OPTIONS, parallelism)) {
                pipeline.deliver(Worlds.of(4, parallelism));
                pipeline.checkpoint();
                assertThat(entries(pipeline)).allMatch(entries -> entries > 0);
                pipeline.watermark(LAST_CLOSE - 1);
                assertThat(entries(pipeline)).contains(0).anyMatch(entries -> entries > 0);
                pipeline.watermark(LAST_CLOSE);
                assertThat(entries(pipeline)).containsOnly(0);
                assertThat(timers(pipeline)).isZero();
            }
        }
    }

    @Test
    void aWatermarkBetweenTwoClosesReleasesOnlyTheOne() throws Exception {
        try (Pipeline pipeline = Pipeline.start(PLAN, OPTIONS, 2)) {
            pipeline.deliver(Worlds.of(4, 7));
            pipeline.checkpoint();
            Set<String> open = BY_CLOSE.stream().map(ExperimentPlan::id).collect(Collectors.toSet());
            for (ExperimentPlan next : BY_CLOSE) {
                pipeline.watermark(close(next) - 1);
                assertThat(counted(pipeline)).isEqualTo(open);
                pipeline.watermark(close(next));
                open.remove(next.id());
                assertThat(counted(pipeline)).isEqualTo(open);
                assertThat(clusters(pipeline)).isSubsetOf(open);
            }
        }
    }

    /** A duplicate that wins takes back what the loser gave, but not from an answer that is final. */
    @Test
    void aClosedExperimentIsFinalAndTheOthersGoOn() throws Exception {
        for (long seed = 0; seed < 2; seed++) {
            List<byte[]> records = Worlds.of(4, seed);
            Set<ResultRow> expected = undisturbed(records);
            for (ExperimentPlan last : BY_CLOSE.subList(0, BY_CLOSE.size() - 1)) {
                try (Pipeline pipeline = Pipeline.start(PLAN, OPTIONS, 2)) {
                    pipeline.deliver(records.subList(0, records.size() / 2));
                    pipeline.watermark(close(last));
                    assertFinal(pipeline, records, last, expected);
                }
            }
        }
    }

    /** Also when the job is restored and event time is not known yet. */
    @Test
    void aClosedExperimentIsFinalAfterARestore() throws Exception {
        for (long seed = 10; seed < 15; seed++) {
            List<byte[]> records = Worlds.of(4, seed);
            Set<ResultRow> expected = undisturbed(records);
            ExperimentPlan last = BY_CLOSE.get((int) seed % (BY_CLOSE.size() - 1));
            Pipeline.Snapshot snapshot;
            try (Pipeline pipeline = Pipeline.start(PLAN, OPTIONS, 2)) {
                pipeline.deliver(records.subList(0, records.size() / 2));
                pipeline.watermark(close(last));
                snapshot = pipeline.checkpoint();
            }
            try (Pipeline pipeline = Pipeline.restore(PLAN, OPTIONS, 3, snapshot)) {
                assertFinal(pipeline, records, last, expected);
            }
        }
    }

    private static void assertFinal(
            Pipeline pipeline, List<byte[]> records, ExperimentPlan last, Set<ResultRow> undisturbed) throws Exception {
        Set<String> closed = BY_CLOSE.subList(0, BY_CLOSE.indexOf(last) + 1).stream()
                .map(ExperimentPlan::id)
                .collect(Collectors.toSet());
        pipeline.said();
        pipeline.deliver(records.subList(records.size() / 2, records.size()));
        Collection<ResultRow> rows = pipeline.end();
        assertThat(pipeline.said()).noneMatch(row -> closed.contains(FinalRows.experiment(row)) && !isLate(row));
        assertThat(openOnly(rows, closed)).isEqualTo(openOnly(undisturbed, closed));
        assertAccountingCloses(rows, records.size());
    }

    private static boolean isLate(ResultRow row) {
        return row instanceof UnitStatistic statistic && statistic.metric().equals(UnitStatistic.LATE);
    }

    /** It counts for the one that is open; that the other lacks it must not be a riddle. */
    @Test
    void whatComesForAClosedExperimentIsKnown() throws Exception {
        LoadedPlan plan = LoadedPlan.of(
                List.of(reachingBack("first", "01", "02", "03"), reachingBack("then", "04", "05", "06")), List.of("a"));
        try (Pipeline pipeline = Pipeline.start(plan, OPTIONS, 2)) {
            pipeline.deliver(
                    List.of(visit("first", "a", "2026-01-05T00:00:00Z"), purchase("counted", "2026-02-10T00:00:00Z")));
            pipeline.watermark(close(plan.plan().experiments().get(0)));
            pipeline.deliver(List.of(
                    purchase("late", "2026-02-11T00:00:00Z"),
                    purchase("late", "2026-02-11T00:00:00Z"),
                    purchase("moved", "2026-02-12T00:00:00Z"),
                    purchase("after", "2026-03-01T00:00:00Z")));
            // The same events, of earlier times: they count instead. That the closed experiment has one as it was makes
            // up for nothing.
            pipeline.deliver(
                    List.of(purchase("moved", "2026-02-11T09:00:00Z"), purchase("counted", "2026-02-09T09:00:00Z")));
            pipeline.checkpoint();
            assertThat(lateEvents(pipeline.said()))
                    .isEqualTo(Map.of("first 2026-02-11", 2L, "first 2026-02-12", 1L, "first 2026-02-09", 1L));
            pipeline.watermark(close(plan.plan().experiments().get(1)));
            assertThat(entries(pipeline)).containsOnly(0);
        }
    }

    /** By experiment and day. */
    private static Map<String, Long> lateEvents(List<ResultRow> said) {
        Map<String, Long> late = new HashMap<>();
        said.stream()
                .filter(ReleaseTest::isLate)
                .map(UnitStatistic.class::cast)
                .forEach(row -> late.put(row.experiment() + " " + row.day(), row.n()));
        return late;
    }

    private static Set<ResultRow> openOnly(Collection<ResultRow> rows, Set<String> closed) {
        Set<ResultRow> open = FinalRows.statistics(rows);
        open.removeIf(row -> closed.contains(FinalRows.experiment(row)));
        return open;
    }

    @Test
    void anEventAfterTheCloseIsLate() throws Exception {
        ExperimentPlan last = BY_CLOSE.get(BY_CLOSE.size() - 1);
        try (Pipeline pipeline = Pipeline.start(PLAN, OPTIONS, 1)) {
            pipeline.deliver(List.of(exposure("before", last)));
            pipeline.watermark(close(last) - 1);
            pipeline.deliver(List.of(exposure("in-time", last)));
            pipeline.watermark(close(last));
            pipeline.deliver(List.of(exposure("late", last), exposure("late", last)));
            AccountingRow row = accounting(pipeline.end());
            assertThat(row.received()).isEqualTo(4);
            assertThat(row.counted()).isEqualTo(2);
            assertThat(row.inNoExperiment()).isEqualTo(1);
            assertThat(row.late()).isEqualTo(1);
            assertThat(row.duplicates()).isEqualTo(1);
        }
    }

    /**
     * A purchase that counted for an experiment stays counted when that is closed and another, whose covariates reach back to
     * it, still needs it; the exposure that it was counted by is forgotten by then.
     */
    @Test
    void whatCountedForAClosedExperimentStaysCounted() throws Exception {
        LoadedPlan plan = LoadedPlan.of(
                List.of(reachingBack("first", "01", "02", "03"), reachingBack("then", "04", "05", "06")), List.of("a"));
        try (Pipeline pipeline = Pipeline.start(plan, OPTIONS, 1)) {
            pipeline.deliver(
                    List.of(visit("first", "a", "2026-01-05T00:00:00Z"), purchase("counted", "2026-02-10T00:00:00Z")));
            pipeline.watermark(close(plan.plan().experiments().get(0)));
            pipeline.deliver(List.of(
                    purchase("uncounted", "2026-02-11T00:00:00Z"),
                    purchase("earlier", "2026-02-09T00:00:00Z"),
                    visit("then", "a", "2026-04-02T00:00:00Z")));
            AccountingRow row = accounting(pipeline.end());
            assertThat(row.received()).isEqualTo(5);
            assertThat(row.inNoExperiment()).isZero();
            assertThat(row.counted()).isEqualTo(5);
        }
    }

    /**
     * A purchase before the first exposure counts as a covariate until its visitor turns out to be mixed, also where another
     * experiment has been closed in between.
     */
    @Test
    void whatCountsForAnOpenExperimentMayCeaseToAfterAnotherIsClosed() throws Exception {
        LoadedPlan plan = LoadedPlan.of(
                List.of(reachingBack("short", "01", "02", "02"), reachingBack("long", "02", "06", "06")), List.of("a"));
        try (Pipeline pipeline = Pipeline.start(plan, OPTIONS, 1)) {
            pipeline.deliver(
                    List.of(purchase("p", "2026-02-01T00:00:00Z"), visit("long", "a", "2026-02-10T00:00:00Z")));
            pipeline.watermark(close(plan.plan().experiments().get(0)));
            pipeline.deliver(List.of(visit("long", "b", "2026-03-20T00:00:00Z")));
            AccountingRow row = accounting(pipeline.end());
            assertThat(row.received()).isEqualTo(3);
            assertThat(row.counted()).isEqualTo(2);
            assertThat(row.inNoExperiment()).isEqualTo(1);
        }
    }

    /** An experiment whose covariates reach back for 60 days; its times are the first days of months. */
    private static LoadedExperiment reachingBack(String id, String start, String end, String observeUntil) {
        return ExperimentFiles.parse(id + ".yaml", """
                id: %s
                unit: visitor
                start: 2026-%s-01T00:00:00Z
                end: 2026-%s-01T00:00:00Z
                observe_until: 2026-%s-01T00:00:00Z
                variants: [{id: a, control: true}, {id: b}]
                covariate_days: 60
                metrics:
                  - {id: bought, type: proportion, event: purchase}
                """.formatted(id, start, end, observeUntil));
    }

    private static byte[] visit(String experiment, String variant, String instant) {
        return utf8(("{\"type\":\"visit\",\"id\":\"%1$s-%2$s\",\"ts\":\"%3$s\",\"showroom\":\"s\",\"visitor\":\"v\","
                        + "\"exposures\":{\"%1$s\":\"%2$s\"}}")
                .formatted(experiment, variant, instant));
    }

    private static byte[] purchase(String id, String instant) {
        return utf8(("{\"type\":\"purchase\",\"id\":\"%s\",\"ts\":\"%s\",\"showroom\":\"s\",\"visitor\":\"v\","
                        + "\"order\":\"o\",\"kind\":\"sale\"}")
                .formatted(id, instant));
    }

    private static byte[] utf8(String record) {
        return record.getBytes(StandardCharsets.UTF_8);
    }

    /** A partition that was silent does not hold event time up; what it brings then may be too late for the others. */
    @Test
    void anEventOfASubtaskThatWasIdleIsLateToo() throws Exception {
        try (Pipeline pipeline = Pipeline.start(PLAN, OPTIONS, 2)) {
            pipeline.watermarkPastIdle(LAST_CLOSE);
            pipeline.said();
            for (int i = 0; i < 6; i++) {
                pipeline.deliver(
                        List.of(exposure("e" + i, PLAN.plan().experiments().get(i))));
            }
            AccountingRow row = accounting(pipeline.end());
            assertThat(row.received()).isEqualTo(6);
            assertThat(row.inNoExperiment()).isEqualTo(6);
            assertThat(row.late()).isEqualTo(6);
            assertThat(pipeline.said())
                    .allMatch(said -> FinalRows.experiment(said).isEmpty());
            assertThat(pipeline.visitors.keyedStateEntries()).isZero();
            assertThat(pipeline.clusters.keyedStateEntries()).isZero();
        }
    }

    /** While topics are read from their start one partition may be months ahead; that makes the others' events not late. */
    @Test
    void aRestoreDoesNotMakeTheEventsOfASubtaskThatIsBehindLate() throws Exception {
        ExperimentPlan first = PLAN.plan().experiments().get(0);
        Pipeline.Snapshot snapshot;
        try (Pipeline pipeline = Pipeline.start(PLAN, OPTIONS, 2)) {
            pipeline.decode.watermarkOf(0, LAST_CLOSE);
            pipeline.decode.watermarkOf(1, first.startMillis());
            snapshot = pipeline.checkpoint();
        }
        try (Pipeline pipeline = Pipeline.restore(PLAN, OPTIONS, 2, snapshot)) {
            pipeline.deliver(List.of(exposure("e0", first), exposure("e1", first)));
            AccountingRow row = accounting(pipeline.end());
            assertThat(row.late()).isZero();
            assertThat(row.counted()).isEqualTo(2);
        }
    }

    private static byte[] exposure(String id, ExperimentPlan experiment) {
        // A cache timing names a visitor, a cache and a showroom: it is an exposure of units of all kinds.
        return """
                {"type":"cache_timing","id":"%s","ts":%d,"showroom":"s","cache":"c","visitor":"v","status":"hit",\
                "exposures":{"%s":"%s"}}""".formatted(
                        id,
                        experiment.startMillis() + experiment.washoutMillis(),
                        experiment.id(),
                        experiment.variants().get(0))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Set<ResultRow> undisturbed(List<byte[]> records) throws Exception {
        try (Pipeline pipeline = Pipeline.start(PLAN, OPTIONS, 1)) {
            pipeline.deliver(records);
            return new HashSet<>(pipeline.end());
        }
    }

    private static AccountingRow accounting(Collection<ResultRow> rows) {
        return rows.stream()
                .filter(AccountingRow.class::isInstance)
                .map(AccountingRow.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static void assertAccountingCloses(Collection<ResultRow> rows, int received) {
        AccountingRow row = accounting(rows);
        assertThat(row.received()).isEqualTo(received);
        assertThat(row.counted() + row.inNoExperiment() + row.duplicates() + row.deadLettered())
                .as("%s", row)
                .isEqualTo(received);
    }

    private static List<Integer> entries(Pipeline pipeline) {
        return List.of(
                pipeline.identities.keyedStateEntries(),
                pipeline.visitors.keyedStateEntries(),
                pipeline.clusters.keyedStateEntries(),
                pipeline.totals.keyedStateEntries());
    }

    private static int timers(Pipeline pipeline) {
        return pipeline.decode.timers()
                + pipeline.identities.timers()
                + pipeline.visitors.timers()
                + pipeline.clusters.timers()
                + pipeline.totals.timers();
    }

    private static Set<String> counted(Pipeline pipeline) {
        return pipeline.totals.keys("cell-total").stream()
                .map(key -> key.experiment())
                .collect(Collectors.toSet());
    }

    private static Set<String> clusters(Pipeline pipeline) {
        return pipeline.clusters.keys("cluster-sums").stream()
                .map(unit -> PLAN.plan().experiments().get(unit.experiment()).id())
                .collect(Collectors.toSet());
    }
}
