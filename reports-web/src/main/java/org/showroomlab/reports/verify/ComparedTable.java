package org.showroomlab.reports.verify;

import java.util.List;
import java.util.stream.Stream;

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
    /** Rows of what the database does not know as an experiment cannot have been counted by anybody. */
    private static final String OF_EXPERIMENTS = " where (experiment in (${experiments})"
            + " or experiment not in (select known.experiment from stored.experiment_files known))";

    private static final String OF_FEEDS = " where feed in (${feeds})";

    /** The columns of a slice, with which most keys begin. */
    private static final List<String> SLICE =
            List.of("experiment", "metric", "variant", "dimension", "dimension_value");

    private static final List<String> UNIT_SUMS = List.of(
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
            "uncapped_sum_squares");

    /** Of the same run or live job; one that the job's last submission leaves out it counts no more. */
    private static final String COUNTED_WITH_THEM = OF_FEEDS
            + " and (experiment in (${experiments}) or experiment not in (select owner.experiment from"
            + " (select experiment, feed, arg_max(job_id, since_offset) as job_id from stored.live_owners"
            + " where experiment <> '' group by experiment, feed) owner"
            + " join (select feed, arg_max(job_id, since_offset) as job_id from stored.live_owners"
            + " where experiment = '' group by feed) job using (feed) where owner.job_id <> job.job_id))";

    /** Where the file lay is not compared, and its text only by what it means: see {@link StoredDefinitions}. */
    static final ComparedTable EXPERIMENTS = new ComparedTable(
            "experiment_files",
            "select *, '" + StoredDefinitions.SAME + "' as definition from experiment_files",
            "select * replace ((select d.meaning from stored_definitions d where d.experiment = f.experiment)"
                    + " as definition), epoch_ms(start_at) as start_millis, epoch_ms(end_at) as end_millis,"
                    + " epoch_ms(observe_until) as observe_until_millis from stored.experiment_files f"
                    + COUNTED_WITH_THEM,
            List.of("experiment"),
            List.of(
                    "name",
                    "hypothesis",
                    "owner",
                    "analysis",
                    "unit",
                    "start_millis",
                    "end_millis",
                    "observe_until_millis",
                    "time_zone",
                    "currency",
                    "covariate_days",
                    "alpha",
                    "correction",
                    "monitoring",
                    "definition"));

    static final ComparedTable VARIANTS = new ComparedTable(
            "experiment_variants",
            "from experiment_variants",
            "from stored.experiment_variants" + OF_EXPERIMENTS,
            List.of("experiment", "variant"),
            List.of("position", "control", "weight", "price_minor", "ttl_seconds", "allotment"));

    static final ComparedTable METRICS = new ComparedTable(
            "experiment_metrics",
            "from experiment_metrics",
            "from stored.experiment_metrics" + OF_EXPERIMENTS,
            List.of("experiment", "metric"),
            List.of("type", "role", "goal", "value_scale", "per_scale"));

    static final ComparedTable DAYS = new ComparedTable(
            "experiment_days",
            "from experiment_days",
            "from stored.experiment_days" + OF_EXPERIMENTS,
            List.of("experiment", "day"),
            List.of("elapsed_millis", "life_bin_millis"));

    /** The last bucket has no bound above. */
    static final ComparedTable BUCKETS = new ComparedTable(
            "bucket_bounds",
            "select bucket, lower_bound as low, coalesce(lead(lower_bound) over (order by bucket),"
                    + " 9223372036854775807) as high from buckets where bucket > 0",
            "from stored.bucket_bounds",
            List.of("bucket"),
            List.of("low", "high"));

    /** Looks do not follow from the events; that they are as they were written does from their digests. */
    static final ComparedTable AS_KNOWN = new ComparedTable(
            "as_known",
            "from digests_of_looks" + OF_EXPERIMENTS,
            "select *, epoch_ms(as_of) as as_of_millis from stored.as_known" + OF_EXPERIMENTS
                    + " and (number is not null or (select min(version) from stored.store_version) >= 10)",
            List.of("experiment", "as_of_millis", "kind", "metric", "variant", "number"),
            List.of("digest"));

    /** Nothing else shows that the last of them is there. */
    static final ComparedTable LAST_LOOK = new ComparedTable(
            "last_look",
            "select 'last' as look, number, digest from stored.as_known"
                    + " where number = (select max(number) from stored.as_known)",
            "select 'last' as look, number, digest from stored.last_look",
            List.of("look"),
            List.of("number", "digest"));

    static final ComparedTable UNIT_INCREMENTS = new ComparedTable(
            "unit_increments",
            "from unit_increments",
            // What came too late is counted as it came.
            withWideSums("unit_increments", UNIT_SUMS) + OF_EXPERIMENTS + " and metric <> '*late*'",
            with(SLICE, "day"),
            Stream.concat(Stream.of("n", "events"), UNIT_SUMS.stream()).toList());

    static final ComparedTable CLUSTER_INCREMENTS = new ComparedTable(
            "cluster_increments",
            "from cluster_increments",
            withWideSums("cluster_increments", List.of("sum", "sum_squares", "den_sum")) + OF_EXPERIMENTS,
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
            "select * exclude (feed) from accounting" + OF_FEEDS,
            "from stored.accounting_rows" + OF_FEEDS,
            List.of("source"),
            with(WAYS, "newest_millis"));

    /**
     * Accounting of a run of which another run has counted an experiment again since: that experiment's definition of
     * then is gone, and with it what was counted for it. What does not depend on experiments is compared.
     */
    static final ComparedTable ACCOUNTING_OF_RECORDS = new ComparedTable(
            ACCOUNTING.name(),
            ACCOUNTING.recomputed(),
            ACCOUNTING.stored(),
            ACCOUNTING.keys(),
            List.of("received", "duplicates", "conflicting_duplicates", "dead_lettered", "late", "newest_millis"));

    /**
     * Code and field are compared where they are the only ones that the record gives reason for, its bytes always. The
     * detail is a sentence for people.
     */
    static final ComparedTable DEAD_LETTERS = new ComparedTable(
            "dead_letter_rows",
            "select source, line::varchar as position, code, field, record from dead" + OF_FEEDS,
            "select s.source, s.position, case when d.code is not null then s.code end as code,"
                    + " case when d.field is not null then coalesce(s.field, 'no field') end as field,"
                    + " told_apart(s.record) as record"
                    + " from stored.dead_letter_rows s"
                    + " left join (select * exclude (record) from dead" + OF_FEEDS + ") d"
                    + " on d.source = s.source and d.line::varchar = s.position where s.feed in (${feeds})",
            List.of("source", "position"),
            List.of("code", "field", "record"));

    /**
     * Dead letters from topics, by their bytes and code: the files know the same records by other names. One of an earlier
     * submission whose number no metric reads any more is none of this recomputation.
     */
    static final ComparedTable LETTERS_OF_TOPICS = new ComparedTable(
            DEAD_LETTERS.name(),
            "select coalesce(code, 'one of several') as code, field, record from dead" + OF_FEEDS,
            "select case when d.record is not null and d.code is null then 'one of several' else s.code end as code,"
                    + " case when d.field is not null then coalesce(s.field, 'no field') end as field, s.record"
                    + " from (select code, field, told_apart(record) as record from stored.dead_letter_rows" + OF_FEEDS
                    + ") s left join (select distinct record, code, field from dead" + OF_FEEDS + ") d using (record)"
                    + " where d.record is not null or s.code <> 'value_out_of_range'"
                    + " or s.record not in (select record from unread" + OF_FEEDS + ")",
            List.of("code", "record"),
            List.of("field"));

    /** Nothing is said of a showroom that has only events of the first instant of 1970. */
    static final ComparedTable PROGRESS = new ComparedTable(
            "showroom_progress",
            "select showroom, newest_millis from progress" + OF_FEEDS + " and newest_millis > 0",
            "from stored.showroom_progress" + OF_FEEDS,
            List.of("showroom"),
            List.of("newest_millis"));

    /** Accounting of what came from topics: the files know the same records by other names, so only totals compare. */
    static final ComparedTable ACCOUNTING_TOTALS = new ComparedTable(
            "accounting_rows",
            totals("accounting" + OF_FEEDS),
            totals("stored.accounting_rows" + OF_FEEDS),
            List.of("source"),
            WAYS);

    /** The same of a job that counts experiments of which another job's rows stand. */
    static final ComparedTable ACCOUNTING_TOTALS_OF_RECORDS = new ComparedTable(
            ACCOUNTING_TOTALS.name(),
            ACCOUNTING_TOTALS.recomputed(),
            ACCOUNTING_TOTALS.stored(),
            ACCOUNTING_TOTALS.keys(),
            List.of("received", "duplicates", "conflicting_duplicates", "dead_lettered"));

    /**
     * The stored rows with their sums as text. Where some have more than 128 bits all stand in {@code wide_sums}, in the
     * order of the columns, and a column that holds one as well must agree.
     */
    private static String withWideSums(String table, List<String> sums) {
        StringBuilder sql = new StringBuilder("select * replace (");
        for (int i = 0; i < sums.size(); i++) {
            String wide = "string_split(wide_sums, ',')[" + (i + 1) + "]";
            sql.append(i == 0 ? "" : ", ")
                    .append("case when wide_sums is null then ")
                    .append(sums.get(i))
                    .append("::varchar when coalesce(")
                    .append(sums.get(i))
                    .append("::varchar, ")
                    .append(wide)
                    .append(") = ")
                    .append(wide)
                    .append(" then ")
                    .append(wide)
                    .append(" else 'two different numbers' end as ")
                    .append(sums.get(i));
        }
        return sql.append(") from stored.").append(table).toString();
    }

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
