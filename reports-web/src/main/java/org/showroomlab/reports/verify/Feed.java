package org.showroomlab.reports.verify;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.showroomlab.ingest.experiment.Experiment;

/**
 * Experiments whose rows came from the same place: a run as of some time, or a live job. Accounting and dead letters are
 * kept per feed, because they depend on what else it counted, and until when.
 *
 * @param name as the database calls it; empty for experiments that it does not have
 * @param asOfMillis events at or after it were left out
 * @param experiments those whose rows are from here
 * @param counted ids of all that its accounting is of: of some another job's rows may stand; empty when not known
 * @param mayLack whether a run may have taken some of those, of which nothing is known any more
 */
record Feed(String name, long asOfMillis, List<Experiment> experiments, Set<String> counted, boolean mayLack) {
    private static final String LIVE = "live";
    private static final String RUN = "run:";
    private static final String NOT_STORED = "";

    /** What the topic of dead letters takes of a record. */
    private static final int MAX_LETTER_BYTES = 5 << 20;

    Feed {
        experiments = List.copyOf(experiments);
        counted = Set.copyOf(counted);
    }

    /** The experiments by where their rows came from; those as of the same time follow each other. */
    static List<Feed> of(List<Experiment> experiments, Connection connection) throws SQLException {
        Map<String, Set<String>> ofJobs = ofJobs(connection);
        Map<String, Feed> counted = new HashMap<>();
        boolean anyRun = anyRun(connection);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select experiment, feed, coalesce(epoch_ms(run_as_of), "
                        + Long.MAX_VALUE + ") from stored.experiment_files")) {
            while (rows.next()) {
                String name = rows.getString(2);
                boolean isRun = name.startsWith(RUN);
                Set<String> all =
                        isRun ? Set.of(name.substring(RUN.length()).split(",")) : ofJobs.getOrDefault(name, Set.of());
                counted.put(rows.getString(1), new Feed(name, rows.getLong(3), List.of(), all, anyRun && !isRun));
            }
        }
        Feed nobody = new Feed(NOT_STORED, Long.MAX_VALUE, List.of(), Set.of(), false);
        Comparator<Feed> order = Comparator.comparingLong(Feed::asOfMillis).thenComparing(Feed::name);
        TreeMap<Feed, List<Experiment>> byFeed = experiments.stream()
                .collect(Collectors.groupingBy(
                        e -> counted.getOrDefault(e.id(), nobody), () -> new TreeMap<>(order), Collectors.toList()));
        List<Feed> feeds = new ArrayList<>();
        byFeed.forEach(
                (feed, those) -> feeds.add(new Feed(feed.name, feed.asOfMillis, those, feed.counted, feed.mayLack)));
        return feeds;
    }

    private static boolean anyRun(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*) from stored.experiment_files where starts_with(feed, '" + RUN + "')")) {
            return row.next() && row.getLong(1) > 0;
        }
    }

    /** By the feed of a live job, what that one counts whose accounting the feed has. */
    private static Map<String, Set<String>> ofJobs(Connection connection) throws SQLException {
        Map<String, Set<String>> experiments = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("with of_accounting as (select feed, arg_max(job_id, since_offset)"
                                + " as job_id from stored.live_owners where experiment = '' group by feed)"
                                + " select feed, experiment from stored.live_owners join of_accounting using (feed, job_id)"
                                + " where experiment <> ''")) {
            while (rows.next()) {
                experiments
                        .computeIfAbsent(rows.getString(1), f -> new HashSet<>())
                        .add(rows.getString(2));
            }
        }
        return experiments;
    }

    Feed asOf(long millis) {
        return new Feed(name, millis, experiments, counted, mayLack);
    }

    boolean isStored() {
        return !name.equals(NOT_STORED);
    }

    boolean isLive() {
        return name.equals(LIVE) || name.startsWith(LIVE + ":");
    }

    /** How much of a record that was set aside is kept. */
    int letterBytes() {
        return isLive() ? MAX_LETTER_BYTES : Integer.MAX_VALUE;
    }

    /** Whether these are all that its accounting is of, as far as is known. */
    boolean isOfExactly(List<Experiment> all) {
        return !mayLack
                && (counted.isEmpty()
                        || counted.equals(all.stream().map(Experiment::id).collect(Collectors.toSet())));
    }

    /** Those among the experiments that were counted with these, also where they have been counted elsewhere since. */
    List<Experiment> countedWith(List<Experiment> all) {
        return counted.isEmpty()
                ? experiments
                : all.stream().filter(e -> counted.contains(e.id())).toList();
    }
}
