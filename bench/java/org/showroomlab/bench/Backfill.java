package org.showroomlab.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/** {@code DATA EVENTS RUNS}: files into tables, by the product and by SQL in DuckDB, in turns. */
final class Backfill {
    private static final String WHOLE = "ours: ./showroom run, the whole process";
    private static final String JOB = "ours: the job alone, its embedded cluster included";
    private static final String READING = "ours: the job from its first record on";
    private static final String WARM = "ours: the job again in the same process";
    private static final String PEER_WHOLE = "DuckDB SQL, same answer, the whole process";
    private static final String PEER = "DuckDB SQL, same answer, the query alone";
    private static final String NAIVE = "DuckDB naive GROUP BY, another answer";

    /** Of each side, however many processors the machine has. */
    static final int THREADS = 2;

    /** {@code run} and its JVM take as many threads as they see processors. */
    private static final String PROCESSORS = "-XX:ActiveProcessorCount=" + THREADS;

    private static final String JAVA_OPTIONS = "SHOWROOM_JAVA_OPTIONS";

    private Backfill() {}

    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[0]);
        long events = Long.parseLong(arguments[1]);
        int runs = Integer.parseInt(arguments[2]);
        Path home = Path.of(System.getProperty("showroom.home"));
        Path folder = Files.createTempDirectory("showroom-bench-");
        Path ours = folder.resolve("ours.duckdb");
        Path peers = folder.resolve("peers.duckdb");
        String files = data.resolve("events").toString();
        String experiments = data.resolve("experiments").toString();
        Figures figures = new Figures();
        try {
            for (int i = 0; i < runs; i++) {
                Files.deleteIfExists(ours);
                Files.deleteIfExists(peers);
                figures.add(
                        WHOLE,
                        events,
                        Child.run(List.of(
                                        "env",
                                        JAVA_OPTIONS + "=" + PROCESSORS + " "
                                                + Objects.requireNonNullElse(System.getenv(JAVA_OPTIONS), ""),
                                        home.resolve("showroom").toString(),
                                        "run",
                                        "--events",
                                        files,
                                        "--experiments",
                                        experiments,
                                        "--db",
                                        ours.toString()))
                                .process());
                Child.Result peer = query(home, "recompute.sql", files, peers);
                figures.add(PEER_WHOLE, events, peer.process());
                figures.add(PEER, events, peer.part("query"));
                compare(ours, peers);
                Child.Result job = Child.run(Child.java(
                        List.of("-XX:MaxRAMPercentage=60", PROCESSORS), BackfillJob.class, files, experiments, "2"));
                figures.add(JOB, events, job.part("job"));
                figures.add(READING, events, job.part("reading"));
                figures.add(WARM, events, job.part("job-again"));
                figures.add(
                        NAIVE, events, query(home, "naive.sql", files, peers).part("query"));
            }
        } finally {
            Files.deleteIfExists(ours);
            Files.deleteIfExists(peers);
            Files.deleteIfExists(folder.resolve("dead-letters.ndjson"));
            Files.delete(folder);
        }
        figures.print();
        figures.printRatio(WHOLE, PEER_WHOLE, ">= 2, aim 3");
        figures.printRatio(JOB, PEER, ">= 2, aim 3");
        figures.printRatio(READING, PEER, ">= 2, aim 3");
        figures.printRatio(WARM, PEER, "none, for orientation");
    }

    static Child.Result query(Path home, String script, String events, Path database) throws Exception {
        return Child.run(Child.java(
                List.of(),
                DuckQuery.class,
                home.resolve("bench/sql").resolve(script).toString(),
                events + "/*.ndjson",
                database.toString()));
    }

    /**
     * All increments of every day of the experiment that the SQL is about (quantities are in millionths on our side) must be
     * the same, or the two did not do the same work. Other experiments are ours alone.
     */
    private static void compare(Path ours, Path peers) throws SQLException {
        String same = """
                with ours as (
                  select variant, dimension_value as region, date_diff('day', date '2026-01-05', day) as day,
                         sum(n) filter (metric = 'conversion') as n,
                         sum(sum) filter (metric = 'conversion') as y1,
                         sum(sum) filter (metric = 'revenue') as y2,
                         sum(sum_squares) filter (metric = 'revenue') as yy2,
                         sum(sum) filter (metric = 'basket') as y3,
                         sum(sum_squares) filter (metric = 'basket') as yy3,
                         sum(den_sum) filter (metric = 'basket') / 1000000 as d3,
                         sum(den_sum_squares) filter (metric = 'basket') / 1000000000000 as dd3,
                         sum(cross_sum) filter (metric = 'basket') / 1000000 as yd3
                  from ours.unit_increments
                  where experiment = '@EXPERIMENT@' and metric in ('conversion', 'revenue', 'basket')
                  group by all
                ),
                both_sides as (
                  select variant, region, day::bigint as day,
                         columns(* exclude (variant, region, day))::hugeint from ours
                  union all
                  select variant, region, day, columns(* exclude (variant, region, day))::hugeint * -1
                  from peers.answer
                ),
                differences as (
                  select variant, region, day, coalesce(sum(n), 0) as n, coalesce(sum(y1), 0) as y1,
                         coalesce(sum(y2), 0) as y2, coalesce(sum(yy2), 0) as yy2, coalesce(sum(y3), 0) as y3,
                         coalesce(sum(yy3), 0) as yy3, coalesce(sum(d3), 0) as d3, coalesce(sum(dd3), 0) as dd3,
                         coalesce(sum(yd3), 0) as yd3
                  from both_sides group by all
                )
                select count(*) as cells,
                       count(*) filter (
                         abs(n) + abs(y1) + abs(y2) + abs(yy2) + abs(y3) + abs(yy3) + abs(d3) + abs(dd3) + abs(yd3) > 0)
                         as different,
                       (select sum(n) from ours where region = '') as units,
                       (select sum(y2) from ours where region = '') as revenue
                from differences
                """.replace("@EXPERIMENT@", BenchEvents.experimentId(0));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("attach '" + ours + "' as ours (read_only)");
            statement.execute("attach '" + peers + "' as peers (read_only)");
            try (ResultSet rows = statement.executeQuery(same)) {
                rows.next();
                if (rows.getLong("different") > 0 || rows.getLong("cells") == 0) {
                    throw new IllegalStateException("the two answers differ in " + rows.getLong("different") + " of "
                            + rows.getLong("cells") + " cells");
                }
                System.err.printf(
                        "  both say the same in %,d cells (variant x region x day): %,d units, revenue %,d%n",
                        rows.getLong("cells"), rows.getLong("units"), rows.getLong("revenue"));
            }
        }
    }
}
