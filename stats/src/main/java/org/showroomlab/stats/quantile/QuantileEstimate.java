package org.showroomlab.stats.quantile;

import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.Interval;

/**
 * A quantile with its uncertainty.
 *
 * @param units events, or clusters when these were randomised
 * @param estimate the quantile, in the unit of the histogram's edges
 * @param stdError half the two-sided interval's width divided by its critical value; infinite where an end of that is open
 * @param ci Woodruff's interval, not symmetric
 */
public record QuantileEstimate(long units, double estimate, double stdError, Interval ci) {

    /** The estimate as an arm of a two-arm comparison. */
    public ArmEstimate asArm() {
        return new ArmEstimate(units, estimate, stdError);
    }
}
