package org.showroomlab.reports.web;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.InvalidExperiment;
import org.showroomlab.reports.report.DeclaredPrior;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.ReportAssembler;
import org.showroomlab.reports.report.Summary;
import org.showroomlab.reports.report.SummaryAssembler;
import org.showroomlab.reports.report.UnknownExperiment;
import org.showroomlab.reports.store.Store;
import org.showroomlab.reports.store.StoreFailed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports and the summary as the store has them now, each made once per state of the store however many ask.
 *
 * <p>While a job says all its rows again, or those of the past are read, the tables are between two states. Then the last
 * reading of before is given. The same where a reading cannot be made: rows come one by one, so that for a moment a count
 * may be taken back that is not there yet.
 */
final class LatestReadings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LatestReadings.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration OLDEST = Duration.ofSeconds(10);

    /** A job that is cancelled while it says its rows again never says the rest. */
    private static final Duration LONGEST_RESTATING = Duration.ofMinutes(1);
    /** Of a reading that is given because a newer one cannot be made. */
    private static final Duration OLDEST_INSTEAD = Duration.ofMinutes(1);

    private final Store store;
    private final Runnable newer;
    private final LatestReading<Summary> summary;
    private final Map<String, LatestReading<Report>> reports = new ConcurrentHashMap<>();
    private final ExecutorService makers = Executors.newFixedThreadPool(2, DaemonThreads.named("readings"));

    /**
     * @param prior of the summary's scorecard
     * @param newer is called when somebody who got an older reading should ask again
     */
    LatestReadings(Store store, @Nullable DeclaredPrior prior, Runnable newer) {
        this.store = store;
        this.newer = newer;
        this.summary = reading(restating -> !restating.isEmpty(), () -> SummaryAssembler.assemble(store, prior));
    }

    private <T> LatestReading<T> reading(Predicate<Set<String>> concerns, Supplier<T> making) {
        return new LatestReading<>(
                // Both only grow; a report says whether it was read between two states.
                () -> store.revision() + store.restatements(),
                () -> concerns.test(store.restating()) ? LatestReading.RESTATING : store.restatements(),
                making,
                makers,
                newer,
                PATIENCE,
                OLDEST);
    }

    Summary summary() {
        return wholeOrNow(summary, store.longestRestating());
    }

    /**
     * The report of one experiment.
     *
     * @throws UnknownExperiment when there is none with that id
     */
    Report report(String experimentId) {
        LatestReading<Report> reading = reports.computeIfAbsent(
                experimentId,
                id -> reading(restating -> restating.contains(id), () -> ReportAssembler.assemble(store, id)));
        try {
            return wholeOrNow(reading, store.restatingFor(experimentId));
        } catch (UnknownExperiment e) {
            // Whatever people type into an address must not fill the memory.
            reports.remove(experimentId, reading);
            throw e;
        }
    }

    /** @param restating for how long tables have been between two states, zero while they are not */
    private <T> T wholeOrNow(LatestReading<T> reading, Duration restating) {
        Optional<T> before = reading.lastWhole();
        if (!restating.isZero() && before.isPresent() && restating.compareTo(LONGEST_RESTATING) < 0) {
            return before.get();
        }
        try {
            return reading.now();
        } catch (UnknownExperiment | StoreFailed | InvalidExperiment e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("what is stored at the moment cannot be read; rows may be on their way", e);
            return reading.lastWhole(OLDEST_INSTEAD).orElseThrow(() -> e);
        }
    }

    @Override
    public void close() {
        makers.shutdown();
    }
}
