package org.showroomlab.jobs.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.showroomlab.ingest.experiment.Metric;

/**
 * How one metric of one experiment is counted.
 *
 * @param slot the value stream of its measure
 * @param perSlot the value stream of its denominator, or {@link #NONE}
 * @param windowMillis length of the outcome window; {@link Long#MAX_VALUE} when only {@code observe_until} bounds it
 * @param cap upper bound of a unit's sum in scaled units; {@link Long#MAX_VALUE} without one
 * @param atLeastOne whether the unit's value is "at least one matching event" instead of the sum
 */
public record MetricPlan(String id, int slot, int perSlot, long windowMillis, long cap, boolean atLeastOne) {
    public static final int NONE = -1;
    private static final long HOUR_MILLIS = 3_600_000L;

    static MetricPlan of(Metric metric, int slot, int perSlot) {
        BigDecimal cap = metric.cap();
        return new MetricPlan(
                metric.id(),
                slot,
                perSlot,
                metric.windowHours().isPresent() ? metric.windowHours().getAsInt() * HOUR_MILLIS : Long.MAX_VALUE,
                cap == null ? Long.MAX_VALUE : scaled(cap, metric.measure().scale()),
                metric.type() == Metric.Type.PROPORTION);
    }

    // Caps are at most 1e12, so that 10^6 times one fits.
    private static long scaled(BigDecimal cap, int scale) {
        return cap.movePointRight(scale).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    }

    /** The value of a unit whose matching events sum up to this. */
    public long valueOf(long sum) {
        if (atLeastOne) {
            return sum >= 1 ? 1 : 0;
        }
        return Math.min(sum, cap);
    }
}
