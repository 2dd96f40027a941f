package org.showroomlab.reports.verify;

import java.util.List;

/**
 * One table that is compared.
 *
 * @param name as it is called in the database
 * @param recomputed the query that gives the recomputed rows
 * @param stored the query that gives the stored rows; {@code ${experiments}} and {@code ${feeds}} stand for the lists of
 *     what is compared
 * @param keys columns that name a row
 * @param values columns that are compared
 */
record ComparedTable(String name, String recomputed, String stored, List<String> keys, List<String> values) {
    private static final String OF_EXPERIMENTS = " where experiment in (${experiments})";
    private static final String OF_FEEDS = " where feed in (${feeds})";

    /** The columns of a slice, with which most keys begin. */
    private static final List<String> SLICE =
            List.of("experiment", "metric", "variant", "dimension", "dimension_value");

    static final ComparedTable EXPERIMENTS = new ComparedTable(
            "experiment_files",
            "select unnest([${experiments}]) as experiment",
            "select experiment from stored.experiment_files" + OF_FEEDS,
            List.of("experiment"),
            List.of());

    static final ComparedTable UNIT_INCREMENTS = new ComparedTable(
            "unit_increments",
            "from unit_increments",
            "from stored.unit_increments" + OF_EXPERIMENTS,
            with(SLICE, "day"),
            List.of(
                    "n",
                    "events",
                    "sum",
                    "sum_squares",
                    "den_sum",
                    "den_sum_squares",
                    "cross_sum",
                    "x_sum",
                    "x_sum_squares",
                    "xy_sum",
                    "z_sum",
                    "z_sum_squares",
                    "yz_sum",
                    "dx_sum",
                    "dz_sum",
                    "xz_sum",
                    "uncapped_sum",
                    "uncapped_sum_squares"));

    static final ComparedTable CLUSTER_INCREMENTS = new ComparedTable(
            "cluster_increments",
            "from cluster_increments",
            "from stored.cluster_increments" + OF_EXPERIMENTS,
            with(SLICE, "cluster", "period", "day"),
            List.of("events", "sum", "sum_squares", "den_events", "den_sum"));

    /** Bucket by bucket, so that the order inside a row's lists does not matter. */
    static final ComparedTable HISTOGRAM_INCREMENTS = new ComparedTable(
            "histogram_increments",
            "from histogram_increments",
            "select * exclude (buckets, counts), unnest(buckets) as bucket, unnest(counts) as count"
                    + " from stored.histogram_increments" + OF_EXPERIMENTS,
            with(SLICE, "cluster", "period", "day", "bucket"),
            List.of("count"));

    static final ComparedTable LIFE_INCREMENTS = new ComparedTable(
            "life_increments",
            "from life_increments",
            "from stored.life_increments" + OF_EXPERIMENTS,
            List.of("experiment", "variant", "origin", "entry_bin", "kind", "bin", "day"),
            List.of("n"));

    static final ComparedTable STOCK_INCREMENTS = new ComparedTable(
            "stock_increments",
            "from stock_increments",
            "from stored.stock_increments" + OF_EXPERIMENTS,
            List.of("experiment", "kind", "showroom", "sku", "variant", "at_millis", "on_hand", "day"),
            List.of("n", "pieces"));

    private static final List<String> WAYS = List.of(
            "received",
            "counted",
            "in_no_experiment",
            "duplicates",
            "conflicting_duplicates",
            "dead_lettered",
            "late",
            "unknown_exposures");

    static final ComparedTable ACCOUNTING = new ComparedTable(
            "accounting_rows",
            "from accounting",
            "from stored.accounting_rows" + OF_FEEDS,
            List.of("source"),
            with(WAYS, "newest_millis"));

    static final ComparedTable DEAD_LETTERS = new ComparedTable(
            "dead_letter_rows",
            "select source, line::varchar as position from dead",
            "select source, position from stored.dead_letter_rows" + OF_FEEDS,
            List.of("source", "position"),
            List.of());

    /** Accounting of what came from topics: the files know the same records by other names, so only totals compare. */
    static final ComparedTable ACCOUNTING_TOTALS = new ComparedTable(
            "accounting_rows",
            totals("accounting"),
            totals("stored.accounting_rows" + OF_FEEDS),
            List.of("source"),
            WAYS);

    private static String totals(String from) {
        StringBuilder sql = new StringBuilder("select 'all sources' as source");
        for (String way : WAYS) {
            sql.append(", coalesce(sum(").append(way).append("), 0) as ").append(way);
        }
        return sql.append(" from ").append(from).toString();
    }

    private static List<String> with(List<String> columns, String... more) {
        List<String> all = new java.util.ArrayList<>(columns);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }

    ComparedTable {
        keys = List.copyOf(keys);
        values = List.copyOf(values);
    }
}
