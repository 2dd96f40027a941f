package org.showroomlab.reports.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.stats.verdict.Finding;

/**
 * What a verdict rests on, beside the numbers of the metrics.
 *
 * @param countedUntil the newest event when its job was submitted without it; {@code null} otherwise
 * @param partial whether its tables are between two states
 * @param asOf time of the newest event; {@code null} before the first
 * @param accounting of the records that all of it was counted from
 * @param provisional whether showrooms are still to sync; {@code null} before the first event
 * @param information {@code null} before the first event
 * @param looks {@code null} unless monitoring is group-sequential
 * @param special what the reading of a special analysis found
 */
record Evidence(
        Experiment experiment,
        @Nullable Instant countedUntil,
        boolean partial,
        Status status,
        @Nullable Instant asOf,
        Accounting accounting,
        Health health,
        List<Report.VariantUnits> variants,
        List<MetricReport> metrics,
        Finding.@Nullable Provisional provisional,
        @Nullable Information information,
        @Nullable SequentialLooks looks,
        List<Finding> special) {}
