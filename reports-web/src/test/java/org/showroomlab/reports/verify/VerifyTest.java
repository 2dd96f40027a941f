package org.showroomlab.reports.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.ExperimentFiles;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.reports.store.Look;
import org.showroomlab.reports.store.Store;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Interval;

/** A database whose rows were worked out by hand from docs/TABLES.md. */
class VerifyTest {
    private static final String EDGE = """
            id: edge
            unit: cache
            period_minutes: 2880
            washout_minutes: 10
            start: 2026-01-05T00:00:00Z
            end: 2026-01-07T00:00:00Z
            variants: [{id: a, control: true}, {id: b}]
            metrics:
              - {id: good, type: share, event: cache_timing, value: lcp_ms, at_most: 2500}
              - {id: p75, type: quantile, event: cache_timing, value: lcp_ms, quantile: 0.75}
            dimensions: [region]
            """;

    private static final String DROP = """
            id: drop
            analysis: preorder_walk_in
            start: 2026-01-05T00:00:00Z
            end: 2026-01-07T00:00:00Z
            observe_until: 2026-01-09T00:00:00Z
            variants: [{id: a, control: true}, {id: b}]
            metrics:
              - {id: fast, type: quantile, event: cache_timing, value: lcp_ms, quantile: 0.5}
            """;

    private static final String EVENTS = """
            {"type":"cache_timing","id":"t1","ts":"2026-01-05T00:05:00Z","showroom":"s","cache":"c1","lcp_ms":9,"exposures":{"edge":"b"}}
            {"type":"cache_timing","id":"t2","ts":"2026-01-05T00:10:00Z","showroom":"s","cache":"c1","lcp_ms":2,"region":"north"}
            {"type":"cache_timing","id":"t3","ts":"2026-01-06T10:00:00Z","showroom":"s","cache":"c1","lcp_ms":3000,"exposures":{"edge":"a"}}
            {"type":"cache_timing","id":"t4","ts":"2026-01-05T01:00:00Z","showroom":"s","cache":"c2","lcp_ms":2,"region":"north","exposures":{"edge":"b"}}
            {"type":"cache_timing","id":"t5","ts":"2026-01-06T01:00:00Z","showroom":"s","cache":"c2","lcp_ms":2,"exposures":{"edge":"a"}}
            {"type":"visit","id":"v1","ts":"2026-01-05T01:00:00Z","showroom":"s","visitor":"ana","exposures":{"drop":"a"}}
            {"type":"cache_timing","id":"t6","ts":"2026-01-05T01:30:00Z","showroom":"s","visitor":"ana","cache":"c1","status":"hit","lcp_ms":3000}
            {"type":"purchase","id":"p1","ts":"2026-01-05T01:40:00Z","showroom":"s","visitor":"ana","order":"o1","kind":"preorder"}
            {"type":"purchase","id":"p2","ts":"2026-01-06T02:00:00Z","showroom":"s","visitor":"ana","order":"o1","kind":"pickup"}
            {"type":"purchase","id":"p3","ts":"2026-01-06T02:00:00Z","showroom":"s","visitor":"ana","order":"o1","kind":"no_show"}
            {"type":"visit","id":"v2","ts":"2026-01-05T00:00:00Z","showroom":"s","visitor":"rui","exposures":{"drop":"b"}}
            {"type":"purchase","id":"p4","ts":"2026-01-05T10:00:00Z","showroom":"s","visitor":"rui","order":"o2","kind":"cancellation"}
            {"type":"visit","id":"v3","ts":"2026-01-06T00:00:00Z","showroom":"s","visitor":"rui","exposures":{"drop":"a"}}
            {"type":"purchase","id":"p4","ts":"2026-01-05T11:00:00Z","showroom":"s","visitor":"rui","order":"o2","kind":"refund"}
            {"type":"purchase","id":"p5","ts":"2026-01-05T10:00:30.5Z","showroom":"s","visitor":"rui","order":"o3","kind":"preorder","sku":"lamp","quantity":2}
            {"type":"visit","id":"v5","ts":"2026-01-06T00:01:59Z","showroom":"s","visitor":"rui","page":"sold-out"}
            {"type":"stock","id":"s1","ts":"2026-01-05T10:00:30.5Z","showroom":"s","sku":"lamp","on_hand":0,"exposures":{"drop":"b"}}
            {"type":"stock","id":"s2","ts":"2026-01-08T23:59:59.999Z","showroom":"s","sku":"lamp","on_hand":1,"exposures":{"drop":"b"}}
            {"type":"stock","id":"s3","ts":"2026-01-09T00:00:00Z","showroom":"s","sku":"lamp","on_hand":1}
            {"type":"visit","id":"v4","ts":"2026-01-05T00:00:00Z","showroom":"s","visitor":"eva","exposures":{"unknown":"a"}}
            {"type":"visit"}
            """;

    private static final String TABLES = """
            create table if not exists cluster_increments (
              experiment varchar, metric varchar, variant varchar, dimension varchar, dimension_value varchar,
              cluster varchar, period bigint, day date, events bigint, sum hugeint, sum_squares hugeint,
              den_events bigint, den_sum hugeint, wide_sums varchar);
            create table if not exists histogram_increments (
              experiment varchar, metric varchar, variant varchar, dimension varchar, dimension_value varchar,
              cluster varchar, period bigint, day date, buckets integer[], counts bigint[]);
            create table if not exists life_increments (
              experiment varchar, variant varchar, origin varchar, entry_bin bigint, kind varchar, bin bigint,
              day date, n bigint);
            create table if not exists stock_increments (
              experiment varchar, kind varchar, showroom varchar, sku varchar, variant varchar, at_millis bigint,
              on_hand bigint, day date, n bigint, pieces hugeint);
            """;

    // t1 is in the washout. c1 is unknown until the 6th, when t2 and t6 of the 5th are added; c2 is b on the 5th and
    // mixed on the 6th. Values are in millionths: lcp 2 is 2000000, 3000 is 3000000000.
    private static final String EDGE_ROWS = """
            insert into cluster_increments values
              ('edge', '', 'a', '', '', 'c1', 0, '2026-01-06', 3, 0, 0, 0, 0, null),
              ('edge', '', 'b', '', '', 'c2', 0, '2026-01-05', 1, 0, 0, 0, 0, null),
              ('edge', '', 'b', '', '', 'c2', 0, '2026-01-06', -1, 0, 0, 0, 0, null),
              ('edge', '', 'a', 'region', 'north', 'c1', 0, '2026-01-06', 1, 0, 0, 0, 0, null),
              ('edge', '', 'a', 'region', '', 'c1', 0, '2026-01-06', 2, 0, 0, 0, 0, null),
              ('edge', '', 'b', 'region', 'north', 'c2', 0, '2026-01-05', 1, 0, 0, 0, 0, null),
              ('edge', '', 'b', 'region', 'north', 'c2', 0, '2026-01-06', -1, 0, 0, 0, 0, null),
              ('edge', 'good', 'a', '', '', 'c1', 0, '2026-01-06', 3, 1, 1, 0, 0, null),
              ('edge', 'good', 'b', '', '', 'c2', 0, '2026-01-05', 1, 1, 1, 0, 0, null),
              ('edge', 'good', 'b', '', '', 'c2', 0, '2026-01-06', -1, -1, -1, 0, 0, null),
              ('edge', 'good', 'a', 'region', 'north', 'c1', 0, '2026-01-06', 1, 1, 1, 0, 0, null),
              ('edge', 'good', 'a', 'region', '', 'c1', 0, '2026-01-06', 2, 0, 0, 0, 0, null),
              ('edge', 'good', 'b', 'region', 'north', 'c2', 0, '2026-01-05', 1, 1, 1, 0, 0, null),
              ('edge', 'good', 'b', 'region', 'north', 'c2', 0, '2026-01-06', -1, -1, -1, 0, 0, null),
              ('edge', 'p75', 'a', '', '', 'c1', 0, '2026-01-06', 3, 6002000000, 18000004000000000000, 0, 0, null),
              ('edge', 'p75', 'b', '', '', 'c2', 0, '2026-01-05', 1, 2000000, 4000000000000, 0, 0, null),
              ('edge', 'p75', 'b', '', '', 'c2', 0, '2026-01-06', -1, -2000000, -4000000000000, 0, 0, null),
              ('edge', 'p75', 'a', 'region', 'north', 'c1', 0, '2026-01-06', 1, 2000000, 4000000000000, 0, 0, null),
              ('edge', 'p75', 'a', 'region', '', 'c1', 0, '2026-01-06', 2, 6000000000, 18000000000000000000, 0, 0, null),
              ('edge', 'p75', 'b', 'region', 'north', 'c2', 0, '2026-01-05', 1, 2000000, 4000000000000, 0, 0, null),
              ('edge', 'p75', 'b', 'region', 'north', 'c2', 0, '2026-01-06', -1, -2000000, -4000000000000, 0, 0, null);
            insert into histogram_increments values
              ('edge', 'p75', 'a', '', '', 'c1', 0, '2026-01-06', [563, 932], [1, 2]),
              ('edge', 'p75', 'b', '', '', 'c2', 0, '2026-01-05', [563], [1]),
              ('edge', 'p75', 'b', '', '', 'c2', 0, '2026-01-06', [563], [-1]),
              ('edge', 'p75', 'a', 'region', 'north', 'c1', 0, '2026-01-06', [563], [1]),
              ('edge', 'p75', 'a', 'region', '', 'c1', 0, '2026-01-06', [932], [2]),
              ('edge', 'p75', 'b', 'region', 'north', 'c2', 0, '2026-01-05', [563], [1]),
              ('edge', 'p75', 'b', 'region', 'north', 'c2', 0, '2026-01-06', [563], [-1]);
            """;

    // rui is mixed on the 6th. The group of ana is 58 by XXH3-128. Bins are 15 minutes long: 4 days at most.
    private static final String DROP_ROWS = """
            insert into histogram_increments values
              ('drop', 'fast', 'a', '', '', '58', 0, '2026-01-05', [932], [1]);
            insert into life_increments values
              ('drop', 'a', 'exposure', 4, 'entered', 0, '2026-01-05', 1),
              ('drop', 'a', 'exposure', 4, 'picked_up', 100, '2026-01-06', 1),
              ('drop', 'a', 'preorder', 6, 'entered', 0, '2026-01-05', 1),
              ('drop', 'a', 'preorder', 6, 'picked_up', 97, '2026-01-06', 1),
              ('drop', 'b', 'exposure', 0, 'entered', 0, '2026-01-05', 1),
              ('drop', 'b', 'exposure', 0, 'entered', 0, '2026-01-06', -1),
              ('drop', 'b', 'exposure', 0, 'cancelled', 40, '2026-01-05', 1),
              ('drop', 'b', 'exposure', 0, 'cancelled', 40, '2026-01-06', -1),
              ('drop', 'b', 'preorder', 40, 'entered', 0, '2026-01-05', 1),
              ('drop', 'b', 'preorder', 40, 'entered', 0, '2026-01-06', -1);
            insert into stock_increments values
              ('drop', 'visit', 's', '', 'a', 1767574800000, 0, '2026-01-05', 1, 0),
              ('drop', 'preorder', 's', '', 'a', 1767577200000, 0, '2026-01-05', 1, 1000000),
              ('drop', 'visit', 's', '', 'b', 1767571200000, 0, '2026-01-05', 1, 0),
              ('drop', 'visit', 's', '', 'b', 1767571200000, 0, '2026-01-06', -1, 0),
              ('drop', 'visit', 's', '', '', 1767571200000, 0, '2026-01-06', 1, 0),
              ('drop', 'visit', 's', '', '', 1767657600000, 0, '2026-01-06', 1, 0),
              ('drop', 'preorder', 's', 'lamp', 'b', 1767607200000, 0, '2026-01-05', 1, 2000000),
              ('drop', 'preorder', 's', 'lamp', 'b', 1767607200000, 0, '2026-01-06', -1, -2000000),
              ('drop', 'preorder', 's', 'lamp', '', 1767607200000, 0, '2026-01-06', 1, 2000000),
              ('drop', 'visit', 's', '', '', 1767657660000, 0, '2026-01-06', 1, 0),
              ('drop', 'turned_away', 's', '', '', 1767657660000, 0, '2026-01-06', 1, 0),
              ('drop', 'report', 's', 'lamp', 'b', 1767607230500, 0, '2026-01-05', 1, 0),
              ('drop', 'report', 's', 'lamp', '', 1767916799999, 1, '2026-01-08', 1, 0);
            """;

    @TempDir
    Path folder;

    private final List<Difference> differences = new ArrayList<>();
    private List<LoadedExperiment> experiments = List.of();
    private Path database = Path.of("");
    private Path events = Path.of("");

    @BeforeEach
    void makeTheDatabase() throws Exception {
        database = folder.resolve("hand.duckdb");
        events = folder.resolve("events.ndjson");
        Files.writeString(events, EVENTS);
        experiments = List.of(ExperimentFiles.parse("edge.yaml", EDGE), ExperimentFiles.parse("drop.yaml", DROP));
        try (Store store = Store.open(database)) {
            store.replace(experiments, List.of());
        }
        change(TABLES + EDGE_ROWS + DROP_ROWS);
        // n, events, sum, sum_squares, den_sum, den_sum_squares, cross_sum, uncapped_sum, uncapped_sum_squares
        unit("edge", "*mixed*", "", "", "", "06", 1, 0, 0, 0, 0, 0, 0);
        unitInSlices("", 0, 0, 0, 0, 0, 0);
        unitInSlices("p75", 3, 2, 0, 0, 0, 0);
        unit("edge", "good", "a", "", "", "06", 1, 3, 1, 1, 3, 9, 3);
        unit("edge", "good", "a", "region", "north", "06", 1, 1, 1, 1, 1, 1, 1);
        unit("edge", "good", "a", "region", "", "06", 1, 2, 0, 0, 2, 4, 0);
        for (String dimension : List.of("", "region")) {
            String value = dimension.isEmpty() ? "" : "north";
            unit("edge", "good", "b", dimension, value, "05", 1, 1, 1, 1, 1, 1, 1);
            unit("edge", "good", "b", dimension, value, "06", -1, -1, -1, -1, -1, -1, -1);
        }
        unit("drop", "*mixed*", "", "", "", "06", 1, 0, 0, 0, 0, 0, 0);
        unit("drop", "", "a", "", "", "05", 1, 0, 0, 0, 0, 0, 0);
        unit("drop", "", "b", "", "", "05", 1, 0, 0, 0, 0, 0, 0);
        unit("drop", "", "b", "", "", "06", -1, 0, 0, 0, 0, 0, 0);
        unit("drop", "fast", "a", "", "", "05", 1, 1, 0, 0, 0, 0, 0);
        unit("drop", "fast", "b", "", "", "05", 1, 0, 0, 0, 0, 0, 0);
        unit("drop", "fast", "b", "", "", "06", -1, 0, 0, 0, 0, 0, 0);
        // One piece of ana, two of rui while they were of one arm; nobody names a channel or gets money back.
        unit("drop", "*drop.all_channels", "a", "", "", "05", 1, 1, 1_000_000, 1_000_000_000_000L, 0, 0, 0);
        unit("drop", "*drop.all_channels", "b", "", "", "05", 1, 1, 2_000_000, 4_000_000_000_000L, 0, 0, 0);
        unit("drop", "*drop.all_channels", "b", "", "", "06", -1, -1, -2_000_000, -4_000_000_000_000L, 0, 0, 0);
        for (String metric : List.of("*drop.online", "*drop.walk_in", "*drop.returned")) {
            unit("drop", metric, "a", "", "", "05", 1, 0, 0, 0, 0, 0, 0);
            unit("drop", metric, "b", "", "", "05", 1, 0, 0, 0, 0, 0, 0);
            unit("drop", metric, "b", "", "", "06", -1, 0, 0, 0, 0, 0, 0);
        }
        // Counted: t2 to t6; v1, v2, v3; ana's p1, p2, p3; s1, s2. Not: t1 in the washout, p4, p5 and v5 of a mixed
        // visitor, s3 at the end, v4.
        change("""
                insert into accounting_rows select 'run:drop,edge', '%s', 21, 13, 6, 1, 1, 1, 0, 1,
                  epoch_ms(timestamp '2026-01-09 00:00:00');
                insert into showroom_progress values ('run:drop,edge', 's', epoch_ms(timestamp '2026-01-09 00:00:00'));
                insert into dead_letter_rows values
                  ('run:drop,edge', '%s', '21', 'missing_field', 'id', '', '{"type":"visit"}'::blob);
                """.formatted(events, events));
        try (Store store = Store.open(database)) {
            store.recordLook(List.of(look("p75"), look("good"), look("slow")), Duration.ofHours(1));
        }
    }

    private static Look look(String metric) {
        Effect effect = new Effect(0.25, 0.125, OptionalDouble.of(7), new Interval(-0.1, 0.6), 0.0625);
        Instant asOf = Instant.parse("2026-01-06T00:00:00Z");
        return new Look(
                "edge",
                asOf,
                asOf.plusSeconds(1),
                "keep_running",
                "too_early",
                "",
                "running",
                metric,
                "b",
                "a",
                "welch",
                3,
                2,
                5,
                10,
                effect,
                "1");
    }

    private void unitInSlices(String metric, int ofC1, int withoutRegion, int sum, int squares, int den, int denSquares)
            throws SQLException {
        int one = Math.min(ofC1, 1);
        unit("edge", metric, "a", "", "", "06", 1, ofC1, sum, squares, den, denSquares, 0);
        unit("edge", metric, "a", "region", "north", "06", 1, one, sum, squares, den, denSquares, 0);
        unit("edge", metric, "a", "region", "", "06", 1, withoutRegion, sum, squares, den, denSquares, 0);
        for (String dimension : List.of("", "region")) {
            String value = dimension.isEmpty() ? "" : "north";
            unit("edge", metric, "b", dimension, value, "05", 1, one, 0, 0, 0, 0, 0);
            unit("edge", metric, "b", dimension, value, "06", -1, -one, 0, 0, 0, 0, 0);
        }
    }

    private void unit(
            String experiment,
            String metric,
            String variant,
            String dimension,
            String value,
            String day,
            int n,
            int count,
            long sum,
            long sumSquares,
            int den,
            int denSquares,
            int cross)
            throws SQLException {
        // Shares and quantiles have no cap, so u is y; without covariate days x and z are 0.
        change("insert into unit_increments values ('%s', '%s', '%s', '%s', '%s', date '2026-01-%s',"
                        .formatted(experiment, metric, variant, dimension, value, day)
                + " %d, %d, %d, %d, %d, %d, %d, 0, 0, 0, 0, 0, 0, 0, 0, 0, %d, %d, null)"
                        .formatted(n, count, sum, sumSquares, den, denSquares, cross, sum, sumSquares));
    }

    @Test
    void agreesWithRowsWorkedOutByHand() {
        Verification found = verify();
        assertThat(differences).isEmpty();
        assertThat(found.tables()).hasSize(15).allMatch(table -> table.agreeing() > 0);
    }

    @Test
    void namesOneWrongNumberInEachTable() throws SQLException {
        change("update unit_increments set cross_sum = cross_sum + 1 where metric = 'good' and variant = 'a'"
                + " and dimension = ''");
        change(
                "update cluster_increments set sum = sum + 1 where metric = 'good' and variant = 'a' and dimension = ''");
        change("update histogram_increments set counts = [2] where experiment = 'drop'");
        change("update life_increments set bin = 41 where kind = 'cancelled' and n = 1");
        change("update stock_increments set pieces = 1 where kind = 'preorder' and n = -1");
        change("update accounting_rows set duplicates = 2");
        change("delete from dead_letter_rows");
        Verification found = verify();
        assertThat(differences)
                .extracting(Difference::toString)
                .containsExactly(
                        "unit_increments [experiment=edge, metric=good, variant=a, dimension=, dimension_value=,"
                                + " day=2026-01-06] cross_sum: stored 4, recomputed 3",
                        "cluster_increments [experiment=edge, metric=good, variant=a, dimension=, dimension_value=,"
                                + " cluster=c1, period=0, day=2026-01-06] sum: stored 2, recomputed 1",
                        "histogram_increments [experiment=drop, metric=fast, variant=a, dimension=, dimension_value=,"
                                + " cluster=58, period=0, day=2026-01-05, bucket=932] count: stored 2, recomputed 1",
                        "life_increments [experiment=drop, variant=b, origin=exposure, entry_bin=0, kind=cancelled,"
                                + " bin=40, day=2026-01-05] row: stored no row, recomputed a row",
                        "life_increments [experiment=drop, variant=b, origin=exposure, entry_bin=0, kind=cancelled,"
                                + " bin=41, day=2026-01-05] row: stored a row, recomputed no row",
                        "stock_increments [experiment=drop, kind=preorder, showroom=s, sku=lamp, variant=b,"
                                + " at_millis=1767607200000, on_hand=0, day=2026-01-06] pieces: stored 1,"
                                + " recomputed -2000000",
                        "accounting_rows [source=" + events + "] duplicates: stored 2, recomputed 1",
                        "dead_letter_rows [source=" + events + ", position=21] row: stored no row, recomputed a row");
        assertThat(found.differenceCount()).isEqualTo(8);
    }

    /** What was known then does not follow from the events, but that nobody has changed it since does from the digests. */
    @Test
    void namesALookThatIsNotAsItWasWritten() throws SQLException {
        change("update as_known set estimate = 0.26 where metric = 'good'");
        verify();
        assertThat(differences).singleElement().satisfies(d -> {
            assertThat(d.table()).isEqualTo("as_known");
            assertThat(d.key()).contains("experiment=edge", "metric=good", "number=2");
            assertThat(d.column()).isEqualTo("digest");
        });
        differences.clear();
        change("delete from as_known where metric = 'good'");
        verify();
        assertThat(differences)
                .singleElement()
                .satisfies(d -> assertThat(d.key()).contains("metric=slow"));
        differences.clear();
        change("insert into as_known by name select * exclude (number, digest) from as_known where metric = 'p75'");
        verify();
        assertThat(differences)
                .anySatisfy(d -> assertThat(d.key()).contains("metric=p75", "number=null"))
                .hasSize(2);
    }

    /** Nothing comes after it that would miss it; it is that of the decision, mostly. */
    @Test
    void namesALookThatIsMissingAtTheEnd() throws SQLException {
        change("delete from as_known where number = (select max(number) from as_known)");
        verify();
        assertThat(differences).isNotEmpty().allMatch(d -> d.table().equals("last_look"));
    }

    /** What is of another plan stands in no report. */
    @Test
    void namesALookThatIsSaidToBeOfAnotherPlan() throws SQLException {
        change("update as_known set plan = 'x' where metric = 'good'");
        verify();
        assertThat(differences)
                .singleElement()
                .satisfies(d -> assertThat(d.key()).contains("metric=good"));
    }

    /** The job's next submission left it out: that its file is gone is no difference, as it is of one that a run counted. */
    @Test
    void whatALiveJobCountsNoMoreIsLeftOut() throws SQLException {
        List<Experiment> edge = experiments.stream()
                .map(LoadedExperiment::experiment)
                .filter(experiment -> experiment.id().equals("edge"))
                .toList();
        Verify verify = new Verify(edge, Long.MAX_VALUE, step -> {});
        verify.compare(database, List.of(events), differences::add);
        assertThat(differences).anyMatch(VerifyTest::isOfDrop);
        differences.clear();
        change("update experiment_files set feed = 'live'");
        change("insert into live_owners values ('drop', 'live', 'j1', 1), ('', 'live', 'j1', 1),"
                + " ('edge', 'live', 'j2', 2), ('', 'live', 'j2', 2)");
        Verification found = verify.compare(database, List.of(events), differences::add);
        assertThat(differences).noneMatch(VerifyTest::isOfDrop);
        assertThat(found.leftOut()).containsExactly("drop");
    }

    private static boolean isOfDrop(Difference difference) {
        return difference.table().equals("experiment_files") && difference.key().contains("experiment=drop");
    }

    @Test
    void namesWhatFollowsFromTheExperimentFiles() throws SQLException {
        change("update experiment_files set alpha = 0.1, time_zone = 'Europe/Lisbon' where experiment = 'edge'");
        change(
                "update experiment_files set definition = replace(definition, 'observe_until: 2026-01-09', 'observe_until: 2026-01-10') where experiment = 'drop'");
        change("update experiment_variants set weight = 2 where experiment = 'edge' and variant = 'b'");
        change("update experiment_metrics set value_scale = 0 where metric = 'p75'");
        change("update experiment_days set elapsed_millis = elapsed_millis + 1"
                + " where experiment = 'drop' and day = '2026-01-08'");
        change("update bucket_bounds set low = low + 1 where bucket = 50");
        change("update showroom_progress set newest_millis = newest_millis - 1");
        change("update dead_letter_rows set code = 'wrong_type'");
        verify();
        assertThat(differences)
                .extracting(Difference::toString)
                .containsExactly(
                        "experiment_files [experiment=drop] definition: stored something else, recomputed what the file"
                                + " says",
                        "experiment_files [experiment=edge] time_zone: stored Europe/Lisbon, recomputed UTC",
                        "experiment_files [experiment=edge] alpha: stored 0.1, recomputed 0.05",
                        "experiment_variants [experiment=edge, variant=b] weight: stored 2.0, recomputed 1.0",
                        "experiment_metrics [experiment=edge, metric=p75] value_scale: stored 0, recomputed 6",
                        "experiment_days [experiment=drop, day=2026-01-08] elapsed_millis: stored 345600001,"
                                + " recomputed 345600000",
                        "bucket_bounds [bucket=50] low: stored 51, recomputed 50",
                        "dead_letter_rows [source=" + events + ", position=21] code: stored wrong_type,"
                                + " recomputed missing_field",
                        "showroom_progress [showroom=s] newest_millis: stored 1767916799999,"
                                + " recomputed 1767916800000");
    }

    /** The 21st misses more than one field, and the 23rd is no text: neither has a field that it must be. */
    @Test
    void whatWasSetAsideIsComparedToItsLastByte() throws Exception {
        Files.writeString(
                events,
                "{\"type\":\"visit\",\"id\":\"v6\",\"ts\":0,\"showroom\":\"s\"}\r\n",
                StandardOpenOption.APPEND);
        Files.write(events, new byte[] {'{', (byte) 0xe9, '\r', '\n'}, StandardOpenOption.APPEND);
        change("insert into dead_letter_rows select feed, source, unnest(['22', '23']),"
                + " unnest(['missing_field', 'malformed_json']), unnest(['visitor', null]), '',"
                + " unnest(['{\"type\":\"visit\",\"id\":\"v6\",\"ts\":0,\"showroom\":\"s\"}'::blob, '{\\xE9'::blob])"
                + " from dead_letter_rows");
        change("update accounting_rows set received = 23, dead_lettered = 3");
        verify();
        assertThat(differences).isEmpty();
        change("update dead_letter_rows set record = 'zz'::blob, field = 'kind'");
        verify();
        assertThat(differences)
                .extracting(Difference::key, Difference::column)
                .containsExactly(
                        tuple("source=" + events + ", position=21", "record"),
                        tuple("source=" + events + ", position=22", "field"),
                        tuple("source=" + events + ", position=22", "record"),
                        tuple("source=" + events + ", position=23", "field"),
                        tuple("source=" + events + ", position=23", "record"));
        assertThat(differences.get(2).recomputed()).startsWith("48 bytes");
        assertThat(differences.get(3).recomputed()).isEqualTo("no field");
    }

    /** What the first run counted for it went by a file that may have changed since. */
    @Test
    void ofARunWhoseExperimentWasCountedAgainOnlyTheRecordsAreCompared() throws SQLException {
        change("update experiment_files set feed = 'run:drop' where experiment = 'drop'");
        change("insert into accounting_rows select 'run:drop', source, received, 9, 10, duplicates,"
                + " conflicting_duplicates, dead_lettered, late, 5, newest_millis from accounting_rows");
        change("insert into showroom_progress select 'run:drop', showroom, newest_millis from showroom_progress");
        change("insert into dead_letter_rows select 'run:drop', * exclude (feed) from dead_letter_rows");
        verify();
        assertThat(differences).isEmpty();
        change("update accounting_rows set counted = 8, received = 22");
        verify();
        assertThat(differences)
                .extracting(Difference::column, Difference::stored, Difference::recomputed)
                .containsExactly(
                        tuple("received", "22", "21"), tuple("counted", "8", "9"), tuple("received", "22", "21"));
    }

    /** Of the drop's 13 records of before the 6th count v1, v2, p1, t6, p4, p5 and s1; p4 comes twice. */
    @Test
    void eachRunIsRecomputedAsOfItsOwnTime() throws SQLException {
        change("update experiment_files set feed = 'run:drop', run_as_of = timestamptz '2026-01-06 00:00:00+00'"
                + " where experiment = 'drop'");
        for (String table : List.of("unit", "histogram", "life", "stock")) {
            change("delete from " + table + "_increments where experiment = 'drop' and day >= '2026-01-06'");
        }
        change("insert into accounting_rows select 'run:drop', source, 13, 7, 4, 1, 1, 1, 0, 3,"
                + " epoch_ms(timestamp '2026-01-05 11:00:00') from accounting_rows");
        change("insert into showroom_progress values ('run:drop', 's', epoch_ms(timestamp '2026-01-05 11:00:00'))");
        change("insert into dead_letter_rows select 'run:drop', * exclude (feed) from dead_letter_rows");
        Verification found = verify();
        assertThat(differences).isEmpty();
        assertThat(found.tables()).contains(new Verification.TableAgreement("life_increments", 5, 0));
        change("update accounting_rows set conflicting_duplicates = 0, dead_lettered = 2 where feed = 'run:drop'");
        change("update showroom_progress set newest_millis = newest_millis + 1 where feed = 'run:drop'");
        change("delete from dead_letter_rows where feed = 'run:drop'");
        change("update life_increments set n = 2 where kind = 'cancelled'");
        verify();
        assertThat(differences)
                .extracting(Difference::table, Difference::column, Difference::stored, Difference::recomputed)
                .containsExactly(
                        tuple("life_increments", "n", "2", "1"),
                        tuple("accounting_rows", "conflicting_duplicates", "0", "1"),
                        tuple("accounting_rows", "dead_lettered", "2", "1"),
                        tuple("dead_letter_rows", "row", "no row", "a row"),
                        tuple("showroom_progress", "newest_millis", "1767610800001", "1767610800000"));
    }

    /** A time that is asked for is that of every run. */
    @Test
    void aTimeThatIsAskedForIsEachRuns() throws SQLException {
        change("update experiment_files set feed = 'run:' || experiment, run_as_of = case experiment"
                + " when 'drop' then timestamptz '2026-01-06 00:00:00+00' end");
        new Verify(experiments.stream().map(LoadedExperiment::experiment).toList(), 1, step -> {})
                .compare(database, List.of(events), differences::add);
        assertThat(differences)
                .filteredOn(d -> d.table().endsWith("_increments"))
                .isNotEmpty()
                .allMatch(d -> d.recomputed().equals("no row"));
    }

    @Test
    void aTableThatIsNotThereHasNoRows() throws SQLException {
        change("drop view if exists life_tables");
        change("drop table life_increments");
        Verification found = verify();
        assertThat(found.differenceCount()).isEqualTo(10);
        assertThat(differences).allMatch(d -> d.table().equals("life_increments"));
    }

    @Test
    void aRowThatStandsTwiceIsADifference() throws SQLException {
        change("insert into life_increments from life_increments where kind = 'picked_up' and origin = 'preorder'");
        verify();
        assertThat(differences)
                .singleElement()
                .satisfies(d -> assertThat(d.stored()).isEqualTo("a row"));
    }

    @Test
    void everyDifferenceIsNamedHoweverManyThereAre() throws SQLException {
        change("insert into life_increments select 'drop', 'a', 'exposure', range, 'entered', 0, date '2026-01-05', 1"
                + " from range(1000, 4000)");
        assertThat(verify().differenceCount()).isEqualTo(3000);
        assertThat(differences)
                .hasSize(3000)
                .doesNotHaveDuplicates()
                .allMatch(d ->
                        d.table().equals("life_increments") && d.recomputed().equals("no row"));
    }

    private Verification verify() {
        return new Verify(experiments.stream().map(LoadedExperiment::experiment).toList(), Long.MAX_VALUE, step -> {})
                .compare(database, List.of(events), differences::add);
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
