package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.reports.Samples;
import org.showroomlab.stats.verdict.Decision;
import org.showroomlab.stats.verdict.Reason;

/** What may be decided early, and at which level. */
class MonitoringTest {
    /** All have come after two days, z is 2.04, and pickups count for two weeks more: the end still has its level. */
    @Test
    void theLevelOfTheEndIsNotUsedBeforeIt() {
        Report allHaveCome = picked("2026-01-07T00:00:00Z", 500, 563);
        assertThat(allHaveCome.verdict().decision()).isEqualTo(Decision.KEEP_RUNNING);
        assertThat(Objects.requireNonNull(allHaveCome.looks()).information()).isEqualTo(0.875);
        assertThat(picked("2026-01-21T00:00:00Z", 500, 563).verdict().decision())
                .isEqualTo(Decision.SHIP);
    }

    private static Report picked(String now, long control, long treatment) {
        LoadedExperiment drop = ExperimentFiles.parse("d.yaml", """
                id: e
                start: 2026-01-05T00:00:00Z
                end: 2026-01-07T00:00:00Z
                observe_until: 2026-01-21T00:00:00Z
                currency: EUR
                monitoring: group_sequential
                variants:
                  - {id: a, weight: 1, control: true}
                  - {id: b, weight: 1}
                metrics:
                  - {id: picked, type: proportion, event: purchase, where: {kind: pickup}, role: primary}
                """);
        List<ResultRow> rows = new ArrayList<>();
        for (String v : List.of("a", "b")) {
            long y = v.equals("a") ? control : treatment;
            rows.add(Samples.statistic("e", "", v, Samples.DAY, 5_000, 0));
            rows.add(Samples.statistic("e", "picked", v, Samples.DAY, 5_000, y, y, y));
        }
        return Assembled.report(drop, rows, now);
    }

    /** z is 2.76 against the usual 1.78: whoever asks for a thousandth does not stop a test for it. */
    @Test
    void harmIsAskedAtTheLevelOfTheFile() {
        assertThat(bought("0.05").verdict().decision()).isEqualTo(Decision.ROLL_BACK);
        assertThat(bought("0.001").verdict().decision()).isEqualTo(Decision.KEEP_RUNNING);
    }

    private static Report bought(String alpha) {
        LoadedExperiment e = Samples.experiment(
                "e",
                "monitoring: group_sequential\nalpha: " + alpha
                        + "\nmetrics:\n  - {id: bought, type: proportion, event: purchase, role: primary}\n");
        List<ResultRow> rows = new ArrayList<>();
        for (String v : List.of("a", "b")) {
            long y = v.equals("a") ? 1_000 : 886;
            rows.add(Samples.statistic("e", "", v, Samples.DAY, 10_000, 0));
            rows.add(Samples.statistic("e", "bought", v, Samples.DAY, 10_000, y, y, y));
        }
        return Assembled.report(e, rows, "2026-03-05T00:00:00Z");
    }

    /**
     * Twenty caches that are all switched by one coin per block, and periods that differ for all of them: A/A. Taken for
     * draws of each cache, three of five were significant.
     */
    @Test
    void cachesThatAreSwitchedAtOnceAreOneDraw() {
        SplittableRandom random = new SplittableRandom(7);
        int tests = 60;
        int significant = 0;
        for (int test = 0; test < tests; test++) {
            List<ResultRow> rows = new ArrayList<>();
            for (int block = 0; block < 21; block++) {
                boolean treatedFirst = random.nextBoolean();
                for (int half = 0; half < 2; half++) {
                    long period = 2L * block + half;
                    double share = 0.6 + 0.02 * random.nextGaussian();
                    for (int cache = 0; cache < 20; cache++) {
                        long good = Math.round(
                                1_000 * share + Math.sqrt(1_000 * share * (1 - share)) * random.nextGaussian());
                        String variant = treatedFirst == (half == 0) ? "b" : "a";
                        rows.add(period(cache, period, variant, good));
                    }
                }
            }
            Report report = switchback(rows, 420);
            double p = ClusterReports.only(report).difference().orElseThrow().pValue();
            significant += p < 0.05 ? 1 : 0;
        }
        assertThat(significant).isLessThanOrEqualTo(9);
    }

    /** Midnight to four the control, four to eight the treatment, and so on: equal variants over a daily rhythm. */
    @Test
    void anOrderThatNobodyDrewDecidesNothing() {
        double[] ofDay = {0.62, 0.60, 0.58, 0.57, 0.60, 0.61};
        List<ResultRow> rows = new ArrayList<>();
        for (int cache = 0; cache < 12; cache++) {
            for (int period = 0; period < 84; period++) {
                long good = Math.round(1_000 * ofDay[period % 6]) + (cache * 7 + period * 5) % 9;
                rows.add(period(cache, period, period % 2 == 0 ? "a" : "b", good));
            }
        }
        Report report = switchback(rows, 504);
        assertThat(report.verdict().decision()).isEqualTo(Decision.REVIEW);
        assertThat(report.verdict().reasons()).extracting(Reason::code).startsWith("fixed_order");
    }

    /** Of a thousand views. */
    private static ResultRow period(int cache, long period, String variant, long good) {
        return Samples.cluster(
                "c", "good", variant, "cache-" + cache, period, Samples.DAY.plusDays(period / 6), 1_000, good, good);
    }

    private static Report switchback(List<ResultRow> rows, int periodsPerArm) {
        return ClusterReports.report(
                Samples.experiment("c", ClusterReports.PERIODS + ClusterReports.SHARE),
                ClusterReports.withUnits(rows, "good", periodsPerArm));
    }
}
