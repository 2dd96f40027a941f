package org.showroomlab.reports.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.reports.Samples;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.clusters.SwitchbackTest;
import org.showroomlab.stats.verdict.Decision;

/** Reports of caches that change their variant from period to period. */
class SwitchbackReportTest {
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
        Report report = ClusterReports.report(
                Samples.experiment("c", ClusterReports.PERIODS + ClusterReports.SHARE),
                ClusterReports.withUnits(rows, "good", 12));
        Comparison comparison = ClusterReports.only(report);
        assertThat(comparison.method()).isEqualTo("switchback");
        Effect direct = SwitchbackTest.withDefaults().difference(d).orElseThrow();
        assertThat(comparison.difference().orElseThrow().estimate()).isCloseTo(direct.estimate(), within(1e-12));
        assertThat(comparison.difference().orElseThrow().stdError()).isCloseTo(direct.stdError(), within(1e-12));
        assertThat(ClusterReports.randomization(comparison).orElseThrow().pValue())
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
        Report report = ClusterReports.report(
                Samples.experiment("c", ClusterReports.PERIODS + ClusterReports.SHARE),
                ClusterReports.withUnits(rows, "good", 2));
        assertThat(ClusterReports.only(report).difference().code()).contains("too_few_clusters");
        assertThat(report.verdict().decision()).isEqualTo(Decision.BLOCKED);
    }
}
