package org.showroomlab.reports.report;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Interval;

/**
 * One arm of one metric.
 *
 * @param units units in the metric
 * @param events matching events
 * @param basis how much the number rests on
 * @param level in units of the value: the exact integers divided by 10^scale; empty where there is nothing to divide by
 * @param estimate the same with its standard error
 * @param ci the arm's own interval
 * @param clusters caches or showrooms; {@code null} when the unit is the visitor
 * @param uncapped the same without the metric's cap; {@code null} when it has none
 */
public record ArmReport(
        String variant,
        long units,
        long events,
        Basis basis,
        OptionalDouble level,
        Computable<ArmEstimate> estimate,
        Computable<Interval> ci,
        @Nullable Computable<ArmEstimate> uncapped,
        @Nullable Integer clusters) {

    /** The standard error alone. */
    public Computable<Double> stdError() {
        return estimate.flatMap(ArmEstimate::boundedStdError);
    }
}
