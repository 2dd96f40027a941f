package org.showroomlab.reports.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the report said when the grace for showrooms to sync was over: written once, and never again. The report itself is
 * restated when something still arrives.
 *
 * @param asOf newest event time in it
 * @param knownAt clock time at which it was written
 * @param reasons codes of the verdict's reasons, apart by commas
 */
public record DecisionSnapshot(
        Instant asOf, Instant knownAt, String decision, String reasons, String methodVersion, List<Line> lines) {
    /** How long after {@code observe_until} a showroom may still send, so that nothing is decided for good. */
    public static final Duration GRACE = Duration.ofDays(14);

    public DecisionSnapshot {
        lines = List.copyOf(lines);
    }

    /**
     * One comparison in it, in units of its metric.
     *
     * @param estimate difference to control; {@code null} when it was not computable
     * @param low end of the interval; {@code null} when open
     * @param high end of the interval; {@code null} when open
     */
    public record Line(
            String metric,
            String variant,
            String control,
            @Nullable Double estimate,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double pValue) {}
}
