package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.store.Store;
import org.showroomlab.stats.verdict.Decision;
import org.showroomlab.stats.verdict.Reason;

/**
 * 4,000 visitors per arm came on the first five days, whose windows were over on the 14th of January. What a look knew of
 * them then is held against what is known of them later.
 */
class LateUnitsTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 5);
    private static final LoadedExperiment EXPERIMENT = Samples.experiment("e", """
            monitoring: group_sequential
            metrics:
              - {id: bought, type: proportion, event: purchase, window_hours: 24, role: primary}
              - {id: visits, type: mean, event: visit, role: secondary}
            """);

    private final Store store = Store.inMemory();

    @BeforeEach
    void register() {
        store.registerExperiments(List.of(EXPERIMENT));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anArmWhoseVisitorsComeLaterBlocks() {
        look("2026-01-14T12:00:00Z", 4_000, 3_600);
        Report report = look("2026-01-16T12:00:00Z", 4_000, 4_000);
        assertThat(report.verdict().decision()).isEqualTo(Decision.BLOCKED);
        assertThat(report.verdict().reasons().get(0).code()).isEqualTo("differential_lateness");
        assertThat(report.verdict().reasons().get(0).text())
                .startsWith("0.00 % of the control's units came late and 10.00 % of the treatment's");
    }

    @Test
    void whereBothComeLateTheyAreAlike() {
        look("2026-01-14T12:00:00Z", 3_590, 3_610);
        assertThat(codes(look("2026-01-16T12:00:00Z", 4_000, 4_000))).doesNotContain("differential_lateness");
    }

    /** A showroom may take a day to sync, so that a look of less than a day ago says nothing yet. */
    @Test
    void whatCameWithinADayIsNotLate() {
        look("2026-01-14T12:00:00Z", 4_000, 3_600);
        assertThat(codes(look("2026-01-15T11:59:00Z", 4_000, 4_000))).doesNotContain("differential_lateness");
        assertThat(codes(look("2026-01-15T12:00:00Z", 4_000, 4_000))).contains("differential_lateness");
    }

    /** After the grace nobody is waited for, and what came late has come. */
    @Test
    void whenAllHaveSyncedItDoesNotMatterAnyMore() {
        look("2026-01-14T12:00:00Z", 4_000, 3_600);
        assertThat(codes(look("2026-04-06T00:00:00Z", 4_000, 4_000))).contains("differential_lateness");
        assertThat(codes(look("2026-04-19T00:00:00Z", 4_000, 4_000))).doesNotContain("differential_lateness");
    }

    /** What a look knew of another arm says nothing of this one. */
    @Test
    void anArmThatNoLookKnewIsNotLate() {
        look("2026-01-14T12:00:00Z", 4_000, 4_000);
        store.registerExperiments(
                List.of(ExperimentFiles.parse("e.yaml", EXPERIMENT.yaml().replace("id: b", "id: c"))));
        assertThat(codes(look("c", "2026-01-16T12:00:00Z", 4_000, 4_000))).doesNotContain("differential_lateness");
    }

    private Report look(String newest, long control, long treatment) {
        return look("b", newest, control, treatment);
    }

    private Report look(String other, String newest, long control, long treatment) {
        List<ResultRow> rows = new ArrayList<>();
        for (String variant : List.of("a", other)) {
            long units = variant.equals("a") ? control : treatment;
            for (int day = 0; day < 5; day++) {
                LocalDate date = FIRST.plusDays(day);
                long n = units / 5;
                rows.add(Samples.statistic("e", "", variant, date, n, 0));
                for (String metric : List.of("bought", "visits")) {
                    rows.add(Samples.statistic("e", metric, variant, date, n, n / 10, n / 10, n / 10));
                }
                for (String metric : List.of("", "bought", "visits")) {
                    long y = metric.isEmpty() ? 0 : n / 10;
                    rows.add(Samples.statistic("e", metric, variant, "*cohort", "" + day, date, n, y, y, y));
                }
            }
            // Whose window was not over at the look, and of whom it says nothing.
            rows.add(Samples.statistic("e", "", variant, LocalDate.of(2026, 1, 14), 100, 0));
            rows.add(Samples.statistic("e", "", variant, "*cohort", "9", LocalDate.of(2026, 1, 14), 100, 0));
        }
        rows.add(Samples.accounting("events.ndjson", newest));
        store.apply(rows, Map.of());
        Report report = ReportAssembler.assemble(store, "e");
        LookRecorder.record(store, Instant.parse("2026-07-01T00:00:00Z"));
        return report;
    }

    private static List<String> codes(Report report) {
        return report.verdict().reasons().stream().map(Reason::code).toList();
    }
}
