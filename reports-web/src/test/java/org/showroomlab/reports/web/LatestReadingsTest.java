package org.showroomlab.reports.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.report.LookRecorder;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.ReportAssembler;
import org.showroomlab.reports.report.Summary;
import org.showroomlab.reports.report.UnknownExperiment;
import org.showroomlab.reports.store.ResultPartition;
import org.showroomlab.reports.store.Store;
import org.showroomlab.stats.verdict.Decision;
import org.showroomlab.stats.verdict.Reason;

class LatestReadingsTest {
    private static final ResultPartition PARTITION = new ResultPartition("results", 0);

    private final Store store = Store.inMemory();
    private final AtomicInteger told = new AtomicInteger();
    private final LatestReadings readings = new LatestReadings(store, null, told::incrementAndGet);

    @BeforeEach
    void oneExperiment() {
        store.registerExperiments(List.of(Samples.experiment("m", """
                metrics:
                  - {id: back, type: proportion, event: visit, role: primary}
                """)));
    }

    @AfterEach
    void close() {
        readings.close();
        store.close();
    }

    private void say(long offset, ResultRow... rows) {
        store.apply(List.of(rows), Map.of(PARTITION, offset));
    }

    @Test
    void aReadingIsMadeOncePerStateOfTheStore() {
        say(1, Samples.statistic("m", "back", "a", Samples.DAY, 10, 5, 5, 5));
        Report first = readings.report("m");
        Summary summary = readings.summary();
        assertThat(readings.report("m")).isSameAs(first);
        assertThat(readings.summary()).isSameAs(summary);

        say(2, Samples.statistic("m", "back", "a", Samples.DAY, 20, 5, 5, 5));
        assertThat(readings.report("m").metrics().get(0).arm("a").units()).isEqualTo(20);
        assertThat(readings.summary()).isNotSameAs(summary);
    }

    /** A job without new events goes on saying so at every checkpoint. */
    @Test
    void aCheckpointWithoutResultsChangesNothing() {
        say(1, Samples.statistic("m", "back", "a", Samples.DAY, 10, 5, 5, 5));
        AtomicInteger changes = new AtomicInteger();
        store.onChange(changes::incrementAndGet);
        Report before = readings.report("m");
        say(2);
        assertThat(readings.report("m")).isSameAs(before);
        assertThat(changes).hasValue(0);
        assertThat(store.offsets()).containsEntry(PARTITION, 2L);
    }

    /** Looks are shown too, in the plot of a sequential design. */
    @Test
    void aRecordedLookIsAChangeTheFirstTime() {
        say(
                1,
                Samples.accounting("events.ndjson", "2026-01-06T00:00:00Z"),
                Samples.statistic("m", "back", "a", Samples.DAY, 10, 5, 5, 5),
                Samples.statistic("m", "back", "b", Samples.DAY, 10, 5, 5, 5));
        Report before = readings.report("m");
        LookRecorder.record(store, Instant.EPOCH);
        Report after = readings.report("m");
        assertThat(after).isNotSameAs(before);
        LookRecorder.record(store, Instant.EPOCH);
        assertThat(readings.report("m")).isSameAs(after);
    }

    @Test
    void anExperimentThatIsNotThereIsAskedForAgain() {
        assertThatThrownBy(() -> readings.report("later")).isInstanceOf(UnknownExperiment.class);
        store.registerExperiments(List.of(Samples.experiment("later", """
                metrics:
                  - {id: back, type: proportion, event: visit, role: primary}
                """)));
        assertThat(readings.report("later").experiment().id()).isEqualTo("later");
    }

    /** A job that begins anew: its experiments fall to nothing, and come back arm by arm. */
    @Test
    void whileRowsAreSaidAgainTheLastReadingOfBeforeIsGiven() {
        say(1, Samples.statistic("m", "back", "a", Samples.DAY, 10, 5, 5, 5));
        Report before = readings.report("m");
        Summary summary = readings.summary();
        store.restating(Set.of("m"));
        say(2, Samples.statistic("m", "back", "a", Samples.DAY, 4, 1, 1, 1));
        assertThat(readings.report("m")).isSameAs(before);
        assertThat(readings.summary()).isSameAs(summary);

        store.restating(Set.of());
        assertThat(readings.report("m").metrics().get(0).arm("a").units()).isEqualTo(4);
        assertThat(readings.summary()).isNotSameAs(summary);
    }

    /** A process that has just begun has no reading of before; what it has read up to is no verdict. */
    @Test
    void beforeAllIsReadAReportSaysSo() {
        store.restating(Set.of("m"));
        say(
                1,
                Samples.accounting("events.ndjson", "2026-01-06T00:00:00Z"),
                Samples.statistic("m", "", "b", Samples.DAY, 1_000, 0));
        Report half = readings.report("m");
        assertThat(half.verdict().decision()).isEqualTo(Decision.KEEP_RUNNING);
        assertThat(half.verdict().reasons()).extracting(Reason::code).containsExactly("being_counted");
        assertThat(readings.summary().experiments().get(0).report().verdict().decision())
                .isEqualTo(Decision.KEEP_RUNNING);
        store.restating(Set.of());
        assertThat(readings.report("m").verdict().reasons())
                .extracting(Reason::code)
                .contains("srm");
    }

    /** Rows of a job of an earlier version come one by one: a count may be taken back that is not there yet. */
    @Test
    void aStateThatCannotBeReadIsNobodysProblem() {
        store.registerExperiments(List.of(Samples.experiment("q", """
                metrics:
                  - {id: p75, type: quantile, event: cache_timing, value: lcp_ms, quantile: 0.75, role: primary}
                """)));
        say(1, histogram(2, 3), histogram(5, 3), Samples.statistic("q", "p75", "a", Samples.DAY, 6, 0));
        Report before = readings.report("q");
        say(2, histogram(2, 3), histogram(5, -1), Samples.statistic("q", "p75", "a", Samples.DAY, 2, 0));
        assertThatThrownBy(() -> ReportAssembler.assemble(store, "q")).isInstanceOf(IllegalArgumentException.class);
        assertThat(readings.report("q")).isSameAs(before);
        say(3, histogram(2, 3), histogram(5, 1), Samples.statistic("q", "p75", "a", Samples.DAY, 4, 0));
        assertThat(readings.report("q")).isNotSameAs(before);
    }

    private static ResultRow histogram(int bucket, long n) {
        return Samples.histogram("q", "p75", "a", String.valueOf(bucket), 0, Samples.DAY, Map.of(700 + bucket, n));
    }
}
