package org.showroomlab.reports.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.jobs.results.AccountingRow;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.verdict.Reason;
import org.showroomlab.stats.verdict.Verdict;

/**
 * All that is said of one experiment as of one moment of event time.
 *
 * @param asOf newest event time seen; {@code null} before the first event
 * @param accounting all sources together
 * @param sources the same per source
 * @param notes what limits this report without deciding the verdict
 * @param analysis the reading of the special analyses; not computable where this version has none
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
        List<Reason> notes,
        Computable<Boolean> analysis) {
    /** Changes whenever the same sums may give another number. */
    public static final String METHOD_VERSION = "1";

    public Report {
        sources = List.copyOf(sources);
        variants = List.copyOf(variants);
        metrics = List.copyOf(metrics);
        notes = List.copyOf(notes);
    }

    /**
     * Exposed units of one arm that saw only this variant.
     *
     * @param weight planned share, relative to the other weights
     */
    public record VariantUnits(String id, boolean control, double weight, long units) {}
}
