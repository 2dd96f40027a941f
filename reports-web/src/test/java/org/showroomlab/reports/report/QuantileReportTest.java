package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.LogBuckets;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.reports.Samples;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.quantile.Histogram;
import org.showroomlab.stats.quantile.QuantileEstimate;
import org.showroomlab.stats.quantile.WoodruffQuantile;

/** Reports of quantiles; the numbers are those of direct calls of the statistics. */
class QuantileReportTest {
    private static final String QUANTILE =
            "  - {id: p75, type: quantile, event: cache_timing, value: lcp_ms, quantile: 0.75, goal: decrease, role: primary}";

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
        Report report = ClusterReports.report(
                Samples.experiment("c", "metrics:\n" + QUANTILE + "\n"), ClusterReports.withUnits(rows, "p75", 640));
        WoodruffQuantile woodruff = WoodruffQuantile.of(0.75);
        QuantileEstimate control = woodruff.estimate(histograms(arms.get(0), 6)).orElseThrow();
        QuantileEstimate treatment =
                woodruff.estimate(histograms(arms.get(1), 6)).orElseThrow();
        assertThat(ClusterReports.only(report).method()).isEqualTo("woodruff");
        assertThat(ClusterReports.only(report).difference().orElseThrow())
                .isEqualTo(woodruff.difference(control, treatment).orElseThrow());
        assertThat(report.metrics().get(0).arm("a").ci().orElseThrow()).isEqualTo(control.ci());
        assertThat(ClusterReports.only(report).difference().orElseThrow().estimate())
                .isBetween(-60.0, -40.0);
        assertThat(report.metrics().get(0).unit().label()).isEqualTo("lcp_ms");
        assertThat(report.metrics().get(0).daily().get(1).value().orElseThrow().estimate())
                .isEqualTo(
                        ClusterReports.only(report).difference().orElseThrow().estimate());
        assertThat(ClusterReports.only(report).anytime().value()).isPresent();
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
        Report report = ClusterReports.report(
                Samples.experiment("c", ClusterReports.PERIODS + "unit: cache\nmetrics:\n" + QUANTILE + "\n"),
                ClusterReports.withUnits(rows, "p75", 12));
        WoodruffQuantile woodruff = WoodruffQuantile.of(0.75);
        Effect direct = woodruff.difference(
                        woodruff.estimate(histograms(arms.get(0), 6)).orElseThrow(),
                        woodruff.estimate(histograms(arms.get(1), 6)).orElseThrow())
                .orElseThrow();
        assertThat(ClusterReports.only(report).difference().orElseThrow()).isEqualTo(direct);
        assertThat(ClusterReports.randomization(ClusterReports.only(report))
                        .orElseThrow()
                        .of())
                .isEqualTo(924);
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
}
