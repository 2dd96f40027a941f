package org.showroomlab.reports.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.LoadedExperiment;
import org.showroomlab.jobs.results.ResultCodec;
import org.showroomlab.jobs.results.ResultRow;

/**
 * The one writer of one DuckDB file, and the door for its readers.
 *
 * <p>Every write is one transaction: all of it or nothing. Rows belong to a <em>feed</em>: a live job, or
 * the run that wrote them. Accounting, dead letters and the showrooms' progress are kept per feed, and leave with the last
 * experiment that was counted from it: when a run replaces it, or another job takes it over.
 */
public final class Store implements AutoCloseable {
    /** The feed of the job that counts every experiment, live; other live feeds begin with this. */
    public static final String LIVE = Feeds.LIVE;

    private final DatabaseFile file;
    private final boolean mayChange;
    private final DuckDBConnection connection;
    private final StagedRows staged;
    private final ExperimentRegistry registry;
    private final Feeds feeds;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong revision = new AtomicLong();
    private final AtomicReference<@Nullable Interruption> interruption = new AtomicReference<>();
    private final AtomicLong restatements = new AtomicLong();
    /** Since when each experiment's tables are between two states. */
    private final AtomicReference<Map<String, Long>> restatingSinceNanos = new AtomicReference<>(Map.of());

    private Store(DatabaseFile file, boolean mayChange) {
        this.file = file;
        this.mayChange = mayChange;
        this.connection = file.connection();
        try {
            this.staged = StagedRows.prepare(connection);
            // Until somebody goes on reading, what was stored last stays as it is.
            putSince(BetweenStates.read(connection));
        } catch (SQLException e) {
            file.close();
            throw file.failure(e);
        }
        this.registry = new ExperimentRegistry(connection);
        this.feeds = new Feeds(connection);
    }

    /**
     * Opens the file, making it when there is none.
     *
     * @throws StoreUnavailable when somebody else holds it or it is not a database
     */
    public static Store open(Path file) {
        return new Store(DatabaseFile.open(file, false), true);
    }

    /**
     * Opens the file so that other processes can read it, too; every write fails. A file that an older version made, or
     * that a process left when it died, has to be written first: it is opened for that.
     *
     * @throws StoreUnavailable when somebody else writes it or it is not a database
     */
    public static Store openToRead(Path file) {
        try {
            return new Store(DatabaseFile.open(file, true), false);
        } catch (StoreUnavailable e) {
            return new Store(DatabaseFile.open(file, false), false);
        }
    }

    /** A store that is gone when it is closed. */
    public static Store inMemory() {
        return new Store(DatabaseFile.inMemory(), true);
    }

    /** The same for a run at an unknown time. */
    public void replace(List<LoadedExperiment> experiments, Collection<? extends ResultRow> rows) {
        replace(experiments, rows, null);
    }

    /**
     * Replaces everything that is known of these experiments; the others in the file stay as they are.
     *
     * @param run null when nobody knows when it was
     */
    public synchronized void replace(
            List<LoadedExperiment> experiments, Collection<? extends ResultRow> rows, @Nullable RunTime run) {
        RowExperiments.requireOnly(experiments, rows);
        String feed = "run:"
                + experiments.stream().map(e -> e.experiment().id()).sorted().collect(Collectors.joining(","));
        write("the results could not be stored", () -> {
            registry.dropStatistics(experiments);
            for (LoadedExperiment loaded : experiments) {
                registry.putOfRun(loaded, feed, run);
            }
            feeds.drop(feed);
            feeds.dropAbandonedRuns();
            staged.merge(rows, feed);
        });
        Set<String> others = new HashSet<>(restating());
        experiments.forEach(loaded -> others.remove(loaded.experiment().id()));
        restating(others);
    }

    /**
     * Makes the experiments known before their first live row comes. What a run has counted of the same definition stays
     * until then; of another one it means nothing any more, and goes.
     */
    public synchronized void registerExperiments(List<LoadedExperiment> experiments) {
        write("the experiments could not be stored", () -> {
            if (!registry.areLive(experiments)) {
                // What the topic has said of them is gone, or never was here: it is read from its beginning.
                Offsets.clear(connection);
            }
            List<LoadedExperiment> registered = registry.withoutThoseOfRuns(experiments);
            registry.dropStatisticsOfRuns(registered);
            registry.putLive(registered);
            feeds.dropAbandonedRuns();
        });
    }

    /**
     * Says which topic of which Kafka cluster the live rows come from. What another one said is gone: its offsets mean
     * nothing here, and rows that this one does not replace would stand among its own.
     *
     * @param topicId another one when the topic is made anew
     * @return whether it is another one than before, so that reading begins anew
     */
    public synchronized boolean follow(String cluster, String topicId) {
        String source = cluster + "/" + topicId;
        Optional<String> before = read(StoreReader::cluster);
        if (before.equals(Optional.of(source))) {
            return false;
        }
        write("the change to another topic of results could not be stored", () -> {
            // Earlier versions remembered the cluster alone.
            if (before.isPresent() && !before.get().equals(cluster)) {
                registry.dropLiveStatistics();
                feeds.dropLive();
                Offsets.clear(connection);
            }
            Offsets.putCluster(connection, source);
        });
        return true;
    }

    /** Stores rows of the job that counts every experiment. */
    public boolean apply(List<? extends ResultRow> rows, Map<ResultPartition, Long> offsets) {
        return apply(Map.of(ResultCodec.DEFAULT_JOB, new LiveRows(List.of(), Map.of("", rows))), offsets);
    }

    /**
     * Stores live rows together with the offsets to go on from, so that neither can be without the other.
     *
     * <p>An experiment that a run has counted becomes live with its first live row. The run's rows go, so that the two do
     * not mix, and what the topic has said of it before is wanted: nothing else is stored then, and reading begins anew.
     * Of an experiment that several jobs count, or one that was submitted several times, only the rows of the last
     * submission stand ({@link LiveOwners} says why).
     *
     * @return whether the rows are stored; otherwise they are to be read again, from {@link #offsets}
     */
    public synchronized boolean apply(Map<String, LiveRows> saidByJob, Map<ResultPartition, Long> offsets) {
        boolean nothingSaid = saidByJob.values().stream().allMatch(LiveRows::isEmpty);
        if (nothingSaid) {
            // A checkpoint without new results: the offsets go on, what is stored stays as it was.
            transaction("the offsets could not be stored", () -> {
                Offsets.put(connection, offsets);
                return false;
            });
            return true;
        }
        Map<String, Set<String>> experimentsByJob = new TreeMap<>();
        saidByJob.forEach((job, said) -> experimentsByJob.put(job, said.experiments()));
        boolean[] stored = {false};
        write("the live results could not be stored", () -> {
            if (registry.takeFromRuns(experimentsByJob)) {
                feeds.dropAbandonedRuns();
                Offsets.clear(connection);
                return;
            }
            LiveOwners owners = LiveOwners.read(connection);
            boolean anyBegins = saidByJob.values().stream()
                    .anyMatch(said -> !said.beginnings().isEmpty());
            Map<String, Long> newestBefore = anyBegins ? LeftOut.newestByFeed(connection) : Map.of();
            Set<String> before = new Beginnings(registry, feeds, owners).take(saidByJob);
            if (anyBegins) {
                Map<String, LiveRows> saidByFeed = new TreeMap<>();
                saidByJob.forEach((job, said) -> saidByFeed.put(Feeds.live(job), said));
                LeftOut.put(connection, owners, newestBefore, saidByFeed);
            }
            for (Map.Entry<String, LiveRows> said : saidByJob.entrySet()) {
                String feed = Feeds.live(said.getKey());
                List<ResultRow> believed = said.getValue().believedBy(owners, feed);
                staged.merge(believed, feed);
                before.addAll(registry.countedBy(feed, RowExperiments.of(believed)));
            }
            for (String feed : before) {
                feeds.dropAbandoned(feed);
            }
            BetweenStates.put(connection, restating());
            Offsets.put(connection, offsets);
            stored[0] = true;
        });
        return stored[0];
    }

    /** The experiments that live jobs count. */
    public Set<String> liveExperiments() {
        return read(StoreReader::liveExperiments).values().stream()
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
    }

    /** The experiments that the live job of this name counts. */
    public Set<String> liveExperiments(String job) {
        return read(StoreReader::liveExperiments).getOrDefault(Feeds.live(job), Set.of());
    }

    /** Those whose rows were between two states when the last job that counted them ended: nobody will say the rest. */
    public synchronized Set<String> leftBetweenStates() {
        try {
            Set<String> left = BetweenStates.read(connection);
            left.removeAll(liveExperiments());
            return left;
        } catch (SQLException e) {
            throw new StoreFailed("the database could not be read", e);
        }
    }

    /** Whether the live job with this id of Flink's has begun before, as far as is stored. */
    public boolean hasBegun(String jobId) {
        return read(reader -> reader.hasBegun(jobId));
    }

    /** Where to go on reading, per partition. */
    public Map<ResultPartition, Long> offsets() {
        return read(StoreReader::offsets);
    }

    /** A consistent view of the file at this moment, for one reader. */
    public StoreReader reader() {
        try {
            return new StoreReader(connection.duplicate());
        } catch (SQLException e) {
            throw new StoreFailed("the database could not be read", e);
        }
    }

    /** What one reader says. */
    public <T> T read(java.util.function.Function<StoreReader, T> question) {
        try (StoreReader reader = reader()) {
            return question.apply(reader);
        }
    }

    /** Adds a look to the append-only ledger, unless this interval of event time has one already. */
    public synchronized void recordLook(List<Look> looks, Duration interval) {
        transaction("the look could not be stored", () -> LookLedger.append(connection, looks, interval));
    }

    /** Writes the snapshot that a decision rests on, unless there is one: it is never rewritten. */
    public synchronized void recordDecision(List<Look> looks) {
        transaction("the decision could not be stored", () -> LookLedger.appendDecision(connection, looks));
    }

    /**
     * Says which experiments' tables are between what they were and what they will be: nothing of them is a state. It is
     * stored with the next rows, or when some are at a state again, so that whoever opens the file afterwards knows.
     */
    public synchronized void restating(Set<String> experiments) {
        if (!experiments.equals(restating())) {
            putSince(experiments);
            transaction("what is no state could not be stored", () -> {
                BetweenStates.retain(connection, experiments);
                return false;
            });
            restatements.incrementAndGet();
            listeners.forEach(Runnable::run);
        }
    }

    private void putSince(Set<String> experiments) {
        Map<String, Long> before = sinceNanos();
        long now = System.nanoTime();
        Map<String, Long> since = new HashMap<>();
        experiments.forEach(experiment -> since.put(experiment, before.getOrDefault(experiment, now)));
        restatingSinceNanos.set(Map.copyOf(since));
    }

    /** The experiments whose tables are between two states at the moment: whatever is never rewritten must wait. */
    public Set<String> restating() {
        return sinceNanos().keySet();
    }

    /** For how long the tables of this experiment have been between two states without a break. */
    public Duration restatingFor(String experiment) {
        Long since = sinceNanos().get(experiment);
        return since == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    /** The same of the one that has been so for longest. */
    public Duration longestRestating() {
        return restating().stream()
                .map(this::restatingFor)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private Map<String, Long> sinceNanos() {
        return Objects.requireNonNull(restatingSinceNanos.get());
    }

    /** How often that has changed: what was read while it did not is of one state. */
    public long restatements() {
        return restatements.get();
    }

    /** Grows with everything that is written: what was read when it was this is still true while it is. */
    public long revision() {
        return revision.get();
    }

    /** Whether what it says may change while it is open. */
    public boolean mayChange() {
        return mayChange;
    }

    /** What keeps live rows from coming, at the moment. */
    public Optional<Interruption> interruption() {
        return Optional.ofNullable(interruption.get());
    }

    /** Says that live rows do not come; the first time of several counts. */
    public void interrupted(Interruption now) {
        if (interruption.compareAndSet(null, now)) {
            listeners.forEach(Runnable::run);
        }
    }

    /** Says that live rows come again. */
    public void resumed() {
        if (interruption.getAndSet(null) != null) {
            listeners.forEach(Runnable::run);
        }
    }

    /**
     * Calls the listener after each change that is stored, and when live rows stop coming or come again, or begin or cease
     * to be said again; it must return at once.
     */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Closes the file so that nothing remains in a log beside it. */
    @Override
    public synchronized void close() {
        file.close();
    }

    private interface Write {
        void run() throws SQLException;
    }

    private void write(String failure, Write body) {
        transaction(failure, () -> {
            body.run();
            return true;
        });
        listeners.forEach(Runnable::run);
    }

    private interface MaybeWrite {
        /** Whether something was written. */
        boolean run() throws SQLException;
    }

    private void transaction(String failure, MaybeWrite body) {
        try {
            connection.setAutoCommit(false);
            try {
                boolean written = body.run();
                connection.commit();
                if (written) {
                    revision.incrementAndGet();
                }
            } catch (SQLException | RuntimeException | Error e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new StoreFailed(failure, e);
        }
    }
}
