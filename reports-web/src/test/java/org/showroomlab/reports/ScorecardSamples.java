package org.showroomlab.reports;

import java.util.ArrayList;
import java.util.List;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.reports.report.Summary;
import org.showroomlab.reports.report.SummaryAssembler;
import org.showroomlab.reports.store.Store;

/**
 * A programme: e1 to e9 are finished with an effect, e10 is blocked by the sizes of its arms, e11 runs. Every arm has
 * 10,000 visitors, of whom 1,000 bought in the control.
 */
public final class ScorecardSamples {
    /** Who bought in the treatment of e1 to e7. */
    private static final List<Long> BOUGHT = List.of(1_200L, 1_010L, 900L, 1_100L, 950L, 1_300L, 1_050L);

    private ScorecardSamples() {}

    public static Store store() {
        Store store = Store.inMemory();
        store.replace(experiments(), rows());
        return store;
    }

    public static Summary summary() {
        try (Store store = store()) {
            return SummaryAssembler.assemble(store);
        }
    }

    /** Only the first two of them, and the one that runs. */
    public static Store young() {
        Store store = Store.inMemory();
        store.replace(
                experiments().stream()
                        .filter(e -> List.of("e1", "e2", "e11")
                                .contains(e.experiment().id()))
                        .toList(),
                rows().stream()
                        .filter(row -> List.of("e1", "e2", "e11", "").contains(id(row)))
                        .toList());
        return store;
    }

    private static String id(ResultRow row) {
        return row instanceof org.showroomlab.jobs.results.UnitStatistic statistic ? statistic.experiment() : "";
    }

    private static List<LoadedExperiment> experiments() {
        List<LoadedExperiment> all = new ArrayList<>();
        for (int i = 1; i <= 7; i++) {
            all.add(experiment("e" + i, "2026-04-05", "{id: b}", "increase"));
        }
        all.add(experiment("e8", "2026-04-05", "{id: b}, {id: c}", "increase"));
        all.add(experiment("e9", "2026-04-05", "{id: b}", "decrease"));
        all.add(experiment("e10", "2026-04-05", "{id: b}", "increase"));
        all.add(experiment("e11", "2026-05-05", "{id: b}", "increase"));
        return all;
    }

    private static LoadedExperiment experiment(String id, String end, String treatments, String goal) {
        return ExperimentFiles.parse(id + ".yaml", """
                id: %s
                start: 2026-01-05T00:00:00Z
                end: %sT00:00:00Z
                variants: [{id: a, control: true}, %s]
                metrics:
                  - {id: bought, type: proportion, event: purchase, goal: %s, role: primary}
                """.formatted(id, end, treatments, goal));
    }

    private static List<ResultRow> rows() {
        List<ResultRow> rows = new ArrayList<>();
        for (int i = 1; i <= 11; i++) {
            add(rows, "e" + i, "a", 10_000, 1_000);
        }
        for (int i = 1; i <= 7; i++) {
            add(rows, "e" + i, "b", 10_000, BOUGHT.get(i - 1));
        }
        add(rows, "e8", "b", 10_000, 1_010);
        add(rows, "e8", "c", 10_000, 1_150);
        add(rows, "e9", "b", 10_000, 850);
        add(rows, "e10", "b", 12_000, 1_400);
        add(rows, "e11", "b", 10_000, 1_200);
        rows.add(Samples.accounting("events.ndjson", "2026-04-06T00:00:00Z"));
        return rows;
    }

    private static void add(List<ResultRow> rows, String experiment, String variant, long n, long bought) {
        rows.add(Samples.statistic(experiment, "", variant, Samples.DAY, n, 0));
        rows.add(Samples.statistic(experiment, "bought", variant, Samples.DAY, n, bought, bought, bought));
    }
}
