package org.showroomlab.reports.report;

import org.jspecify.annotations.Nullable;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Interval;

/**
 * One arm of one metric.
 *
 * @param units units in the metric
 * @param events matching events
 * @param estimate in units of the value: the exact integers divided by 10^scale
 * @param ci the arm's own interval
 * @param clusters caches or showrooms; {@code null} when the unit is the visitor
 * @param uncapped the same without the metric's cap; {@code null} when it has none
 */
public record ArmReport(
        String variant,
        long units,
        long events,
        Computable<ArmEstimate> estimate,
        Computable<Interval> ci,
        @Nullable Computable<ArmEstimate> uncapped,
        @Nullable Integer clusters) {

    /** Why an arm with an open interval has no standard error. */
    public static final String OPEN = "The interval reaches beyond the smallest or the largest value.";
}
