package org.showroomlab.reports.store;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.ClusterStatistic;
import org.showroomlab.jobs.results.HistogramCounts;
import org.showroomlab.jobs.results.LifeTableCount;
import org.showroomlab.jobs.results.ResultRow;
import org.showroomlab.jobs.results.ShowroomProgress;
import org.showroomlab.jobs.results.StockCount;
import org.showroomlab.jobs.results.UnitStatistic;

/** The tables that hold result rows: what tells their rows apart, and which rows say nothing. */
enum RowTable {
    UNIT_INCREMENTS(
            Owner.EXPERIMENT,
            "experiment, metric, variant, dimension, dimension_value, day",
            "wide_sums is null and n = 0 and events = 0 and "
                    + Arrays.stream(UnitStatistic.Sum.values())
                            .map(sum -> sum.column() + " = 0")
                            .collect(Collectors.joining(" and "))),
    CLUSTER_INCREMENTS(
            Owner.EXPERIMENT,
            "experiment, metric, variant, dimension, dimension_value, cluster, period, day",
            "wide_sums is null and events = 0 and sum = 0 and sum_squares = 0 and den_events = 0 and den_sum = 0"),
    HISTOGRAM_INCREMENTS(
            Owner.EXPERIMENT,
            "experiment, metric, variant, dimension, dimension_value, cluster, period, day",
            "len(buckets) = 0"),
    LIFE_INCREMENTS(Owner.EXPERIMENT, "experiment, variant, origin, entry_bin, kind, bin, day", "n = 0"),
    STOCK_INCREMENTS(
            Owner.EXPERIMENT,
            "experiment, kind, showroom, sku, variant, at_millis, on_hand, day",
            "n = 0 and pieces = 0"),
    SHOWROOM_PROGRESS(Owner.JOB, "feed, showroom", "false"),
    ACCOUNTING_ROWS(Owner.JOB, "feed, source", "false"),
    DEAD_LETTER_ROWS(Owner.FEED, "feed, source, position", "false");

    /** Whom rows leave with. */
    enum Owner {
        EXPERIMENT,
        /** A feed, in which each submission of its job adds to those of the ones before. */
        FEED,
        /** A feed, in which each submission of its job says them anew. */
        JOB
    }

    private final Owner owner;
    private final String key;
    private final String saysNothing;

    RowTable(Owner owner, String key, String saysNothing) {
        this.owner = owner;
        this.key = key;
        this.saysNothing = saysNothing;
    }

    static RowTable of(ResultRow row) {
        if (row instanceof UnitStatistic) {
            return UNIT_INCREMENTS;
        }
        if (row instanceof ClusterStatistic) {
            return CLUSTER_INCREMENTS;
        }
        if (row instanceof HistogramCounts) {
            return HISTOGRAM_INCREMENTS;
        }
        if (row instanceof LifeTableCount) {
            return LIFE_INCREMENTS;
        }
        if (row instanceof StockCount) {
            return STOCK_INCREMENTS;
        }
        if (row instanceof ShowroomProgress) {
            return SHOWROOM_PROGRESS;
        }
        return row instanceof AccountingRow ? ACCOUNTING_ROWS : DEAD_LETTER_ROWS;
    }

    static List<RowTable> of(Owner owner) {
        return Arrays.stream(values()).filter(table -> table.owner == owner).toList();
    }

    String table() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    String staged() {
        return "staged_" + table();
    }

    /** Whether a staged row is the same as the one in the table. */
    String sameKey() {
        return Arrays.stream(key.split(", "))
                .map(column -> table() + "." + column + " = staged." + column)
                .collect(Collectors.joining(" and "));
    }

    /** A row that was changed and changed back is the same as one that never was. */
    String saysNothing() {
        return saysNothing;
    }
}
