package org.showroomlab.reports.store;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.ClusterStatistic;
import org.showroomlab.jobs.results.HistogramCounts;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.StockCount;
import org.showroomlab.jobs.results.UnitStatistic;

/** Which experiments rows are about; those of the accounting, dead letters and progress are about none. */
final class RowExperiments {
    private RowExperiments() {}

    static Set<String> of(Collection<? extends ResultRow> rows) {
        return rows.stream().flatMap(row -> of(row).stream()).collect(Collectors.toSet());
    }

    /** Refuses rows about any other. */
    static void requireOnly(Collection<LoadedExperiment> experiments, Collection<? extends ResultRow> rows) {
        Set<String> known = experiments.stream().map(e -> e.experiment().id()).collect(Collectors.toSet());
        for (ResultRow row : rows) {
            of(row).filter(id -> !known.contains(id)).ifPresent(id -> {
                throw new IllegalArgumentException("a row of experiment " + id + ", which is not among " + known);
            });
        }
    }

    private static Optional<String> of(ResultRow row) {
        if (row instanceof UnitStatistic statistic) {
            return Optional.of(statistic.experiment());
        }
        if (row instanceof ClusterStatistic statistic) {
            return Optional.of(statistic.experiment());
        }
        if (row instanceof HistogramCounts histogram) {
            return Optional.of(histogram.experiment());
        }
        if (row instanceof StockCount count) {
            return Optional.of(count.experiment());
        }
        return row instanceof LifeTableCount count ? Optional.of(count.experiment()) : Optional.empty();
    }
}
