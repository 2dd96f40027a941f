package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.jobs.results.ClusterStatistic;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.ShowroomProgress;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.export.Format;
import org.showroomlab.reports.export.Reports;
import org.showroomlab.reports.store.Store;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.clusters.Cluster;
import org.showroomlab.stats.clusters.ClusterRobustTest;
import org.showroomlab.stats.clusters.RandomizationTest;
import org.showroomlab.stats.verdict.Decision;

/** Reports whose units are caches or showrooms; the numbers are those of direct calls of the statistics. */
class ClusterReportTest {
    private static List<ResultRow> shareRows(int caches) {
        List<ResultRow> rows = new ArrayList<>();
        for (int g = 0; g < caches; g++) {
            String variant = g % 2 == 0 ? "a" : "b";
            rows.add(Samples.cluster("c", "good", variant, "cache-" + g, 0, Samples.DAY, views(g), good(g), good(g)));
        }
        return ClusterReports.withUnits(rows, "good", caches / 2);
    }

    private static long views(int g) {
        return 1000 + 37L * g;
    }

    private static long good(int g) {
        return 700 + 31L * g - 13L * (g * g % 7) + 60L * (g % 2);
    }

    private static List<Cluster> clusters(int caches) {
        List<Cluster> clusters = new ArrayList<>();
        for (int g = 0; g < caches; g++) {
            clusters.add(new Cluster(views(g), good(g), g % 2 == 1));
        }
        return clusters;
    }

    @Test
    void cachesThatKeepTheirVariantAreComparedRobustlyWithTheExactTestBeside() {
        Report report = ClusterReports.report(Samples.experiment("c", ClusterReports.SHARE), shareRows(12));
        Comparison comparison = ClusterReports.only(report);
        Effect direct =
                ClusterRobustTest.withDefaults().difference(clusters(12)).orElseThrow();
        assertThat(comparison.method()).isEqualTo("cr2_satterthwaite");
        assertThat(comparison.difference().orElseThrow()).isEqualTo(direct);
        assertThat(ClusterReports.randomization(comparison).orElseThrow())
                .isEqualTo(RandomizationTest.withDefaults().test(clusters(12)).orElseThrow());
        assertThat(comparison.anytime().code()).contains("too_few_clusters");
        ArmReport arm = report.metrics().get(0).arm("b");
        assertThat(arm.units()).isEqualTo(6);
        assertThat(arm.events()).isEqualTo(7);
        assertThat(arm.clusters()).isEqualTo(6);
        assertThat(report.health().srm().orElseThrow().pValue()).isEqualTo(1);
    }

    /** V = Σ (S − μn)²/(1 − n/N)/N² of one arm; the variances of both arms add up to that of the difference. */
    @Test
    void theLevelsOfBothArmsCarryTheVarianceOfTheDifference() {
        Report report = ClusterReports.report(Samples.experiment("c", ClusterReports.SHARE), shareRows(12));
        double both = Math.hypot(stdError(report, "a"), stdError(report, "b"));
        assertThat(both)
                .isCloseTo(
                        ClusterReports.only(report).difference().orElseThrow().stdError(), within(1e-12));
        double estimate =
                ClusterReports.only(report).relative().orElseThrow().effect().estimate();
        assertThat(estimate)
                .isCloseTo(
                        report.metrics()
                                                .get(0)
                                                .arm("b")
                                                .estimate()
                                                .orElseThrow()
                                                .estimate()
                                        / report.metrics()
                                                .get(0)
                                                .arm("a")
                                                .estimate()
                                                .orElseThrow()
                                                .estimate()
                                - 1,
                        within(1e-12));
    }

    private static double stdError(Report report, String variant) {
        return report.metrics().get(0).arm(variant).estimate().orElseThrow().stdError();
    }

    @Test
    void sixCachesCannotReachTheLevelAndBlock() {
        Report report = ClusterReports.report(Samples.experiment("c", ClusterReports.SHARE), shareRows(6));
        assertThat(ClusterReports.only(report).difference().code()).contains("too_few_clusters");
        assertThat(report.verdict().decision()).isEqualTo(Decision.BLOCKED);
        assertThat(report.verdict().reasons().get(0).code()).isEqualTo("too_few_clusters");
    }

    /** A purchase names no cache. */
    @Test
    void whatNoEventOfACacheCanCountIsNamed() {
        String bought = "  - {id: bought, type: proportion, event: [purchase, visit]}\n";
        assertThat(ClusterReports.report(Samples.experiment("c", ClusterReports.SHARE + bought), shareRows(12))
                        .notes())
                .singleElement()
                .satisfies(note -> assertThat(note.text()).startsWith("Nothing is ever counted for bought:"));
        assertThat(ClusterReports.report(Samples.experiment("c", ClusterReports.SHARE), shareRows(12))
                        .notes())
                .isEmpty();
    }

    @Test
    void withoutAnyClusterYetNothingIsBlocked() {
        Report report = ClusterReports.report(Samples.experiment("c", ClusterReports.SHARE), List.of());
        assertThat(ClusterReports.only(report).difference().code()).contains("not_enough_data");
        assertThat(report.verdict().decision()).isEqualTo(Decision.REVIEW);
    }

    /** Purchases per view: one period has purchases and no view, which only the whole cluster can carry. */
    @Test
    void aRatioIsOfTheClustersSums() {
        String ratio = ClusterReports.PERIODS + """
                unit: showroom
                metrics:
                  - {id: rate, type: ratio, event: purchase, per: {event: visit}, role: primary}
                """;
        List<ResultRow> rows = new ArrayList<>();
        List<Cluster> clusters = new ArrayList<>();
        for (int g = 0; g < 12; g++) {
            String variant = g % 2 == 0 ? "a" : "b";
            rows.add(ratio(g, 0, variant, 5 + g % 3, 100 + g));
            rows.add(ratio(g, 1, variant, 2, 0));
            clusters.add(new Cluster(100 + g, 7 + g % 3, g % 2 == 1));
        }
        Report report =
                ClusterReports.report(Samples.experiment("c", ratio), ClusterReports.withUnits(rows, "rate", 12));
        Comparison comparison = ClusterReports.only(report);
        assertThat(report.health().sizes()).isEqualTo(Map.of("a", 6L, "b", 6L));
        assertThat(comparison.difference().orElseThrow())
                .isEqualTo(ClusterRobustTest.withDefaults().difference(clusters).orElseThrow());
    }

    /** A showroom with purchases and no visit at all belongs to the sums; one with fewer than no visits has no weight. */
    @Test
    void aRatioKeepsAShowroomWithoutADenominator() {
        String ratio = """
                unit: showroom
                metrics:
                  - {id: rate, type: ratio, event: purchase, per: {event: visit}, role: primary}
                """;
        List<ResultRow> rows = new ArrayList<>();
        List<Cluster> clusters = new ArrayList<>();
        for (int g = 0; g < 12; g++) {
            int visits = g == 4 ? 0 : 100 + g;
            rows.add(ratio(g, 0, g % 2 == 0 ? "a" : "b", 5 + g, visits));
            clusters.add(new Cluster(visits, 5 + g, g % 2 == 1));
        }
        Report report =
                ClusterReports.report(Samples.experiment("c", ratio), ClusterReports.withUnits(rows, "rate", 6));
        assertThat(ClusterReports.only(report).difference().orElseThrow())
                .isEqualTo(ClusterRobustTest.withDefaults().difference(clusters).orElseThrow());
        double level = (5.0 + 7 + 9 + 11 + 13 + 15) / (100 + 102 + 106 + 108 + 110);
        ArmReport arm = report.metrics().get(0).arm("a");
        assertThat(arm.level().orElseThrow()).isCloseTo(level, within(1e-15));
        assertThat(arm.estimate().orElseThrow().estimate()).isCloseTo(level, within(1e-15));

        rows.add(ratio(12, 0, "a", 1, -3));
        Report negative =
                ClusterReports.report(Samples.experiment("c", ratio), ClusterReports.withUnits(rows, "rate", 6));
        assertThat(ClusterReports.only(negative).difference().code()).contains("negative_denominator");
        assertThat(negative.metrics().get(0).arm("a").level().orElseThrow()).isCloseTo(61.0 / 523, within(1e-15));
        assertThat(Reports.render(negative, Format.JSON))
                .asString(java.nio.charset.StandardCharsets.UTF_8)
                .contains("negative_denominator");
    }

    private static ResultRow ratio(int g, long period, String variant, long sum, long denominator) {
        return new ClusterStatistic(
                "c",
                "rate",
                variant,
                "",
                "",
                "showroom-" + g,
                period,
                Samples.DAY,
                sum,
                BigInteger.valueOf(sum),
                BigInteger.valueOf(sum),
                Math.abs(denominator),
                BigInteger.valueOf(denominator));
    }

    /** One cache has nearly all views, so that its arm has hardly a degree of freedom. */
    @Test
    void withTooFewDegreesOfFreedomOnlyTheExactTestRemains() {
        List<ResultRow> rows = new ArrayList<>();
        List<Cluster> clusters = new ArrayList<>();
        for (int g = 0; g < 8; g++) {
            long n = g < 2 ? 100_000 : 100 + g;
            long s = n / 2 + g * n / 50;
            rows.add(Samples.cluster("c", "good", g % 2 == 0 ? "a" : "b", "cache-" + g, 0, Samples.DAY, n, s, s));
            clusters.add(new Cluster(n, s, g % 2 == 1));
        }
        Comparison comparison = ClusterReports.only(ClusterReports.report(
                Samples.experiment("c", ClusterReports.SHARE), ClusterReports.withUnits(rows, "good", 4)));
        Effect effect = comparison.difference().orElseThrow();
        assertThat(comparison.method()).isEqualTo("randomization");
        assertThat(effect.pValue())
                .isEqualTo(RandomizationTest.withDefaults()
                        .test(clusters)
                        .orElseThrow()
                        .pValue());
        assertThat(effect.ci().bounded()).isFalse();
        assertThat(comparison.relative().code()).contains("too_few_clusters");
    }

    @Test
    void aMeanIsPerCacheAndOneWithoutAMatchCountsAsZero() {
        String mean = """
                unit: cache
                metrics:
                  - {id: good, type: mean, event: cache_timing, cap: 900, role: primary}
                """;
        List<ResultRow> rows = new ArrayList<>();
        List<Cluster> clusters = new ArrayList<>();
        for (int g = 0; g < 11; g++) {
            rows.add(Samples.cluster("c", "good", g % 2 == 0 ? "a" : "b", "cache-" + g, 0, Samples.DAY, 9, good(g), 0));
            clusters.add(new Cluster(1, Math.min(900, good(g)), g % 2 == 1));
        }
        rows.add(Samples.cluster("c", "", "b", "cache-11", 0, Samples.DAY, 5, 0, 0));
        clusters.add(new Cluster(1, 0, true));
        Comparison comparison = ClusterReports.only(
                ClusterReports.report(Samples.experiment("c", mean), ClusterReports.withUnits(rows, "good", 6)));
        Effect direct = ClusterRobustTest.withDefaults().difference(clusters).orElseThrow();
        assertThat(comparison.difference().orElseThrow().estimate()).isCloseTo(direct.estimate(), within(1e-12));
        assertThat(comparison.difference().orElseThrow().pValue()).isCloseTo(direct.pValue(), within(1e-12));
        assertThat(comparison.uncapped()).isNotNull();
    }

    @Test
    void thePageShowsClustersAndHowFarShowroomsHaveSynced() {
        List<ResultRow> rows = shareRows(12);
        rows.add(new ShowroomProgress(
                "lisbon", java.time.Instant.parse("2026-04-05T20:11:00Z").toEpochMilli()));
        rows.add(Samples.accounting("events.ndjson", "2026-04-06T00:00:00Z"));
        try (Store store = Store.inMemory()) {
            store.replace(List.of(Samples.experiment("c", ClusterReports.SHARE)), rows);
            assertThat(text(store, Format.HTML))
                    .contains("of 6 and 6 clusters", "Complete through", "5 Apr 2026, 20:11 UTC", "CR2, Satterthwaite");
            assertThat(text(store, Format.JSON))
                    .contains("\"complete_through\" : \"2026-04-05T20:11:00Z\"", "\"of\" : 924", "\"clusters\" : 6");
            assertThat(text(store, Format.CSV)).contains("control_clusters,clusters,randomization_p_value");
        }
    }

    private static String text(Store store, Format format) {
        return new String(Reports.render(store, "c", format), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Two visitors per arm: 3 of 4 and 1 of 4 views are fast, then 4 of 4 and 2 of 4. */
    @Test
    void aShareOfVisitorsIsARatioOfCounts() {
        Report report = ClusterReports.report(
                ExperimentFiles.parse(
                        "c.yaml",
                        Samples.experiment("c", ClusterReports.SHARE).yaml().replace("unit: cache\n", "")),
                List.of(
                        Samples.statistic("c", "good", "a", Samples.DAY, 2, 8, 4, 10, 8, 32, 16),
                        Samples.statistic("c", "good", "b", Samples.DAY, 2, 8, 6, 20, 8, 32, 24)));
        assertThat(ClusterReports.only(report).method()).isEqualTo("delta_method");
        assertThat(ClusterReports.only(report).difference().orElseThrow().estimate())
                .isCloseTo(0.25, within(1e-12));
        assertThat(report.metrics().get(0).arm("a").estimate().orElseThrow().stdError())
                .isCloseTo(Math.sqrt(0.125 / 2), within(1e-12));
    }
}
