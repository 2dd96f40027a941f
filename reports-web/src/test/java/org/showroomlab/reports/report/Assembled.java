package org.showroomlab.reports.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.reports.Samples;
import org.showroomlab.reports.store.Store;

/** What is made of the rows of one experiment that a run has counted. */
final class Assembled {
    private Assembled() {}

    /** @param newest time of the newest event */
    static Report report(LoadedExperiment experiment, List<ResultRow> rows, String newest) {
        String id = experiment.experiment().id();
        return of(experiment, rows, newest, store -> ReportAssembler.assemble(store, id));
    }

    /** The scorecard of a programme of this one, by the prior 0 ± 0.5. */
    static Scorecard card(LoadedExperiment experiment, List<ResultRow> rows, String newest) {
        return of(experiment, rows, newest, store -> SummaryAssembler.assemble(store, DeclaredPrior.parse("0,0.5")))
                .scorecard();
    }

    private static <T> T of(LoadedExperiment experiment, List<ResultRow> rows, String newest, Function<Store, T> made) {
        List<ResultRow> all = new ArrayList<>(rows);
        all.add(Samples.accounting("events.ndjson", newest));
        try (Store store = Store.inMemory()) {
            store.replace(List.of(experiment), all);
            return made.apply(store);
        }
    }
}
