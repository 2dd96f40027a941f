package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.UnitStatistic;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.export.Format;
import org.showroomlab.reports.export.Reports;
import org.showroomlab.reports.pages.ReportPage;
import org.showroomlab.reports.store.Store;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.many.RandomEffects;
import org.showroomlab.stats.verdict.Decision;

class ReportAssemblerTest {
    private static final String NOW = "2026-04-06T00:00:00Z";

    private static Report report(LoadedExperiment experiment, ResultRow... rows) {
        return reportAsOf(NOW, experiment, rows);
    }

    private static Report reportAsOf(String newest, LoadedExperiment experiment, ResultRow... rows) {
        List<ResultRow> all = new ArrayList<>(List.of(rows));
        all.add(Samples.accounting("events.ndjson", newest));
        try (Store store = Store.inMemory()) {
            store.replace(List.of(experiment), all);
            return ReportAssembler.assemble(store, experiment.experiment().id());
        }
    }

    /** R: t.test(c(4, 6, 8), c(1, 2, 3)), values in cents, capped at 7 so that the 8 counts as 7. */
    @Test
    void aMeanIsWelchInUnitsOfTheValueWithTheUncappedOneBesideIt() {
        Report report = report(Samples.experiment("m", """
                        metrics:
                          - {id: spend, type: mean, event: purchase, value: amount_minor, cap: 7, role: primary}
                        """), capped("a", 6, 14, 6, 14), capped("b", 17, 101, 18, 116));
        Comparison comparison = report.metrics().get(0).comparisons().get(0);
        Effect difference = comparison.difference().orElseThrow();
        assertThat(comparison.method()).isEqualTo("welch");
        assertThat(difference.estimate()).isCloseTo(17 / 3.0 - 2, within(1e-12));
        assertThat(difference.stdError()).isCloseTo(Math.sqrt((7 / 3.0) / 3 + 1.0 / 3), within(1e-12));
        Computable<Effect> uncapped = comparison.uncapped();
        assertThat(uncapped).isNotNull();
        if (uncapped != null) {
            assertThat(uncapped.orElseThrow().estimate()).isCloseTo(4.0, within(1e-12));
            assertThat(uncapped.orElseThrow().df().orElse(0)).isCloseTo(2.9412, within(1e-4));
        }
        assertThat(comparison.relative().orElseThrow().effect().estimate())
                .isCloseTo((17 / 3.0 - 2) / 2, within(1e-12));
    }

    /**
     * The Cookie Cats counts; the radius in standard errors for N = 5000, as in R: rho2 = (2*log(20) + log(1 + 2*log(20)))/5000; m = 90189*rho2;
     * sqrt(2*(m + 1)/m*log(sqrt(m + 1)/.05)).
     */
    @Test
    void theAlwaysValidBandIsWiderThanTheIntervalOfOneLook() {
        Report report = report(
                Samples.experiment("m", """
                        metrics:
                          - {id: back, type: proportion, event: visit, role: primary}
                        """),
                Samples.statistic("m", "back", "a", Samples.DAY, 44700, 8502, 8502, 8502),
                Samples.statistic("m", "back", "b", Samples.DAY, 45489, 8279, 8279, 8279));
        Comparison comparison = report.metrics().get(0).comparisons().get(0);
        Effect once = comparison.difference().orElseThrow();
        Effect always = comparison.anytime().orElseThrow();
        double radius = (always.ci().high() - always.estimate()) / always.stdError();
        double m = 90189 * (2 * Math.log(20) + Math.log(1 + 2 * Math.log(20))) / 5000;
        assertThat(radius).isCloseTo(Math.sqrt(2 * (m + 1) / m * Math.log(Math.sqrt(m + 1) / 0.05)), within(1e-9));
        assertThat(always.ci().low()).isLessThan(once.ci().low());
        assertThat(always.pValue()).isGreaterThan(once.pValue());
        DailyPoint last = report.metrics().get(0).daily().get(1);
        assertThat(last.anytimeCi().orElseThrow()).isEqualTo(always.ci());
    }

    private static ResultRow capped(String variant, long y, long yy, long u, long uu) {
        return Samples.statistic(
                "m", "spend", variant, Samples.DAY, 3, 3, y, yy, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, u, uu);
    }

    /** Two units per arm: a (10/2, 20/5), b (30/4, 18/2); quantities have six decimal places. */
    @Test
    void aRatioDividesTheSumsAtTheirOwnScales() {
        Report report = report(
                Samples.experiment("r", """
                        metrics:
                          - {id: basket, type: ratio, event: purchase, value: amount_minor,
                             per: {event: purchase, value: quantity}, role: primary}
                        """),
                Samples.statistic(
                        "r", "basket", "a", Samples.DAY, 2, 2, 30, 500, 7_000_000, 29_000_000_000_000L, 120_000_000),
                Samples.statistic(
                        "r", "basket", "b", Samples.DAY, 2, 2, 48, 1224, 6_000_000, 20_000_000_000_000L, 156_000_000));
        MetricReport metric = report.metrics().get(0);
        assertThat(metric.arm("a").estimate().orElseThrow().estimate()).isCloseTo(30 / 7.0, within(1e-12));
        // Contributions (y - R d) / mean(d): the delta method by hand.
        double r = 30 / 7.0;
        double spread = Math.abs(10 - r * 2 - (20 - r * 5)) / 3.5;
        assertThat(metric.arm("a").estimate().orElseThrow().stdError()).isCloseTo(spread / 2, within(1e-9));
        assertThat(metric.comparisons().get(0).difference().orElseThrow().estimate())
                .isCloseTo(8 - 30 / 7.0, within(1e-12));
        assertThat(metric.comparisons().get(0).method()).isEqualTo("delta_method");
        assertThat(metric.unit().label()).isEqualTo("minor units of EUR per quantity");
    }

    @Test
    void theCovariateAddsAnAdjustedDifference() {
        Report report = report(
                Samples.experiment("c", """
                        covariate_days: 14
                        metrics:
                          - {id: visits, type: mean, event: visit, role: primary}
                        """),
                covariate("a", 40, 500, 40, 500, 490),
                covariate("b", 48, 700, 40, 500, 580));
        Comparison comparison = report.metrics().get(0).comparisons().get(0);
        Computable<Effect> adjusted = comparison.adjusted();
        assertThat(adjusted).isNotNull();
        if (adjusted != null) {
            assertThat(adjusted.orElseThrow().estimate()).isCloseTo(2.0, within(1e-9));
            assertThat(adjusted.orElseThrow().stdError())
                    .isLessThan(comparison.difference().orElseThrow().stdError());
        }
    }

    private static ResultRow covariate(String variant, long y, long yy, long x, long xx, long xy) {
        return Samples.statistic("c", "visits", variant, Samples.DAY, 4, 4, y, yy, 0, 0, 0, x, xx, xy);
    }

    @Test
    void dimensionsAreSlicesCorrectedAmongThemselves() {
        Report report = report(
                Samples.experiment("d", """
                        dimensions: [region]
                        metrics:
                          - {id: bought, type: proportion, event: purchase, role: primary}
                        """),
                slice("a", "north", 100, 10),
                slice("b", "north", 100, 30),
                slice("a", "south", 100, 10),
                slice("b", "south", 100, 12));
        List<SliceReport> slices = report.metrics().get(0).dimensions();
        assertThat(slices).extracting(SliceReport::value).containsExactly("north", "south");
        Comparison north = slices.get(0).comparisons().get(0);
        double p = north.difference().orElseThrow().pValue();
        assertThat(north.pValueAdjusted()).isCloseTo(2 * p, within(1e-12));
        Heterogeneity regions = report.metrics().get(0).heterogeneity().get(0);
        assertThat(regions.values()).containsExactly("north", "south");
        Effect strong = north.difference().orElseThrow();
        Effect weak = slices.get(1).comparisons().get(0).difference().orElseThrow();
        RandomEffects direct = RandomEffects.of(
                        new double[] {strong.estimate(), weak.estimate()},
                        new double[] {strong.stdError(), weak.stdError()},
                        RandomEffects.Method.DERSIMONIAN_LAIRD)
                .orElseThrow();
        assertThat(regions.fit().orElseThrow()).isEqualTo(direct);
        assertThat(regions.iSquared().orElseThrow()).isCloseTo(1 - 1 / direct.q(), within(1e-12));
        assertThat(regions.shrunken("north").orElseThrow()).isBetween(direct.mu(), strong.estimate());
        assertThat(regions.shrunken("west").code()).contains("not_enough_data");
    }

    /** Squares of amounts near 10^18 on two days: each fits 128 bits, their sum does not. */
    @Test
    void sumsBeyond128BitsAreStillExact() {
        BigInteger amount = BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(9));
        Report report = report(
                Samples.experiment("h", """
                        dimensions: [region]
                        metrics:
                          - {id: m, type: mean, event: purchase, value: amount_minor, role: primary}
                        """),
                huge("a", "", amount, 0),
                huge("a", "", amount, 1),
                huge("a", "", amount, 2),
                huge("a", "region", amount, 0),
                huge("a", "region", amount, 1),
                huge("a", "region", amount, 2));
        MetricReport metric = report.metrics().get(0);
        assertThat(metric.arm("a").estimate().orElseThrow().estimate()).isEqualTo(9e18);
        assertThat(metric.dimensions()
                        .get(0)
                        .arms()
                        .get(0)
                        .estimate()
                        .orElseThrow()
                        .estimate())
                .isEqualTo(9e18);
    }

    private static ResultRow huge(String variant, String dimension, BigInteger amount, int day) {
        List<BigInteger> sums = new ArrayList<>(java.util.Collections.nCopies(16, BigInteger.ZERO));
        sums.set(0, amount);
        sums.set(1, amount.multiply(amount));
        return new UnitStatistic("h", "m", variant, dimension, "", Samples.DAY.plusDays(day), 1, 1, sums);
    }

    private static ResultRow slice(String variant, String region, long n, long bought) {
        return Samples.statistic("d", "bought", variant, "region", region, Samples.DAY, n, bought, bought, bought);
    }

    @Test
    void primaryAndSecondaryMetricsAreCorrectedAmongThemselvesAndGuardrailsAreNot() {
        Report report = report(
                Samples.experiment("f", """
                        correction: bonferroni
                        metrics:
                          - {id: one, type: proportion, event: purchase, role: primary}
                          - {id: two, type: proportion, event: purchase, role: secondary}
                          - {id: three, type: proportion, event: purchase, goal: increase, role: guardrail}
                          - {id: four, type: proportion, event: purchase, role: primary}
                          - {id: five, type: proportion, event: purchase, role: secondary}
                          - {id: six, type: proportion, event: purchase, role: secondary}
                        """),
                arm("one", "a", 10),
                arm("one", "b", 25),
                arm("two", "a", 10),
                arm("two", "b", 12),
                arm("three", "a", 10),
                arm("three", "b", 14),
                arm("four", "a", 10),
                arm("four", "b", 16),
                arm("five", "a", 10),
                arm("five", "b", 18),
                arm("six", "a", 10),
                arm("six", "b", 19));
        int[] together = {2, 3, 1, 2, 3, 3};
        for (int i = 0; i < together.length; i++) {
            Comparison c = report.metrics().get(i).comparisons().get(0);
            double p = c.difference().orElseThrow().pValue();
            assertThat(c.pValueAdjusted()).isCloseTo(Math.min(1, together[i] * p), within(1e-12));
        }
    }

    private static ResultRow arm(String metric, String variant, long bought) {
        return Samples.statistic("f", metric, variant, Samples.DAY, 100, bought, bought, bought);
    }

    @Test
    void everyDayIsAsOfItsEndAndTheLastIsTheReport() {
        Report report = reportAsOf(
                Samples.DAY.plusDays(3) + "T12:00:00Z",
                Samples.gate(),
                Samples.statistic("gate", "retention_7", "a", Samples.DAY, 100, 10, 10, 10),
                Samples.statistic("gate", "retention_7", "b", Samples.DAY, 100, 20, 20, 20),
                Samples.statistic("gate", "retention_7", "b", Samples.DAY.plusDays(2), 100, 10, 10, 10));
        List<DailyPoint> daily = report.metrics().get(0).daily();
        assertThat(daily)
                .extracting(DailyPoint::day)
                .endsWith(Samples.DAY.plusDays(3))
                .hasSize(8);
        assertThat(estimates(daily, "a")).containsExactly(0.1, 0.1, 0.1, 0.1);
        assertThat(estimates(daily, "b").get(0)).isCloseTo(0.1, within(1e-12));
        assertThat(estimates(daily, "b").get(1)).isCloseTo(0.1, within(1e-12));
        assertThat(estimates(daily, "b").subList(2, 4))
                .containsOnly(report.metrics()
                        .get(0)
                        .comparisons()
                        .get(0)
                        .difference()
                        .orElseThrow()
                        .estimate());
    }

    /** The file is read weeks after the last outcome that counted. */
    @Test
    void theDailySeriesEndsWithTheOutcomes() {
        List<DailyPoint> daily = report(
                        Samples.gate(),
                        Samples.statistic("gate", "retention_7", "a", Samples.DAY, 100, 10, 10, 10),
                        Samples.statistic("gate", "retention_7", "b", Samples.DAY, 100, 20, 20, 20))
                .metrics()
                .get(0)
                .daily();
        assertThat(daily.get(daily.size() - 1).day())
                .isEqualTo(LocalDate.ofInstant(
                        Samples.gate().experiment().observeUntil().minusMillis(1),
                        Samples.gate().experiment().timeZone()));
    }

    /** Everybody bought for 2.00, or for 3.00: how sure that is cannot be said, but it is one more. */
    @Test
    void armsWithoutSpreadHaveADifferenceWithoutAnInterval() {
        LoadedExperiment experiment = Samples.experiment("m", """
                metrics:
                  - {id: spend, type: mean, event: purchase, value: amount_minor, role: primary}
                """);
        Report report = report(
                experiment,
                Samples.statistic("m", "spend", "a", Samples.DAY, 10, 10, 2000, 400_000),
                Samples.statistic("m", "spend", "b", Samples.DAY, 10, 10, 3000, 900_000));
        MetricReport metric = report.metrics().get(0);
        assertThat(metric.comparisons().get(0).difference().value()).isEmpty();
        assertThat(metric.comparisons().get(0).estimate()).hasValue(100);
        assertThat(metric.daily().get(1).estimate()).hasValue(100);
        String json = new String(Reports.render(report, Format.JSON), StandardCharsets.UTF_8);
        assertThat(json).containsPattern("\"difference\" : \\{\\s*\"estimate\" : 100.0,\\s*\"std_error\" : null");
        assertThat(new String(Reports.render(report, Format.CSV), StandardCharsets.UTF_8))
                .contains(",200.0,300.0,100.0,,,,,,");
    }

    private static List<Double> estimates(List<DailyPoint> daily, String variant) {
        return daily.stream()
                .filter(p -> p.variant().equals(variant))
                .map(p -> p.value().orElseThrow().estimate())
                .toList();
    }

    @Test
    void withoutARowOfItsMetricThereIsAReasonAndNoNumber() {
        Report report = report(Samples.experiment("t", """
                metrics:
                  - {id: lcp, type: quantile, event: cache_timing, value: lcp_ms, quantile: 0.75, role: primary}
                """));
        Comparison comparison = report.metrics().get(0).comparisons().get(0);
        assertThat(comparison.difference().value()).isEmpty();
        assertThat(comparison.difference().reason().orElse("")).contains("2 are needed");
        assertThat(report.verdict().decision()).isEqualTo(Decision.REVIEW);
        assertThat(report.verdict().reasons().get(0).code()).isEqualTo("not_enough_data");
    }

    @Test
    void withoutEventsThereIsAReportThatSaysSo() {
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(Samples.gate()));
            Report report = ReportAssembler.assemble(store, "gate");
            assertThat(report.asOf()).isNull();
            assertThat(report.status()).isEqualTo(Status.RUNNING);
            assertThat(report.verdict().decision()).isEqualTo(Decision.KEEP_RUNNING);
            assertThat(report.verdict().reasons().get(0).code()).isEqualTo("not_enough_data");
            assertThat(report.accounting().closes()).isTrue();
        }
    }

    @Test
    void aBrokenSplitBlocks() {
        Report report = report(
                Samples.gate(),
                Samples.statistic("gate", "", "a", Samples.DAY, 1000, 0),
                Samples.statistic("gate", "", "b", Samples.DAY, 800, 0));
        assertThat(report.verdict().decision()).isEqualTo(Decision.BLOCKED);
        assertThat(report.verdict().reasons().get(0).code()).isEqualTo("srm");
    }

    /**
     * 1,000 and 850 are p = .0005 at one look, but one of 90 looks finds such a thing by chance; with 10,000 more of which
     * 5,500 fall into one arm it is clear.
     */
    @Test
    void aBrokenSplitThatIsWatchedDayByDayBlocksOnceItIsClear() {
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(Samples.gate()));
            store.apply(split("2026-01-10T12:00:00Z", Samples.DAY, 1_000, 850), Map.of());
            Report first = ReportAssembler.assemble(store, "gate");
            assertThat(first.verdict().decision()).isEqualTo(Decision.BLOCKED);
            assertThat(first.health().dailySrm()).isEmpty();
            LookRecorder.record(store, Instant.parse("2026-07-01T00:00:00Z"));

            store.apply(split("2026-01-11T12:00:00Z", Samples.DAY.plusDays(1), 10, 10), Map.of());
            Report second = ReportAssembler.assemble(store, "gate");
            assertThat(second.verdict().decision()).isEqualTo(Decision.KEEP_RUNNING);
            assertThat(second.verdict().reasons().get(0).code()).isEqualTo("srm");
            assertThat(second.verdict().reasons().get(0).text())
                    .contains("at one look", "by the test for a look every day");
            // Another filter makes nobody the first to look.
            store.registerExperiments(List.of(
                    ExperimentFiles.parse("gate.yaml", Samples.gate().yaml().replace("page: r7", "page: r8"))));
            assertThat(ReportAssembler.assemble(store, "gate").verdict().decision())
                    .isEqualTo(Decision.KEEP_RUNNING);
            // Corrected by Bonferroni for 90 days and two tests; the sequential one needs more units.
            double p = second.health().srm().orElseThrow().pValue();
            assertThat(second.health().dailySrm().orElseThrow()).isCloseTo(180 * p, within(1e-9));
            assertThat(ReportPage.of(second).srmSentence())
                    .startsWith(
                            "The arms may not have the planned sizes: p\u00a0=\u00a0.0005 at one look, p\u00a0=\u00a0");

            store.apply(split("2026-01-12T12:00:00Z", Samples.DAY.plusDays(2), 5_500, 4_500), Map.of());
            Report third = ReportAssembler.assemble(store, "gate");
            assertThat(third.verdict().decision()).isEqualTo(Decision.BLOCKED);
            assertThat(third.health().dailySrm().orElseThrow()).isLessThan(0.001);
        }
    }

    /** 400 of 500 are no chance, however often somebody looks. */
    @Test
    void aGrosslyBrokenSplitOfFewUnitsStaysBlockedDayByDay() {
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(Samples.gate()));
            for (int day = 0; day < 3; day++) {
                store.apply(
                        split(
                                "2026-01-1" + day + "T12:00:00Z",
                                Samples.DAY.plusDays(day),
                                day == 0 ? 400 : 5,
                                day == 0 ? 100 : 5),
                        Map.of());
                assertThat(ReportAssembler.assemble(store, "gate").verdict().decision())
                        .as("day %d", day)
                        .isEqualTo(Decision.BLOCKED);
                LookRecorder.record(store, Instant.parse("2026-07-01T00:00:00Z"));
            }
        }
    }

    private static List<ResultRow> split(String newest, LocalDate day, long a, long b) {
        return List.of(
                Samples.statistic("gate", "", "a", day, a, 0),
                Samples.statistic("gate", "", "b", day, b, 0),
                Samples.statistic("gate", "retention_7", "a", day, a, 0, 0, 0),
                Samples.statistic("gate", "retention_7", "b", day, b, 0, 0, 0),
                Samples.accounting("events.ndjson", newest));
    }

    @Test
    void sumsThatContradictEachOtherForAMomentAreNoFailure() {
        Report report = report(
                Samples.gate(),
                Samples.statistic("gate", "retention_7", "a", Samples.DAY, 2, 3, 3, 3),
                Samples.statistic("gate", "retention_7", "b", Samples.DAY, 2, 1, 1, 1));
        assertThat(report.metrics().get(0).comparisons().get(0).difference().code())
                .contains("inconsistent_sums");
    }

    @Test
    void anUnknownExperimentNamesTheOnesThereAre() {
        try (Store store = Store.inMemory()) {
            store.registerExperiments(List.of(Samples.gate()));
            assertThatThrownBy(() -> ReportAssembler.assemble(store, "gaet"))
                    .isInstanceOf(UnknownExperiment.class)
                    .hasMessage("there is no experiment 'gaet'; there are: gate");
        }
    }
}
