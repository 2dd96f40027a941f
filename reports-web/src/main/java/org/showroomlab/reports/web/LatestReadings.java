package org.showroomlab.reports.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.showroomlab.reports.report.Report;
import org.showroomlab.reports.report.ReportAssembler;
import org.showroomlab.reports.report.Summary;
import org.showroomlab.reports.report.SummaryAssembler;
import org.showroomlab.reports.report.UnknownExperiment;
import org.showroomlab.reports.store.Store;

/** Reports and the summary as the store has them now, each made once per state of the store however many ask. */
final class LatestReadings implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration OLDEST = Duration.ofSeconds(10);

    private final Store store;
    private final Runnable newer;
    private final LatestReading<Summary> summary;
    private final Map<String, LatestReading<Report>> reports = new ConcurrentHashMap<>();
    private final ExecutorService makers = Executors.newFixedThreadPool(2, DaemonThreads.named("readings"));

    /** @param newer is called when somebody who got an older reading should ask again */
    LatestReadings(Store store, Runnable newer) {
        this.store = store;
        this.newer = newer;
        this.summary = reading(() -> SummaryAssembler.assemble(store));
    }

    private <T> LatestReading<T> reading(Supplier<T> making) {
        return new LatestReading<>(store::revision, making, makers, newer, PATIENCE, OLDEST);
    }

    Summary summary() {
        return summary.now();
    }

    /**
     * The report of one experiment.
     *
     * @throws UnknownExperiment when there is none with that id
     */
    Report report(String experimentId) {
        LatestReading<Report> reading =
                reports.computeIfAbsent(experimentId, id -> reading(() -> ReportAssembler.assemble(store, id)));
        try {
            return reading.now();
        } catch (UnknownExperiment e) {
            // Whatever people type into an address must not fill the memory.
            reports.remove(experimentId, reading);
            throw e;
        }
    }

    @Override
    public void close() {
        makers.shutdown();
    }
}
