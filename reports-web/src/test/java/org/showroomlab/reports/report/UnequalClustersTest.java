package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.BuiltInMetrics;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.SpecialSamples;
import org.showroomlab.reports.special.TtlSpeedReading;
import org.showroomlab.stats.verdict.Decision;

/** Caches of which one has most of the views, or one is unlike the others. */
class UnequalClustersTest {
    private static final LocalDate DAY = Samples.DAY;
    private static final String END = "2026-04-06T00:00:00Z";
    private static final String QUANTILE = """
            unit: cache
            metrics:
              - {id: m, type: quantile, event: cache_timing, value: lcp_ms, quantile: 0.75, goal: decrease, role: primary}
            """;

    /** One cache of each arm has 95 % of the views; the five others are alike, pair by pair. */
    @Test
    void aQuantileOfCachesThatOneOutweighsIsNoMoreThanTheirs() {
        List<ResultRow> rows = new ArrayList<>();
        for (int g = 0; g < 12; g++) {
            double base = g == 0 ? 2000 : g == 1 ? 1700 : 1800 + 60 * (g / 2);
            rows.add(
                    Samples.histogram("c", "m", g % 2 == 0 ? "a" : "b", "c" + g, 0, DAY, views(base, g < 2 ? 500 : 5)));
        }
        units(rows, "m", 6);
        Report r = Assembled.report(Samples.experiment("c", QUANTILE), rows, END);
        assertThat(ClusterReports.randomization(ClusterReports.only(r))
                        .orElseThrow()
                        .pValue())
                .isGreaterThan(0.3);
        assertThat(r.verdict().decision()).isEqualTo(Decision.REVIEW);
    }

    /** One event of one of twenty caches carries the other variant. */
    @Test
    void oneStrayEventMakesNoSwitchback() {
        List<ResultRow> rows = new ArrayList<>();
        for (int g = 0; g < 20; g++) {
            for (int p = 0; p < 30; p++) {
                boolean stray = g == 0 && p == 7;
                String v = g % 2 == 1 || stray ? "b" : "a";
                long n = stray ? 1 : 100;
                long good = stray ? 1 : (g % 2 == 0 ? 60 : 75) + (g * 7 + p * 3) % 11 + g % 5;
                rows.add(Samples.cluster("c", "good", v, "c" + g, p, DAY, n, good, good));
            }
        }
        units(rows, "good", 300);
        Report r = Assembled.report(Samples.experiment("c", ClusterReports.SHARE + ClusterReports.PERIODS), rows, END);
        assertThat(r.verdict().decision()).isEqualTo(Decision.SHIP);
    }

    /** One period in twenty-five: what is planned as equal shares is a mismatch, and no parallel test of 12 against 12. */
    @Test
    void aVariantThatIsRarelyGivenIsSwitched() {
        List<ResultRow> rows = new ArrayList<>();
        for (int g = 0; g < 12; g++) {
            for (int p = 0; p < 300; p++) {
                boolean treated = (p + 3 * g) % 25 == 0;
                long good = 600L + (g * 17) % 90 + (p * 7 + g) % 23 + (treated ? 20 : 0);
                rows.add(Samples.cluster("c", "good", treated ? "b" : "a", "c" + g, p, DAY, 1_000, good, good));
            }
        }
        rows.add(Samples.statistic("c", "", "a", DAY, 3_456, 0));
        rows.add(Samples.statistic("c", "", "b", DAY, 144, 0));
        rows.add(Samples.statistic("c", "good", "a", DAY, 3_456, 7));
        rows.add(Samples.statistic("c", "good", "b", DAY, 144, 7));
        Report r = Assembled.report(Samples.experiment("c", ClusterReports.SHARE + ClusterReports.PERIODS), rows, END);
        assertThat(ClusterReports.only(r).method()).isEqualTo("switchback");
        assertThat(r.verdict().decision()).isEqualTo(Decision.BLOCKED);
    }

    /** Its periods would be the observations then: 461 degrees of freedom of twenty caches. */
    @Test
    void oneSwitchedCacheMakesNoSwitchbackOfTheOthers() {
        int[] shift = {5, 1, 7, 3, 9, 2, 0, 8, 6, 4, 3, 1, 8, 2, 5, 4, 9, 0, 7, 3};
        List<ResultRow> rows = new ArrayList<>();
        for (int g = 0; g < 20; g++) {
            for (int p = 0; p < 30; p++) {
                String v = g % 2 == 1 || (g == 0 && p < 16 && p % 2 == 1) ? "b" : "a";
                rows.add(Samples.histogram("c", "m", v, "c" + g, p, DAY, views(1600 + 40 * shift[g], 2)));
                rows.add(Samples.cluster("c", "", v, "c" + g, p, DAY, 80, 0, 0));
            }
        }
        units(rows, "m", 300);
        Comparison c = ClusterReports.only(
                Assembled.report(Samples.experiment("c", "period_minutes: 240\n" + QUANTILE), rows, END));
        assertThat(c.difference().orElseThrow().df().orElseThrow()).isLessThan(20);
    }

    @Test
    void periodsOfACacheThatKeepsItsVariantAreOneObservation() {
        List<Double> df = new ArrayList<>();
        for (int periods : new int[] {1, 24}) {
            List<ResultRow> rows = new ArrayList<>();
            for (int arm = 0; arm < 3; arm++) {
                String v = "t" + SpecialSamples.TTLS[arm];
                rows.add(Samples.statistic("t", "", v, DAY, 4L * periods, 0));
                for (int g = 0; g < 4; g++) {
                    for (int p = 0; p < periods; p++) {
                        rows.add(Samples.histogram(
                                "t",
                                BuiltInMetrics.LCP,
                                v,
                                "c" + arm + "-" + g,
                                p,
                                DAY,
                                views(1400 + 100 * g - 90 * arm, 240 / periods)));
                    }
                }
            }
            LoadedExperiment e = ExperimentFiles.parse(
                    "t.yaml",
                    SpecialSamples.ttl().yaml().replace("unit: cache\n", "unit: cache\nperiod_minutes: 240\n"));
            TtlSpeedReading r = (TtlSpeedReading)
                    Objects.requireNonNull(Assembled.report(e, rows, END).analysis())
                            .orElseThrow();
            df.add(r.dose().orElseThrow().slope().orElseThrow().df().orElseThrow());
        }
        assertThat(df.get(1)).isEqualTo(df.get(0));
    }

    /** One cache of each arm has 98 % of the views. */
    @Test
    void aBandNeedsMoreThanTheFewCachesThatOutweighTheOthers() {
        List<ResultRow> rows = new ArrayList<>();
        for (int g = 0; g < 40; g++) {
            long n = g < 2 ? 100_000 : 100;
            long good = g == 0 ? 60_000 : g == 1 ? 70_000 : 60 + g / 2 * 7 % 11;
            rows.add(Samples.cluster("c", "good", g % 2 == 0 ? "a" : "b", "c" + g, 0, DAY, n, good, good));
        }
        units(rows, "good", 20);
        Report r = Assembled.report(
                Samples.experiment("c", "monitoring: always_valid\n" + ClusterReports.SHARE),
                rows,
                "2026-02-19T00:00:00Z");
        assertThat(ClusterReports.only(r).difference().orElseThrow().ci().bounded())
                .isFalse();
        assertThat(r.verdict().decision()).isEqualTo(Decision.KEEP_RUNNING);
    }

    /** Of thirty caches one has pairs of periods, six of them. */
    @Test
    void aBandOfASwitchbackNeedsCachesThatWereSwitched() {
        List<ResultRow> rows = new ArrayList<>();
        for (int p = 0; p < 12; p++) {
            rows.add(Samples.cluster(
                    "c", "good", p % 2 == 0 ? "a" : "b", "c0", p, DAY, 1_000, p % 2 == 0 ? 600 + p : 640 - p, 0));
        }
        for (int g = 1; g < 30; g++) {
            rows.add(Samples.cluster("c", "good", g % 2 == 0 ? "a" : "b", "c" + g, 0, DAY, 1_000, 620, 0));
        }
        units(rows, "good", 20);
        Report r = Assembled.report(
                Samples.experiment("c", "monitoring: always_valid\n" + ClusterReports.SHARE + ClusterReports.PERIODS),
                rows,
                "2026-02-19T00:00:00Z");
        assertThat(r.verdict().decision()).isEqualTo(Decision.KEEP_RUNNING);
    }

    private static Map<Integer, Long> views(double base, long perBucket) {
        Map<Integer, Long> counts = new TreeMap<>();
        for (int k = 0; k < 40; k++) {
            counts.merge(SpecialSamples.bucket(Math.round(base * (0.5 + k * 0.025))), perBucket, Long::sum);
        }
        return counts;
    }

    private static void units(List<ResultRow> rows, String metric, long perArm) {
        for (String v : List.of("a", "b")) {
            rows.add(Samples.statistic("c", "", v, DAY, perArm, 0));
            rows.add(Samples.statistic("c", metric, v, DAY, perArm, 7));
        }
    }

    /** Equal quantiles in six caches of which one has a hundred times the views of each other: 13 of 80 were different. */
    @Test
    void aSwitchedCacheThatOutweighsTheOthersIsOneCache() {
        SplittableRandom random = new SplittableRandom(6);
        NormalDistribution normal = NormalDistribution.of(0, 1);
        int significant = 0;
        for (int test = 0; test < 60; test++) {
            List<ResultRow> rows = new ArrayList<>();
            for (int g = 0; g < 6; g++) {
                for (int block = 0; block < 4; block++) {
                    boolean treatedFirst = random.nextBoolean();
                    for (int half = 0; half < 2; half++) {
                        String v = treatedFirst == (half == 0) ? "b" : "a";
                        double middle = Math.log(2_000) + 0.1 * random.nextGaussian();
                        long views = g == 0 ? 50_000 : 500;
                        Map<Integer, Long> histogram = new TreeMap<>();
                        for (int q = 0; q < 200; q++) {
                            double z = normal.inverseCumulativeProbability((q + 0.5) / 200);
                            histogram.merge(
                                    SpecialSamples.bucket(Math.round(Math.exp(middle + 0.4 * z))),
                                    Math.max(1, views / 200),
                                    Long::sum);
                        }
                        long period = 2L * block + half;
                        LocalDate day = DAY.plusDays(block / 3);
                        rows.add(Samples.cluster("c", "", v, "c" + g, period, day, views, 0, 0));
                        rows.add(Samples.histogram("c", "m", v, "c" + g, period, day, histogram));
                    }
                }
            }
            units(rows, "m", 24);
            Comparison c = ClusterReports.only(
                    Assembled.report(Samples.experiment("c", "period_minutes: 240\n" + QUANTILE), rows, END));
            significant += c.difference().orElseThrow().pValue() < 0.05 ? 1 : 0;
        }
        assertThat(significant).isLessThanOrEqualTo(8);
    }
}
