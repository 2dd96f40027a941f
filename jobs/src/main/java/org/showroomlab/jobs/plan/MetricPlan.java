package org.showroomlab.jobs.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.showroomlab.ingest.event.Decimal6;
import org.showroomlab.ingest.experiment.Metric;
import org.showroomlab.jobs.results.UnitStatistic.Sum;

/**
 * How one metric of one experiment is counted.
 *
 * @param slot the value stream of its measure
 * @param perSlot the value stream of its denominator, or {@link #NONE}
 * @param windowMillis length of the outcome window; {@link Long#MAX_VALUE} when only {@code observe_until} bounds it
 * @param cap upper bound of a unit's sum in scaled units; {@link Long#MAX_VALUE} without one
 * @param threshold of a share: the largest scaled value that counts
 * @param sums the sums that are kept of it; all others follow from them or are zero
 */
public record MetricPlan(
        String id,
        Metric.Type type,
        int slot,
        int perSlot,
        long windowMillis,
        long cap,
        long threshold,
        List<Sum> sums) {
    public static final int NONE = -1;
    private static final long HOUR_MILLIS = 3_600_000L;

    public MetricPlan {
        sums = List.copyOf(sums);
    }

    static MetricPlan of(Metric metric, int slot, int perSlot, boolean hasCovariate) {
        BigDecimal cap = metric.cap();
        BigDecimal atMost = metric.atMost();
        int scale = metric.measure().scale();
        return new MetricPlan(
                metric.id(),
                metric.type(),
                slot,
                perSlot,
                metric.windowHours().isPresent() ? metric.windowHours().getAsInt() * HOUR_MILLIS : Long.MAX_VALUE,
                cap == null ? Long.MAX_VALUE : scaled(cap, scale, RoundingMode.HALF_EVEN),
                atMost == null ? Long.MAX_VALUE : scaled(Decimal6.round(atMost), scale, RoundingMode.FLOOR),
                sums(metric, hasCovariate));
    }

    // Caps and thresholds are at most 1e12, so that 10^6 times one fits.
    private static long scaled(BigDecimal value, int scale, RoundingMode rounding) {
        return value.movePointRight(scale).setScale(0, rounding).longValueExact();
    }

    private static List<Sum> sums(Metric metric, boolean hasCovariate) {
        if (metric.type() == Metric.Type.QUANTILE) {
            return List.of();
        }
        List<Sum> sums = new ArrayList<>(List.of(Sum.Y, Sum.YY));
        boolean hasDenominator = metric.type() == Metric.Type.RATIO || metric.type() == Metric.Type.SHARE;
        if (hasDenominator) {
            sums.addAll(List.of(Sum.D, Sum.DD, Sum.YD));
        }
        if (hasCovariate) {
            sums.addAll(List.of(Sum.X, Sum.XX, Sum.YX));
        }
        if (hasCovariate && hasDenominator) {
            sums.addAll(List.of(Sum.Z, Sum.ZZ, Sum.YZ, Sum.DX, Sum.DZ, Sum.XZ));
        }
        if (metric.cap() != null) {
            sums.addAll(List.of(Sum.U, Sum.UU));
        }
        return sums;
    }

    public boolean isQuantile() {
        return type == Metric.Type.QUANTILE;
    }

    /** What an event with this value adds to the numerator. */
    public long numerator(long value) {
        return switch (type) {
            case MEAN, PROPORTION, RATIO -> value;
            case SHARE -> value <= threshold ? 1 : 0;
            case QUANTILE -> 0;
        };
    }

    /** What an event with this value of the metric's own measure adds to the denominator. */
    public long ownDenominator() {
        return type == Metric.Type.SHARE ? 1 : 0;
    }

    /** Whether units have the value 1 or 0: whether their matching events sum up to 1 or more. */
    public boolean isYesOrNo() {
        return type == Metric.Type.PROPORTION;
    }

    /** Whether a unit whose matching events sum up to this, in two words, has the cap as its value. */
    public boolean isCapped(long high, long low) {
        return cap != Long.MAX_VALUE
                && type != Metric.Type.PROPORTION
                && (high > 0 || (high == 0 && (low < 0 || low > cap)));
    }
}
