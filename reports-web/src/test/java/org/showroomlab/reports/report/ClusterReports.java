package org.showroomlab.reports.report;

import java.util.ArrayList;
import java.util.List;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.store.Store;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.clusters.RandomizationResult;

/** Experiments on caches, and what a report says of rows of theirs. */
final class ClusterReports {
    static final String SHARE = """
            unit: cache
            metrics:
              - {id: good, type: share, event: cache_timing, value: lcp_ms, at_most: 2500, role: primary}
            """;

    static final String PERIODS = "period_minutes: 240\n";

    private ClusterReports() {}

    static Report report(LoadedExperiment experiment, List<ResultRow> rows) {
        List<ResultRow> all = new ArrayList<>(rows);
        all.add(Samples.accounting("events.ndjson", "2026-04-06T00:00:00Z"));
        try (Store store = Store.inMemory()) {
            store.replace(List.of(experiment), all);
            return ReportAssembler.assemble(store, experiment.experiment().id());
        }
    }

    static Comparison only(Report report) {
        return report.metrics().get(0).comparisons().get(0);
    }

    static List<ResultRow> withUnits(List<ResultRow> rows, String metric, int perArm) {
        for (String variant : List.of("a", "b")) {
            rows.add(Samples.statistic("c", "", variant, Samples.DAY, perArm, 0));
            rows.add(Samples.statistic("c", metric, variant, Samples.DAY, perArm, 7));
        }
        return rows;
    }

    static Computable<RandomizationResult> randomization(Comparison comparison) {
        Computable<RandomizationResult> test = comparison.randomization();
        if (test == null) {
            throw new AssertionError("no randomisation test");
        }
        return test;
    }
}
