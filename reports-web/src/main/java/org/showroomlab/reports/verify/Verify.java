package org.showroomlab.reports.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.Variant;
import org.showroomlab.reports.store.OpenFailure;

/**
 * Recomputes what a database holds from the raw events, by SQL in a database of its own that is gone afterwards. The one
 * that is verified is only read.
 */
public final class Verify {
    private final List<Experiment> experiments;
    private final long asOfMillis;
    private final Consumer<String> progress;

    /**
     * @param experiments all that the database's rows were counted with
     * @param asOfMillis events at or after it are left out; {@link Long#MAX_VALUE}: of each run those that it left out
     * @param progress takes a line about each step
     */
    public Verify(List<Experiment> experiments, long asOfMillis, Consumer<String> progress) {
        this.experiments = List.copyOf(experiments);
        this.asOfMillis = asOfMillis;
        this.progress = progress;
    }

    /**
     * Compares the database with the events.
     *
     * @param found takes each difference as it is found: there may be more of them than memory holds
     * @throws VerifyProblem when it cannot be done
     */
    public Verification compare(Path database, List<Path> events, Consumer<Difference> found) {
        List<Path> files = EventPaths.among(events);
        Path folder = scratchFolder();
        try (DuckDBConnection connection = DriverManager.getConnection(
                        "jdbc:duckdb:" + folder.resolve("recount.duckdb"), settings())
                .unwrap(DuckDBConnection.class)) {
            attach(connection, database);
            List<Feed> feeds = feeds(connection);
            recount(connection, files, feeds);
            return compare(connection, feeds, found);
        } catch (SQLException e) {
            throw new VerifyProblem(
                    "the recomputation failed: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        } finally {
            remove(folder);
        }
    }

    /** A file of another kind of database must not make DuckDB look for a reader of it in the network. */
    private static Properties settings() {
        Properties settings = new Properties();
        settings.setProperty("autoinstall_known_extensions", "false");
        return settings;
    }

    private static void attach(DuckDBConnection connection, Path database) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "attach " + Sql.text(database.toAbsolutePath().normalize().toString()) + " as stored (read_only)");
            try (ResultSet ours = statement.executeQuery("select 1 from duckdb_tables()"
                    + " where database_name = 'stored' and table_name = 'experiment_files'")) {
                if (!ours.next()) {
                    throw new VerifyProblem(database + " holds no results: it has none of our tables");
                }
            }
            try (ResultSet older = statement.executeQuery("select 1 from duckdb_columns()"
                    + " where database_name = 'stored' and table_name = 'experiment_files'"
                    + " having count(*) filter (column_name = 'run_as_of') = 0")) {
                if (older.next()) {
                    throw new VerifyProblem(database + " was written by an earlier version of this program; ./showroom"
                            + " report brings it up to date");
                }
            }
        } catch (SQLException e) {
            throw OpenFailure.explain(database.toString(), e);
        }
    }

    /** As of when to recount each: as was asked, or else as the run did that it is from. */
    private List<Feed> feeds(DuckDBConnection connection) throws SQLException {
        return Feed.of(experiments, connection).stream()
                .map(feed -> asOfMillis == Long.MAX_VALUE ? feed : feed.asOf(asOfMillis))
                .toList();
    }

    private void recount(DuckDBConnection connection, List<Path> files, List<Feed> feeds) throws SQLException {
        Script script = new Script(connection);
        script.execute("create table records"
                + " (record bigint, source varchar, line bigint, hash bigint, text varchar, bytes blob,"
                + " is_long boolean)");
        read(connection, files);
        progress.accept("judging records and identities");
        EventColumns columns = new EventColumns(experiments);
        allowedValues(script);
        script.run("numbers.sql");
        script.run("events.sql", Map.of("attribute_columns", columns.definitions()));
        script.run("recount.sql");
        VisitorGroups.fill(connection);
        Set<String> accounted = new HashSet<>();
        Map<String, String> delivered = Map.of();
        int before = 0;
        for (Feed feed : feeds) {
            Map<String, String> toDeliver = Map.of(
                    "as_of", Long.toString(feed.asOfMillis()),
                    "unreadable", columns.unreadable(feed.countedWith(experiments)),
                    "letters_of", feed.isLive() ? feed.name() : "",
                    "letter_bytes", Integer.toString(feed.letterBytes()));
            // Many runs may have been given the same events, and read the same of them.
            if (!toDeliver.equals(delivered)) {
                readLetters(connection, script, feed);
                script.run("delivered.sql", toDeliver);
                script.run("dead-letters.sql", toDeliver);
                delivered = toDeliver;
            }
            recount(script, columns, feed, before);
            before += feed.experiments().size();
            // Were a run said to be as of two times, its one accounting could be that of one of them only.
            if (accounted.add(feed.name())) {
                script.run("accounting.sql", Map.of("feed", Sql.text(feed.name())));
            }
        }
        script.run("no-zeros.sql");
    }

    /** What a live job says that it set aside for a reason that its events alone do not give. */
    private static void readLetters(DuckDBConnection connection, Script script, Feed feed) throws SQLException {
        script.execute("delete from letters");
        script.execute("delete from said_dead");
        if (feed.isLive()
                && Comparison.isStored(connection, ComparedTable.DEAD_LETTERS)
                && Comparison.isStored(connection, ComparedTable.ACCOUNTING)) {
            script.run("letters.sql", Map.of("feed", Sql.text(feed.name())));
        }
    }

    private void recount(Script script, EventColumns columns, Feed feed, int before) throws SQLException {
        int number = before;
        script.execute("delete from counted");
        script.execute("delete from known_variants");
        for (Experiment experiment : feed.experiments()) {
            progress.accept(
                    "recomputing experiment " + ++number + " of " + experiments.size() + ": " + experiment.id());
            know(script, experiment);
            new Definition(experiment).write(script);
            new ExperimentRecount(script, experiment, columns).run();
        }
    }

    private void read(DuckDBConnection connection, List<Path> files) throws SQLException {
        try (DuckDBAppender records = connection.createAppender("main", "records")) {
            EventLines lines = new EventLines(records);
            int number = 0;
            for (Path file : files) {
                long count = lines.append(file);
                progress.accept(
                        String.format(Locale.ROOT, "read %d of %d files, %,d records", ++number, files.size(), count));
            }
        }
    }

    private void allowedValues(Script script) throws SQLException {
        script.execute("create table countries as select unnest([" + Sql.texts(List.of(Locale.getISOCountries()))
                + "]) as code");
        script.execute("create table currencies as select unnest(["
                + Sql.texts(Currency.getAvailableCurrencies().stream()
                        .map(Currency::getCurrencyCode)
                        .sorted()
                        .toList())
                + "]) as code");
    }

    private static void know(Script script, Experiment experiment) throws SQLException {
        for (Variant variant : experiment.variants()) {
            script.execute("insert into known_variants values (" + Sql.text(experiment.id()) + ", "
                    + Sql.text(variant.id()) + ")");
        }
    }

    private Verification compare(DuckDBConnection connection, List<Feed> feeds, Consumer<Difference> found)
            throws SQLException {
        progress.accept("comparing");
        List<String> ids = experiments.stream().map(Experiment::id).toList();
        SortedMap<String, List<Feed>> stored = feeds.stream()
                .filter(Feed::isStored)
                .collect(Collectors.groupingBy(Feed::name, TreeMap::new, Collectors.toList()));
        StoredDefinitions.judge(connection, experiments);
        Comparison comparison = new Comparison(connection, ids, stored.keySet(), found);
        comparison.compare(ComparedTable.EXPERIMENTS);
        comparison.compare(ComparedTable.VARIANTS);
        comparison.compare(ComparedTable.METRICS);
        comparison.compare(ComparedTable.DAYS);
        comparison.compare(ComparedTable.BUCKETS);
        comparison.compare(ComparedTable.UNIT_INCREMENTS);
        comparison.compare(ComparedTable.CLUSTER_INCREMENTS);
        comparison.compare(ComparedTable.HISTOGRAM_INCREMENTS);
        comparison.compare(ComparedTable.LIFE_INCREMENTS);
        comparison.compare(ComparedTable.STOCK_INCREMENTS);
        if (hasDigests(connection)) {
            new Script(connection).run("looks.sql");
            comparison.compare(ComparedTable.AS_KNOWN);
            comparison.compare(ComparedTable.LAST_LOOK);
        }
        // Where nothing is stored, all that was recomputed is a difference.
        for (List<Feed> feed : stored.isEmpty() ? List.of(feeds) : stored.values()) {
            compareRecords(comparison, feed);
        }
        return new Verification(comparison.agreements(), leftOut(connection, ids));
    }

    /** Earlier versions did not write them, or not of the same. */
    private static boolean hasDigests(DuckDBConnection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from duckdb_tables()"
                        + " where database_name = 'stored' and table_name = 'last_look'")) {
            return row.next() && row.getInt(1) > 0;
        }
    }

    /** What became of the records, whose rows belong to no experiment. */
    private static void compareRecords(Comparison comparison, List<Feed> sameFeed) throws SQLException {
        Feed feed = sameFeed.get(0);
        boolean isWhole = feed.isOfExactly(
                sameFeed.stream().flatMap(f -> f.experiments().stream()).toList());
        if (feed.isLive()) {
            comparison.compare(
                    isWhole ? ComparedTable.ACCOUNTING_TOTALS : ComparedTable.ACCOUNTING_TOTALS_OF_RECORDS,
                    feed.name());
            comparison.compare(ComparedTable.LETTERS_OF_TOPICS, feed.name());
        } else {
            comparison.compare(isWhole ? ComparedTable.ACCOUNTING : ComparedTable.ACCOUNTING_OF_RECORDS, feed.name());
            comparison.compare(ComparedTable.DEAD_LETTERS, feed.name());
        }
        comparison.compare(ComparedTable.PROGRESS, feed.name());
    }

    private static List<String> leftOut(DuckDBConnection connection, List<String> ids) throws SQLException {
        List<String> others = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select experiment from stored.experiment_files"
                        + " where experiment not in (" + Sql.texts(ids) + ") order by experiment")) {
            while (rows.next()) {
                others.add(rows.getString(1));
            }
        }
        return others;
    }

    private static Path scratchFolder() {
        try {
            return Files.createTempDirectory("showroom-verify-");
        } catch (IOException e) {
            throw new VerifyProblem("no scratch folder can be made: " + e.getMessage(), e);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new VerifyProblem("the scratch folder " + folder + " cannot be removed: " + e.getMessage(), e);
        }
    }
}
