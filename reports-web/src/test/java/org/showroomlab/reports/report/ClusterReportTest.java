package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.ingest.experiment.LogBuckets;
import org.showroomlab.jobs.results.ClusterStatistic;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.ShowroomProgress;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.export.Format;
import org.showroomlab.reports.export.Reports;
import org.showroomlab.reports.store.Store;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.clusters.Cluster;
import org.showroomlab.stats.clusters.ClusterRobustTest;
import org.showroomlab.stats.clusters.RandomizationResult;
import org.showroomlab.stats.clusters.RandomizationTest;
import org.showroomlab.stats.clusters.SwitchbackTest;
import org.showroomlab.stats.quantile.Histogram;
import org.showroomlab.stats.quantile.QuantileEstimate;
import org.showroomlab.stats.quantile.WoodruffQuantile;
import org.showroomlab.stats.verdict.Decision;

/** Reports whose units are caches, and quantiles; the numbers are those of direct calls of the statistics. */
class ClusterReportTest {
    private static final String SHARE = """
            unit: cache
            metrics:
              - {id: good, type: share, event: cache_timing, value: lcp_ms, at_most: 2500, role: primary}
            """;
    private static final String QUANTILE =
            "  - {id: p75, type: quantile, event: cache_timing, value: lcp_ms, quantile: 0.75, goal: decrease, role: primary}";
    private static final String PERIODS = "period_minutes: 240\n";

    private static Report report(LoadedExperiment experiment, List<ResultRow> rows) {
        List<ResultRow> all = new ArrayList<>(rows);
        all.add(Samples.accounting("events.ndjson", "2026-04-06T00:00:00Z"));
        try (Store store = Store.inMemory()) {
            store.replace(List.of(experiment), all);
            return ReportAssembler.assemble(store, experiment.experiment().id());
        }
    }

    private static Comparison only(Report report) {
        return report.metrics().get(0).comparisons().get(0);
    }

    private static List<ResultRow> shareRows(int caches) {
        List<ResultRow> rows = new ArrayList<>();
        for (int g = 0; g < caches; g++) {
            String variant = g % 2 == 0 ? "a" : "b";
            rows.add(Samples.cluster("c", "good", variant, "cache-" + g, 0, Samples.DAY, views(g), good(g), good(g)));
        }
        return withUnits(rows, "good", caches / 2);
    }

    private static List<ResultRow> withUnits(List<ResultRow> rows, String metric, int perArm) {
        for (String variant : List.of("a", "b")) {
            rows.add(Samples.statistic("c", "", variant, Samples.DAY, perArm, 0));
            rows.add(Samples.statistic("c", metric, variant, Samples.DAY, perArm, 7));
        }
        return rows;
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
        Report report = report(Samples.experiment("c", SHARE), shareRows(12));
        Comparison comparison = only(report);
        Effect direct =
                ClusterRobustTest.withDefaults().difference(clusters(12)).orElseThrow();
        assertThat(comparison.method()).isEqualTo("cr2_satterthwaite");
        assertThat(comparison.difference().orElseThrow()).isEqualTo(direct);
        assertThat(randomization(comparison).orElseThrow())
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
        Report report = report(Samples.experiment("c", SHARE), shareRows(12));
        double both = Math.hypot(stdError(report, "a"), stdError(report, "b"));
        assertThat(both).isCloseTo(only(report).difference().orElseThrow().stdError(), within(1e-12));
        double estimate = only(report).relative().orElseThrow().effect().estimate();
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

    private static Computable<RandomizationResult> randomization(Comparison comparison) {
        Computable<RandomizationResult> test = comparison.randomization();
        if (test == null) {
            throw new AssertionError("no randomisation test");
        }
        return test;
    }

    @Test
    void sixCachesCannotReachTheLevelAndBlock() {
        Report report = report(Samples.experiment("c", SHARE), shareRows(6));
        assertThat(only(report).difference().code()).contains("too_few_clusters");
        assertThat(report.verdict().decision()).isEqualTo(Decision.BLOCKED);
        assertThat(report.verdict().reasons().get(0).code()).isEqualTo("too_few_clusters");
    }

    @Test
    void withoutAnyClusterYetNothingIsBlocked() {
        Report report = report(Samples.experiment("c", SHARE), List.of());
        assertThat(only(report).difference().code()).contains("not_enough_data");
        assertThat(report.verdict().decision()).isEqualTo(Decision.REVIEW);
    }

    /** Purchases per view: one period has purchases and no view, which only the whole cluster can carry. */
    @Test
    void aRatioIsOfTheClustersSums() {
        String ratio = PERIODS + """
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
        Comparison comparison = only(report(Samples.experiment("c", ratio), withUnits(rows, "rate", 12)));
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
        Report report = report(Samples.experiment("c", ratio), withUnits(rows, "rate", 6));
        assertThat(only(report).difference().orElseThrow())
                .isEqualTo(ClusterRobustTest.withDefaults().difference(clusters).orElseThrow());
        double level = (5.0 + 7 + 9 + 11 + 13 + 15) / (100 + 102 + 106 + 108 + 110);
        ArmReport arm = report.metrics().get(0).arm("a");
        assertThat(arm.level().orElseThrow()).isCloseTo(level, within(1e-15));
        assertThat(arm.estimate().orElseThrow().estimate()).isCloseTo(level, within(1e-15));

        rows.add(ratio(12, 0, "a", 1, -3));
        Report negative = report(Samples.experiment("c", ratio), withUnits(rows, "rate", 6));
        assertThat(only(negative).difference().code()).contains("negative_denominator");
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
        Comparison comparison = only(report(Samples.experiment("c", SHARE), withUnits(rows, "good", 4)));
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
        Comparison comparison = only(report(Samples.experiment("c", mean), withUnits(rows, "good", 6)));
        Effect direct = ClusterRobustTest.withDefaults().difference(clusters).orElseThrow();
        assertThat(comparison.difference().orElseThrow().estimate()).isCloseTo(direct.estimate(), within(1e-12));
        assertThat(comparison.difference().orElseThrow().pValue()).isCloseTo(direct.pValue(), within(1e-12));
        assertThat(comparison.uncapped()).isNotNull();
    }

    /** Four caches, six periods each, switched within every pair; one period of one cache is missing. */
    @Test
    void aSwitchbackComparesNeighbouringPeriods() {
        List<ResultRow> rows = new ArrayList<>();
        List<Double> differences = new ArrayList<>();
        for (int g = 0; g < 4; g++) {
            for (int block = 0; block < 3; block++) {
                boolean treatedFirst = (g + block) % 2 == 0;
                boolean complete = g != 3 || block != 2;
                long control = 600 + 20L * g + 7L * block;
                long treated = control + 30 + 5L * ((g * 3 + block) % 4);
                long period = 2L * block;
                rows.add(cell(g, period + (treatedFirst ? 0 : 1), "b", treated));
                if (complete) {
                    rows.add(cell(g, period + (treatedFirst ? 1 : 0), "a", control));
                    differences.add(treated / 1000.0 - control / 1000.0);
                }
            }
        }
        double[] d = differences.stream().mapToDouble(Double::doubleValue).toArray();
        Report report = report(Samples.experiment("c", PERIODS + SHARE), withUnits(rows, "good", 12));
        Comparison comparison = only(report);
        assertThat(comparison.method()).isEqualTo("switchback");
        Effect direct = SwitchbackTest.withDefaults().difference(d).orElseThrow();
        assertThat(comparison.difference().orElseThrow().estimate()).isCloseTo(direct.estimate(), within(1e-12));
        assertThat(comparison.difference().orElseThrow().stdError()).isCloseTo(direct.stdError(), within(1e-12));
        assertThat(randomization(comparison).orElseThrow().pValue())
                .isEqualTo(
                        SwitchbackTest.withDefaults().signFlip(d).orElseThrow().pValue());
        assertThat(comparison.estimand()).contains("neighbouring periods of the same cache");
        assertThat(comparison.relative().orElseThrow().effect().ci().low()).isPositive();
    }

    private static ResultRow cell(int cache, long period, String variant, long good) {
        return Samples.cluster("c", "good", variant, "cache-" + cache, period, Samples.DAY, 1000, good, good);
    }

    @Test
    void aSwitchbackOfFewPairsIsRefused() {
        List<ResultRow> rows = new ArrayList<>();
        for (int g = 0; g < 2; g++) {
            rows.add(cell(g, 0, "a", 500 + g));
            rows.add(cell(g, 1, "b", 550 + 2L * g));
        }
        Report report = report(Samples.experiment("c", PERIODS + SHARE), withUnits(rows, "good", 2));
        assertThat(only(report).difference().code()).contains("too_few_clusters");
        assertThat(report.verdict().decision()).isEqualTo(Decision.BLOCKED);
    }

    @Test
    void aQuantileOfVisitorsIsWoodruffsOverTheGroups() {
        List<ResultRow> rows = new ArrayList<>();
        List<List<BucketCounts>> arms = List.of(new ArrayList<>(), new ArrayList<>());
        for (int arm = 0; arm < 2; arm++) {
            for (int group = 0; group < 64; group++) {
                SortedMap<Integer, Long> counts = new TreeMap<>();
                for (int i = 0; i < 20; i++) {
                    long micros = 1_000_000L * (900 + 40L * i + 3L * group + 11L * ((group * i) % 13) - 50L * arm);
                    counts.merge(LogBuckets.bucketOf(micros), 1L, Long::sum);
                }
                arms.get(arm).add(BucketCounts.of(counts));
                rows.add(Samples.histogram(
                        "c", "p75", arm == 0 ? "a" : "b", String.valueOf(group), 0, Samples.DAY, counts));
            }
        }
        Report report = report(Samples.experiment("c", "metrics:\n" + QUANTILE + "\n"), withUnits(rows, "p75", 640));
        WoodruffQuantile woodruff = WoodruffQuantile.of(0.75);
        QuantileEstimate control = woodruff.estimate(histograms(arms.get(0), 6)).orElseThrow();
        QuantileEstimate treatment =
                woodruff.estimate(histograms(arms.get(1), 6)).orElseThrow();
        assertThat(only(report).method()).isEqualTo("woodruff");
        assertThat(only(report).difference().orElseThrow())
                .isEqualTo(woodruff.difference(control, treatment).orElseThrow());
        assertThat(report.metrics().get(0).arm("a").ci().orElseThrow()).isEqualTo(control.ci());
        assertThat(only(report).difference().orElseThrow().estimate()).isBetween(-60.0, -40.0);
        assertThat(report.metrics().get(0).unit().label()).isEqualTo("lcp_ms");
        assertThat(report.metrics().get(0).daily()).hasSize(2);
        assertThat(only(report).anytime().value()).isPresent();
    }

    @Test
    void aQuantileOfCachesMergesTheirPeriods() {
        List<ResultRow> rows = new ArrayList<>();
        List<List<BucketCounts>> arms = List.of(new ArrayList<>(), new ArrayList<>());
        for (int g = 0; g < 12; g++) {
            SortedMap<Integer, Long> merged = new TreeMap<>();
            for (int period = 0; period < 2; period++) {
                SortedMap<Integer, Long> counts = new TreeMap<>();
                for (int i = 0; i < 30; i++) {
                    long micros = 1_000_000L * (900 + 40L * i + 17L * (g * g % 5) - 150L * (g % 2) + period);
                    counts.merge(LogBuckets.bucketOf(micros), 1L, Long::sum);
                }
                counts.forEach((bucket, n) -> merged.merge(bucket, n, Long::sum));
                String variant = g % 2 == 0 ? "a" : "b";
                rows.add(Samples.histogram("c", "p75", variant, "cache-" + g, period, Samples.DAY, counts));
                rows.add(Samples.cluster("c", "p75", variant, "cache-" + g, period, Samples.DAY, 30, 1, 1));
            }
            arms.get(g % 2).add(BucketCounts.of(merged));
        }
        Report report = report(
                Samples.experiment("c", PERIODS + "unit: cache\nmetrics:\n" + QUANTILE + "\n"),
                withUnits(rows, "p75", 12));
        WoodruffQuantile woodruff = WoodruffQuantile.of(0.75);
        Effect direct = woodruff.difference(
                        woodruff.estimate(histograms(arms.get(0), 6)).orElseThrow(),
                        woodruff.estimate(histograms(arms.get(1), 6)).orElseThrow())
                .orElseThrow();
        assertThat(only(report).difference().orElseThrow()).isEqualTo(direct);
        assertThat(randomization(only(report)).orElseThrow().of()).isEqualTo(924);
        assertThat(report.metrics().get(0).arm("a").clusters()).isEqualTo(6);
    }

    /** Small integers have a bucket each, and their quantile is the integer itself. */
    @Test
    void aQuantileOfSmallIntegersIsOneOfThem() {
        SortedMap<Integer, Long> counts = new TreeMap<>(
                Map.of(LogBuckets.bucketOf(-4), 1L, LogBuckets.bucketOf(0), 1L, LogBuckets.bucketOf(7), 2L));
        Histogram histogram = ValueHistograms.of(BucketCounts.of(counts), 0);
        assertThat(histogram.quantile(0.2)).isCloseTo(-4, within(1e-5));
        assertThat(histogram.quantile(0.4)).isCloseTo(0, within(1e-5));
        assertThat(histogram.quantile(0.75)).isCloseTo(7, within(1e-5));
        assertThat(histogram.countUpTo(6.5)).isEqualTo(2);
        assertThat(ValueHistograms.atOrBelow(BucketCounts.of(counts), 6.5, 0)).isEqualTo(2);
        assertThat(ValueHistograms.atOrBelow(BucketCounts.of(counts), 7.1, 0)).isEqualTo(4);
    }

    /** The clusters as histograms over the edges of all their buckets. */
    static List<Histogram> histograms(List<BucketCounts> clusters, int scale) {
        int[] buckets = ArmHistograms.of(clusters).whole().buckets();
        double[] edges = ValueHistograms.edges(buckets, scale);
        return clusters.stream()
                .map(cluster -> {
                    double[] events = new double[edges.length - 1];
                    for (int i = 0; i < buckets.length; i++) {
                        events[2 * i] = cluster.in(buckets[i]);
                    }
                    return Histogram.of(edges, events);
                })
                .toList();
    }

    @Test
    void thePageShowsClustersAndHowFarShowroomsHaveSynced() {
        List<ResultRow> rows = shareRows(12);
        rows.add(new ShowroomProgress(
                "lisbon", java.time.Instant.parse("2026-04-05T20:11:00Z").toEpochMilli()));
        rows.add(Samples.accounting("events.ndjson", "2026-04-06T00:00:00Z"));
        try (Store store = Store.inMemory()) {
            store.replace(List.of(Samples.experiment("c", SHARE)), rows);
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
        Report report = report(
                ExperimentFiles.parse(
                        "c.yaml", Samples.experiment("c", SHARE).yaml().replace("unit: cache\n", "")),
                List.of(
                        Samples.statistic("c", "good", "a", Samples.DAY, 2, 8, 4, 10, 8, 32, 16),
                        Samples.statistic("c", "good", "b", Samples.DAY, 2, 8, 6, 20, 8, 32, 24)));
        assertThat(only(report).method()).isEqualTo("delta_method");
        assertThat(only(report).difference().orElseThrow().estimate()).isCloseTo(0.25, within(1e-12));
        assertThat(report.metrics().get(0).arm("a").estimate().orElseThrow().stdError())
                .isCloseTo(Math.sqrt(0.125 / 2), within(1e-12));
    }
}
