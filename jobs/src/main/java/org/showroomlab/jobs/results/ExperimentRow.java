package org.showroomlab.jobs.results;

/** A row of a statistic; the other rows are about no experiment. */
public sealed interface ExperimentRow extends ResultRow
        permits UnitStatistic, ClusterStatistic, HistogramCounts, LifeTableCount, StockCount {
    /** The id of its experiment. */
    String experiment();
}
