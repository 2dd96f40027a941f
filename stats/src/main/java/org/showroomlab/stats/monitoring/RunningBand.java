package org.showroomlab.stats.monitoring;

import org.showroomlab.stats.Interval;

/**
 * What the looks at an always-valid band say together: the intersection of all intervals and the smallest p-value so far.
 * Both keep the error rate of one look, because the band holds at all looks at once.
 *
 * <p>On an append-only log the interval never widens and the p-value never rises. A retraction (a refund, a late event that
 * changes the past) is another experiment as far as the bound is concerned: {@link #restate} starts again from it, says so in
 * {@code restated}, and that flag stays.
 *
 * <p>Edges: when an interval has nothing in common with those before it (the band missed, which happens with chance α at
 * most), the end that is nearer to it remains.
 *
 * <p>Source: Howard, Ramdas, McAuliffe and Sekhon (2021), doi:10.1214/20-AOS1991, section 6.
 *
 * @param interval the intersection so far
 * @param pValue the smallest p-value so far
 * @param restated whether the past was ever changed
 */
public record RunningBand(Interval interval, double pValue, boolean restated) {

    /** Checks the p-value. */
    public RunningBand {
        if (!(pValue >= 0 && pValue <= 1)) {
            throw new IllegalArgumentException("pValue must be in [0, 1]: " + pValue);
        }
    }

    /** Before the first look: everything is possible. */
    public static RunningBand start() {
        return new RunningBand(Interval.UNBOUNDED, 1, false);
    }

    /** After a look at data that only grew. */
    public RunningBand append(Interval next, double nextPValue) {
        return new RunningBand(next.clampedTo(interval.low(), interval.high()), Math.min(pValue, nextPValue), restated);
    }

    /** After a look at data whose past was changed: nothing of the earlier looks can be kept. */
    public RunningBand restate(Interval next, double nextPValue) {
        return new RunningBand(next, nextPValue, true);
    }
}
