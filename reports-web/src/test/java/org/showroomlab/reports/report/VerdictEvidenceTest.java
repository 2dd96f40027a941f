package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.ShowroomProgress;
import org.showroomlab.jobs.results.UnitStatistic;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.export.Format;
import org.showroomlab.reports.export.Reports;
import org.showroomlab.reports.pages.VerdictView;
import org.showroomlab.reports.store.Store;
import org.showroomlab.stats.monitoring.GroupSequential;
import org.showroomlab.stats.verdict.Decision;
import org.showroomlab.stats.verdict.Reason;

class VerdictEvidenceTest {
    private static final LocalDate DAY = Samples.DAY;
    private static final String BOUGHT = """
            metrics:
              - {id: bought, type: proportion, event: purchase, %s role: primary}
            """;
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

    private static LoadedExperiment experiment(String options, String more) {
        return experiment(options, more, "");
    }

    private static LoadedExperiment experiment(String options, String more, String otherMetrics) {
        return Samples.experiment("e", more + BOUGHT.formatted(options) + otherMetrics);
    }

    /** Of 10,000 per arm, 1,000 and the given number bought. */
    private static List<ResultRow> rows(String newest, LocalDate day, long bought) {
        List<ResultRow> rows = new ArrayList<>();
        for (String variant : List.of("a", "b")) {
            long y = variant.equals("a") ? 1_000 : bought;
            rows.add(Samples.statistic("e", "", variant, day, 10_000, 0));
            rows.add(Samples.statistic("e", "bought", variant, day, 10_000, y, y, y));
        }
        rows.add(Samples.accounting("events.ndjson", newest));
        return rows;
    }

    private static List<String> codes(Report report) {
        return report.verdict().reasons().stream().map(Reason::code).toList();
    }

    private static Report report(LoadedExperiment experiment, List<ResultRow> rows) {
        try (Store store = Store.inMemory()) {
            store.replace(List.of(experiment), rows);
            return ReportAssembler.assemble(store, "e");
        }
    }

    /** Of parts that tell for themselves one is ahead of the other for a while, and that is no fault of the experiment. */
    @Test
    void whatIsHalfCountedHasNoVerdict() {
        List<ResultRow> rows = new ArrayList<>(rows("2026-07-01T00:00:00Z", DAY, 1_300));
        rows.set(0, Samples.statistic("e", "", "a", DAY, 4_000, 0));
        rows.add(new AccountingRow("visits.ndjson", 1_000, 980, 0, 0, 0, 0, 0, 0, 1));
        Report halfCounted = report(experiment("", ""), rows);
        assertThat(halfCounted.verdict().decision()).isEqualTo(Decision.KEEP_RUNNING);
        assertThat(codes(halfCounted)).containsExactly("being_counted");

        rows.add(new AccountingRow("visits.ndjson", 1_000, 1_000, 0, 0, 0, 0, 0, 0, 1));
        assertThat(codes(report(experiment("", ""), rows))).contains("srm");
    }

    private static List<ResultRow> withShowrooms(String newest, String... through) {
        List<ResultRow> rows = rows(newest, DAY, 1_300);
        for (int i = 0; i < through.length; i++) {
            rows.add(new ShowroomProgress(
                    "showroom-" + i, Instant.parse(through[i]).toEpochMilli()));
        }
        return rows;
    }

    @Test
    void aShowroomThatHasNotSyncedMakesTheVerdictProvisionalUntilTheGraceIsOver() {
        Report behind = report(
                experiment("", ""),
                withShowrooms("2026-04-06T00:00:00Z", "2026-04-04T12:00:00Z", "2026-04-03T00:00:00Z"));
        assertThat(behind.verdict().decision()).isEqualTo(Decision.KEEP_RUNNING);
        assertThat(behind.verdict().reasons().get(0))
                .isEqualTo(new Reason("provisional", "1 of 2 showrooms have not synced past the time of this report."));

        Report graceOver = report(experiment("", ""), withShowrooms("2026-04-20T00:00:00Z", "2026-04-03T00:00:00Z"));
        assertThat(graceOver.verdict().decision()).isEqualTo(Decision.SHIP);
    }

    @Test
    void aShowroomFromBeforeTheExperimentDoesNotTakePart() {
        Report report = report(
                experiment("", ""),
                withShowrooms("2026-04-06T00:00:00Z", "2026-04-05T12:00:00Z", "2025-12-01T00:00:00Z"));
        assertThat(report.verdict().decision()).isEqualTo(Decision.SHIP);
        assertThat(report.showrooms()).hasSize(2);
    }

    @Test
    void unitsWhoseWindowIsNotOverPostponeTheVerdict() {
        List<ResultRow> rows = rows("2026-01-20T12:00:00Z", DAY, 1_300);
        rows.add(Samples.statistic("e", "", "a", LocalDate.of(2026, 1, 18), 40, 0));
        Report report = report(experiment("window_hours: 48,", "monitoring: group_sequential\n"), rows);
        assertThat(codes(report)).contains("immature_cohorts");
        assertThat(report.information()).isNotNull();
        Information information = report.information();
        if (information != null) {
            assertThat(information.matured()).isEqualTo(20_000);
            assertThat(information.immature()).isEqualTo(40);
        }
    }

    /** Whoever came an hour ago counts as one who did nothing, until observation ends. */
    @Test
    void aWatchedMetricWithoutWindowIsNamed() {
        String running = "2026-01-20T12:00:00Z";
        assertThat(openOutcomes("", "monitoring: group_sequential\n", running)).hasSize(1);
        assertThat(openOutcomes("", "monitoring: always_valid\n", running))
                .singleElement()
                .satisfies(note -> assertThat(note.text()).startsWith("bought has no window_hours"));
        assertThat(openOutcomes("window_hours: 48,", "monitoring: group_sequential\n", running))
                .isEmpty();
        assertThat(openOutcomes("", "", running)).isEmpty();
        assertThat(openOutcomes("", "monitoring: group_sequential\n", "2026-06-20T12:00:00Z"))
                .isEmpty();
    }

    private static List<Reason> openOutcomes(String window, String monitoring, String now) {
        return report(experiment(window, monitoring), rows(now, DAY, 1_300)).notes().stream()
                .filter(note -> note.code().equals("open_outcomes"))
                .toList();
    }

    /** Of 10,000 per arm 1,300 instead of 1,000 is z = 6.6, and 1,090 is 2.1: the band is wider than that. */
    @Test
    void anAlwaysValidExperimentIsDecidedWheneverItsBandSaysSo() {
        LoadedExperiment experiment = experiment("", "monitoring: always_valid\n");
        String running = "2026-01-20T12:00:00Z";
        Report clear = report(experiment, rows(running, DAY, 1_300));
        assertThat(clear.verdict().decision()).isEqualTo(Decision.SHIP);
        assertThat(clear.notes()).extracting(Reason::code).contains("always_valid");
        Report unclear = report(experiment, rows(running, DAY, 1_090));
        assertThat(unclear.verdict().decision()).isEqualTo(Decision.KEEP_RUNNING);
        assertThat(codes(unclear)).containsExactly("no_effect_shown");
        assertThat(report(experiment, rows(running, DAY, 700)).verdict().decision())
                .isEqualTo(Decision.ROLL_BACK);
        // What was watched all the time has no second level at the end.
        assertThat(report(experiment, rows("2026-04-20T00:00:00Z", DAY, 1_090))
                        .verdict()
                        .decision())
                .isEqualTo(Decision.REVIEW);
        assertThat(report(experiment("", ""), rows("2026-04-20T00:00:00Z", DAY, 1_090))
                        .verdict()
                        .decision())
                .isEqualTo(Decision.SHIP);
    }

    @Test
    void aGuardrailOfAnAlwaysValidExperimentHoldsByItsBand() {
        for (int margin : new int[] {2, 30}) {
            LoadedExperiment experiment = experiment(
                    "",
                    "monitoring: always_valid\n",
                    "  - {id: visits, type: mean, event: visit, goal: increase, role: guardrail, margin: 0.%02d}\n"
                            .formatted(margin));
            List<ResultRow> rows = rows("2026-01-20T12:00:00Z", DAY, 1_300);
            rows.add(Samples.statistic("e", "visits", "a", DAY, 10_000, 30_000, 30_000, 190_000));
            rows.add(Samples.statistic("e", "visits", "b", DAY, 10_000, 30_000, 30_000, 190_000));
            // .02 of 3 is 2.7 standard errors, which is enough for a test at the end and not for the band.
            assertThat(report(experiment, rows).verdict().decision())
                    .isEqualTo(margin == 2 ? Decision.KEEP_RUNNING : Decision.SHIP);
        }
    }

    /** 10,000 per arm of the first day have had their 96 hours, 5,000 of three days ago have not: nobody of them bought. */
    @Test
    void aLookGoesByTheUnitsWhoseWindowIsOver() {
        LocalDate recent = LocalDate.of(2026, 2, 16);
        List<ResultRow> rows = rows("2026-02-19T00:00:00Z", DAY, 1_300);
        for (String variant : List.of("a", "b")) {
            long y = variant.equals("a") ? 1_000 : 1_300;
            rows.add(Samples.statistic("e", "", variant, recent, 5_000, 0));
            rows.add(Samples.statistic("e", "bought", variant, recent, 5_000, 0));
            rows.add(Samples.statistic("e", "", variant, "*cohort", "0", DAY, 10_000, 0));
            rows.add(Samples.statistic("e", "bought", variant, "*cohort", "0", DAY, 10_000, y, y, y));
            rows.add(Samples.statistic("e", "", variant, "*cohort", "42", recent, 5_000, 0));
            rows.add(Samples.statistic("e", "bought", variant, "*cohort", "42", recent, 5_000, 0));
        }
        LoadedExperiment experiment = experiment("window_hours: 96,", "monitoring: group_sequential\n");
        try (Store store = Store.inMemory()) {
            store.replace(List.of(experiment), rows);
            Report report = ReportAssembler.assemble(store, "e");
            assertThat(report.verdict().decision()).isEqualTo(Decision.SHIP);
            assertThat(codes(report)).containsExactly("success_improved", "immature_cohorts");
            assertThat(report.verdict().reasons().get(0).text()).contains("changed by +3.00 pp");
            Information information = report.information();
            assertThat(information).isEqualTo(new Information(30_000, 20_000, 60_000, 96, 0));
            MetricReport bought = report.metrics().get(0);
            assertThat(bought.comparisons().get(0).difference().orElseThrow().estimate())
                    .isCloseTo(0.02, within(1e-12));
            assertThat(report.metrics().get(0).daily())
                    .extracting(DailyPoint::day)
                    .endsWith(LocalDate.of(2026, 2, 19));

            assertThat(new String(Reports.render(report, Format.HTML), StandardCharsets.UTF_8))
                    .contains("Of 10\u202f000 and 10\u202f000 units whose outcome window is over");

            List<String> csv = new String(Reports.render(report, Format.CSV), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(csv.get(0)).contains(",matured_control_units,matured_units,matured_difference,");
            assertThat(csv.get(1)).contains(",10000,10000,0.03,");

            LookRecorder.record(store, NOW);
            assertThat(ReportAssembler.assemble(store, "e").lookEffects())
                    .singleElement()
                    // .03 of .1 and .13 with 10,000 each; with everybody it would be 6.51
                    .satisfies(look -> assertThat(look.z()).isCloseTo(6.65, within(0.005)));
        }
        // A file of before there were cohorts waits until everybody's window is over.
        rows.removeIf(
                row -> row instanceof UnitStatistic unit && unit.dimension().equals("*cohort"));
        Report before = report(experiment, rows);
        assertThat(before.verdict().decision()).isEqualTo(Decision.KEEP_RUNNING);
        assertThat(codes(before)).contains("immature_cohorts");
    }

    /** Two against two have six assignments; a t test of 1000 and 1010 against 9000 and 9010 has p = 3e-7. */
    @Test
    void veryFewUnitsDecideNothing() {
        LoadedExperiment experiment = Samples.experiment("e", """
                metrics:
                  - {id: paid, type: mean, event: purchase, value: amount_minor, goal: increase, role: primary}
                """);
        Report few = report(experiment, paid(2));
        assertThat(few.metrics()
                        .get(0)
                        .comparisons()
                        .get(0)
                        .difference()
                        .orElseThrow()
                        .pValue())
                .isLessThan(1e-5);
        assertThat(few.verdict().decision()).isEqualTo(Decision.REVIEW);
        assertThat(few.verdict().reasons().get(0))
                .isEqualTo(new Reason(
                        "not_enough_data",
                        "paid (b): The arms have 2 and 2 units: no assignment of so few is rarer than p = 0.33."));
        assertThat(report(experiment, paid(4)).verdict().decision()).isEqualTo(Decision.SHIP);
    }

    /** Half of the units paid 10 more. */
    private static List<ResultRow> paid(long units) {
        List<ResultRow> rows = new ArrayList<>();
        for (String variant : List.of("a", "b")) {
            long each = variant.equals("a") ? 1_000 : 9_000;
            long half = units / 2;
            rows.add(Samples.statistic("e", "", variant, DAY, units, 0));
            rows.add(Samples.statistic(
                    "e",
                    "paid",
                    variant,
                    DAY,
                    units,
                    units,
                    half * each + half * (each + 10),
                    half * each * each + half * (each + 10) * (each + 10)));
        }
        rows.add(Samples.accounting("events.ndjson", "2026-04-06T00:00:00Z"));
        return rows;
    }

    /** The experiment ends on 5 April, and so does what is observed. */
    @Test
    void windowsThatObservationCutShortAreSaid() {
        LoadedExperiment experiment = experiment("window_hours: 168,", "");
        LocalDate late = LocalDate.of(2026, 4, 2);
        Report all = report(experiment, rows("2026-04-06T00:00:00Z", late, 1_300));
        assertThat(all.verdict().decision()).isEqualTo(Decision.REVIEW);
        assertThat(all.verdict().reasons().get(0))
                .isEqualTo(new Reason(
                        "immature_cohorts",
                        "Up to 20000 of 20000 units had less than the 168 hours in which their outcomes count: observation"
                                + " ended before."));

        List<ResultRow> rows = rows("2026-04-06T00:00:00Z", DAY, 1_300);
        rows.add(Samples.statistic("e", "", "a", late, 10, 0));
        rows.add(Samples.statistic("e", "bought", "a", late, 10, 0, 0, 0));
        Report few = report(experiment, rows);
        assertThat(few.verdict().decision()).isEqualTo(Decision.SHIP);
        assertThat(codes(few)).containsExactly("success_improved", "immature_cohorts");

        Report none = report(
                experiment("window_hours: 168,", ""), rows("2026-04-06T00:00:00Z", LocalDate.of(2026, 3, 28), 1_300));
        assertThat(codes(none)).containsExactly("success_improved");
    }

    /** It decides nothing, but nobody should ship without having read it. */
    @Test
    void whatShipsSaysWhichSecondaryMetricsGotWorse() {
        LoadedExperiment experiment = experiment("", "", """
                  - {id: returned, type: proportion, event: purchase, where: {kind: refund}, goal: decrease, role: secondary}
                """);
        for (long returned : List.of(100, 104, 180)) {
            List<ResultRow> rows = rows("2026-04-06T00:00:00Z", DAY, 1_300);
            rows.add(Samples.statistic("e", "returned", "a", DAY, 10_000, 100, 100, 100));
            rows.add(Samples.statistic("e", "returned", "b", DAY, 10_000, returned, returned, returned));
            Report report = report(experiment, rows);
            assertThat(report.verdict().decision()).isEqualTo(Decision.SHIP);
            if (returned < 180) {
                assertThat(codes(report)).containsExactly("success_improved");
            } else {
                assertThat(codes(report)).containsExactly("success_improved", "secondary_harmed");
                assertThat(report.verdict().reasons().get(1).text())
                        .startsWith("returned (b) got worse: it changed by +0.800 pp, p");
            }
        }
        Report harmless = report(experiment, rows("2026-04-06T00:00:00Z", DAY, 1_000));
        assertThat(codes(harmless)).doesNotContain("secondary_harmed");
    }

    /** Observation goes on for the window after the end, which is in the evening of the last day there. */
    @Test
    void noWindowIsCutWhereNobodyIsExposedSoLate() {
        LoadedExperiment experiment =
                experiment("window_hours: 168,", "observe_until: 2026-04-12T00:00:00Z\ntime_zone: America/Sao_Paulo\n");
        Report report = report(experiment, rows("2026-04-13T00:00:00Z", LocalDate.of(2026, 4, 4), 1_300));
        assertThat(codes(report)).containsExactly("success_improved");
    }

    @Test
    void aGuardrailThatCouldNotHaveBeenShownIsSaid() {
        LoadedExperiment experiment = Samples.experiment(
                "e",
                BOUGHT.formatted("")
                        + "  - {id: visits, type: mean, event: visit, goal: increase, role: guardrail, margin: 0.01}\n");
        List<ResultRow> rows = rows("2026-04-06T00:00:00Z", DAY, 1_300);
        rows.add(Samples.statistic("e", "visits", "a", DAY, 100, 300, 300, 1_300));
        rows.add(Samples.statistic("e", "visits", "b", DAY, 100, 300, 300, 1_300));
        Report report = report(experiment, rows);
        assertThat(codes(report)).contains("underpowered", "guardrail_not_shown");

        // What was shown needs no power: 0.1 more, with a standard error of 0.02.
        List<ResultRow> shown = rows("2026-04-06T00:00:00Z", DAY, 1_300);
        shown.add(Samples.statistic("e", "visits", "a", DAY, 5_000, 15_000, 15_000, 50_000));
        shown.add(Samples.statistic("e", "visits", "b", DAY, 5_000, 15_500, 15_500, 53_050));
        assertThat(codes(report(experiment, shown))).containsExactly("success_improved");
    }

    /** A single look would show it: ±0.03 by a standard error of 0.0126; the band that holds every day does not. */
    @Test
    void whatABandDoesNotShowMayBeUnderpowered() {
        LoadedExperiment experiment = Samples.experiment(
                "e",
                "monitoring: always_valid\n" + BOUGHT.formatted("")
                        + "  - {id: visits, type: mean, event: visit, goal: increase, role: guardrail, margin: 0.01}\n");
        List<ResultRow> rows = rows("2026-04-06T00:00:00Z", DAY, 1_300);
        rows.add(Samples.statistic("e", "visits", "a", DAY, 5_000, 15_000, 15_000, 47_000));
        rows.add(Samples.statistic("e", "visits", "b", DAY, 5_000, 15_000, 15_000, 47_000));
        assertThat(codes(report(experiment, rows))).contains("guardrail_not_shown", "underpowered");
    }

    /** Halfway through 90 days; z is 6.6, and the boundary of a first look at half of the information is 2.96. */
    @Test
    void aLookMayDecideAndTheNextReportOfTheStageRepeatsItsDecision() {
        LoadedExperiment experiment = experiment("", "monitoring: group_sequential\n");
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(experiment));
            store.apply(rows("2026-02-19T00:00:00Z", DAY, 1_300), Map.of());
            Report first = ReportAssembler.assemble(store, "e");
            assertThat(first.verdict().decision()).isEqualTo(Decision.SHIP);
            SequentialLooks looks = first.looks();
            assertThat(looks).isNotNull();
            if (looks != null) {
                assertThat(looks.present()).isTrue();
                assertThat(looks.looks().get(0).z())
                        .isCloseTo(
                                GroupSequential.withDefaults()
                                        .boundaries(0.5)
                                        .z()
                                        .get(0),
                                within(1e-3));
            }
            LookRecorder.record(store, NOW);

            store.apply(rows("2026-02-20T00:00:00Z", DAY, 1_010), Map.of());
            Report second = ReportAssembler.assemble(store, "e");
            assertThat(second.verdict().decision()).isEqualTo(Decision.SHIP);
            assertThat(codes(second)).containsExactly("boundary_crossed");
            assertThat(VerdictView.of(second).sentence()).doesNotContain("guardrail");
        }
    }

    /** 1,300 of 10,000 instead of 1,000 bought at half of the information; later some of them come back far less. */
    @Test
    void harmThatIsSeenAfterAShippingLookKeepsItFromShipping() {
        LoadedExperiment experiment = experiment(
                "",
                "monitoring: group_sequential\n",
                "  - {id: visits, type: proportion, event: visit, goal: increase, role: guardrail, margin: 0.1}\n");
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(experiment));
            store.apply(withVisits(rows("2026-02-19T00:00:00Z", DAY, 1_300), 5_000), Map.of());
            Report first = ReportAssembler.assemble(store, "e");
            assertThat(first.verdict().decision()).isEqualTo(Decision.SHIP);
            assertThat(VerdictView.of(first).sentence()).endsWith("Every guardrail held.");
            LookRecorder.record(store, NOW);

            store.apply(withVisits(rows("2026-03-12T00:00:00Z", DAY, 1_300), 1_000), Map.of());
            Report second = ReportAssembler.assemble(store, "e");
            assertThat(second.looks()).isNotNull();
            assertThat(codes(second)).contains("harm_stop");
            assertThat(second.verdict().decision()).isEqualTo(Decision.ROLL_BACK);
        }
    }

    /** 4,500 instead of 5,000 of 10,000 came again: 7.089 of its own standard errors, of which the score test makes 7.080. */
    @Test
    void theLooksShowTheZThatHarmIsJudgedBy() {
        LoadedExperiment experiment = experiment(
                "",
                "monitoring: group_sequential\n",
                "  - {id: visits, type: proportion, event: visit, goal: increase, role: guardrail, margin: 0.1}\n");
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(experiment));
            store.apply(withVisits(rows("2026-02-19T00:00:00Z", DAY, 1_000), 4_500), Map.of());
            LookRecorder.record(store, NOW);
            Report report = ReportAssembler.assemble(store, "e");
            assertThat(report.verdict().reasons())
                    .filteredOn(reason -> reason.code().equals("harm_stop"))
                    .singleElement()
                    .satisfies(reason -> assertThat(reason.text()).contains("z is 7.08 "));
            assertThat(report.lookEffects())
                    .filteredOn(look -> look.metric().equals("visits"))
                    .singleElement()
                    .satisfies(look -> assertThat(look.z()).isCloseTo(-7.080, within(0.001)));
        }
    }

    /** Of 10,000 per arm, 5,000 of the control's and so many of the other arm's came again. */
    private static List<ResultRow> withVisits(List<ResultRow> rows, long again) {
        rows.add(Samples.statistic("e", "visits", "a", DAY, 10_000, 5_000, 5_000, 5_000));
        rows.add(Samples.statistic("e", "visits", "b", DAY, 10_000, again, again, again));
        return rows;
    }

    /** A difference that a single look would call significant, z = 2.3, is not enough at half of the information. */
    @Test
    void betweenLooksAndBelowTheBoundaryItGoesOn() {
        LoadedExperiment experiment = experiment("", "monitoring: group_sequential\n");
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(experiment));
            store.apply(rows("2026-02-19T00:00:00Z", DAY, 1_100), Map.of());
            Report first = ReportAssembler.assemble(store, "e");
            assertThat(first.verdict().decision()).isEqualTo(Decision.KEEP_RUNNING);
            assertThat(codes(first)).containsExactly("no_effect_shown");
            LookRecorder.record(store, NOW);

            store.apply(rows("2026-02-20T00:00:00Z", DAY, 1_300), Map.of());
            Report between = ReportAssembler.assemble(store, "e");
            assertThat(between.verdict().decision()).isEqualTo(Decision.KEEP_RUNNING);
            assertThat(between.notes().get(0).text()).contains("the next look that may decide is at 54 %");

            store.apply(rows("2026-04-06T00:00:00Z", DAY, 1_300), Map.of());
            LookRecorder.record(store, NOW);
            store.apply(List.of(Samples.accounting("events.ndjson", "2026-04-07T00:00:00Z")), Map.of());
            SequentialLooks looks = ReportAssembler.assemble(store, "e").looks();
            assertThat(looks).isNotNull();
            if (looks != null) {
                assertThat(looks.looks()).hasSize(2);
                assertThat(looks.alpha()).isBetween(0.045, 0.05);
            }
        }
    }
}
