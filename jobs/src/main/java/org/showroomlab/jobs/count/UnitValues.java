package org.showroomlab.jobs.count;

import java.util.List;
import org.showroomlab.jobs.observe.Observation;
import org.showroomlab.jobs.plan.ExperimentPlan;
import org.showroomlab.jobs.plan.MetricPlan;
import org.showroomlab.jobs.results.UnitStatistic.Sum;

/**
 * A unit's running values for one metric: what its events have added up to so far, and the covariates that were fixed at
 * first exposure.
 */
final class UnitValues {
    private final MetricPlan metric;
    private final boolean hasCovariate;
    private long x;
    private long z;
    private long numerator;
    private long denominator;
    private long events;
    private long markedNumerator;
    private long markedDenominator;
    private long markedEvents;
    private boolean marked;

    UnitValues(MetricPlan metric, boolean hasCovariate) {
        this.metric = metric;
        this.hasCovariate = hasCovariate;
    }

    /** Reads the covariates from the observations in [first exposure − covariate time, first exposure). */
    void readCovariates(List<Observation> history, ExperimentPlan experiment, long firstExposureMillis) {
        for (Observation o : history) {
            long ts = o.timestampMillis();
            if (ts >= firstExposureMillis) {
                break;
            }
            if (ts >= firstExposureMillis - experiment.covariateMillis()) {
                x = saturatingAdd(x, valueIn(o, metric.slot()));
                z = saturatingAdd(z, valueIn(o, metric.perSlot()));
            }
        }
        x = metric.valueOf(x);
    }

    /** Whether the observation feeds the metric. */
    static boolean reads(MetricPlan metric, Observation o) {
        return o.placeOf(metric.slot()) >= 0
                || (metric.perSlot() != MetricPlan.NONE && o.placeOf(metric.perSlot()) >= 0);
    }

    /** Adds what an outcome brings. */
    void add(Observation o) {
        numerator = saturatingAdd(numerator, valueIn(o, metric.slot()));
        denominator = saturatingAdd(denominator, valueIn(o, metric.perSlot()));
        events += o.placeOf(metric.slot()) >= 0 ? 1 : 0;
    }

    /** What changed since the last call, as the change of the cell that holds the unit's sums; then marks this state. */
    Cell changeSinceMark() {
        Cell change = new Cell();
        long y0 = marked ? metric.valueOf(markedNumerator) : 0;
        long u0 = marked ? uncapped(markedNumerator) : 0;
        long y1 = metric.valueOf(numerator);
        long u1 = uncapped(numerator);
        addMoments(change, y1, denominator, u1);
        if (marked) {
            Cell before = new Cell();
            addMoments(before, y0, markedDenominator, u0);
            change.subtract(before);
        }
        change.addEvents(events - markedEvents);
        markedNumerator = numerator;
        markedDenominator = denominator;
        markedEvents = events;
        marked = true;
        return change;
    }

    private long uncapped(long sum) {
        return metric.atLeastOne() ? metric.valueOf(sum) : sum;
    }

    private void addMoments(Cell cell, long y, long d, long u) {
        cell.addUnits(1);
        cell.addValue(Sum.Y, y);
        cell.addProduct(Sum.YY, y, y);
        cell.addValue(Sum.U, u);
        cell.addProduct(Sum.UU, u, u);
        boolean isRatio = metric.perSlot() != MetricPlan.NONE;
        if (isRatio) {
            cell.addValue(Sum.D, d);
            cell.addProduct(Sum.DD, d, d);
            cell.addProduct(Sum.YD, y, d);
        }
        if (hasCovariate) {
            cell.addValue(Sum.X, x);
            cell.addProduct(Sum.XX, x, x);
            cell.addProduct(Sum.YX, y, x);
        }
        if (hasCovariate && isRatio) {
            cell.addValue(Sum.Z, z);
            cell.addProduct(Sum.ZZ, z, z);
            cell.addProduct(Sum.YZ, y, z);
            cell.addProduct(Sum.DX, d, x);
            cell.addProduct(Sum.DZ, d, z);
            cell.addProduct(Sum.XZ, x, z);
        }
    }

    private static long valueIn(Observation o, int slot) {
        int place = slot == MetricPlan.NONE ? -1 : o.placeOf(slot);
        return place < 0 ? 0 : o.values()[place];
    }

    /** One unit's sum stops at the ends of 64 bits, in time order, so the result stays independent of arrival. */
    private static long saturatingAdd(long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return sum;
    }
}
