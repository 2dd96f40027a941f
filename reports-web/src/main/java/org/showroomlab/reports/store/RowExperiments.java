package org.showroomlab.reports.store;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.ExperimentRow;
import org.showroomlab.jobs.results.ResultRow;

/** Which experiments rows are about; those of the accounting, dead letters and progress are about none. */
final class RowExperiments {
    private RowExperiments() {}

    static Set<String> of(Collection<? extends ResultRow> rows) {
        return rows.stream().flatMap(RowExperiments::idOf).collect(Collectors.toSet());
    }

    /** Refuses rows about any other. */
    static void requireOnly(Collection<LoadedExperiment> experiments, Collection<? extends ResultRow> rows) {
        Set<String> known = experiments.stream().map(e -> e.experiment().id()).collect(Collectors.toSet());
        for (String id : of(rows)) {
            if (!known.contains(id)) {
                throw new IllegalArgumentException("a row of experiment " + id + ", which is not among " + known);
            }
        }
    }

    private static Stream<String> idOf(ResultRow row) {
        return row instanceof ExperimentRow of ? Stream.of(of.experiment()) : Stream.empty();
    }
}
