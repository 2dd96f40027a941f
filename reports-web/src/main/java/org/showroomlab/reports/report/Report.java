package org.showroomlab.reports.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.jobs.results.ShowroomProgress;
import org.showroomlab.reports.special.SpecialReading;
import org.showroomlab.reports.store.DecisionSnapshot;
import org.showroomlab.reports.store.LookEffect;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.verdict.Reason;
import org.showroomlab.stats.verdict.Verdict;

/**
 * All that is said of one experiment as of one moment of event time.
 *
 * @param asOf newest event time seen; {@code null} before the first event
 * @param accounting all sources together
 * @param sources the same per source
 * @param information how much of what the experiment will know is known; {@code null} before the first event
 * @param looks what a group-sequential experiment may decide now; {@code null} for other monitoring
 * @param lookEffects what the recorded ones of these looks said of each comparison
 * @param showrooms how far the showrooms have synced
 * @param behind those of them that this report still waits for
 * @param decided what it said when nobody was waited for any more, as known then; {@code null} before that
 * @param notes what limits this report without deciding the verdict
 * @param analysis the reading of the special analysis; {@code null} for a plain comparison
 */
public record Report(
        Experiment experiment,
        @Nullable Instant asOf,
        Status status,
        Verdict verdict,
        Accounting accounting,
        List<AccountingRow> sources,
        Health health,
        List<VariantUnits> variants,
        List<MetricReport> metrics,
        @Nullable Information information,
        @Nullable SequentialLooks looks,
        List<LookEffect> lookEffects,
        List<ShowroomProgress> showrooms,
        List<ShowroomProgress> behind,
        @Nullable DecisionSnapshot decided,
        List<Reason> notes,
        @Nullable Computable<SpecialReading> analysis) {
    /** Changes whenever the same sums may give another number. */
    public static final String METHOD_VERSION = "15";

    /** The code of the only reason where the last submission of its job left the experiment out. */
    public static final String NOT_COUNTED = "not_counted";

    public Report {
        sources = List.copyOf(sources);
        variants = List.copyOf(variants);
        metrics = List.copyOf(metrics);
        lookEffects = List.copyOf(lookEffects);
        showrooms = List.copyOf(showrooms);
        behind = List.copyOf(behind);
        notes = List.copyOf(notes);
    }

    /** Until when, in event time, showrooms that have not synced are waited for. */
    public Instant waitsUntil() {
        return SyncedShowrooms.waitsUntil(experiment);
    }

    /**
     * Exposed units of one arm that saw only this variant.
     *
     * @param weight planned share, relative to the other weights
     */
    public record VariantUnits(String id, boolean control, double weight, long units) {}
}
