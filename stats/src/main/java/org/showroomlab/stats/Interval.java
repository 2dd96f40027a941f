package org.showroomlab.stats;

/**
 * A confidence or credible interval; an open end is infinite.
 *
 * @param low the lower end, possibly negative infinity
 * @param high the upper end, possibly positive infinity
 */
public record Interval(double low, double high) {

    /** Everything: what an interval method answers when the data exclude nothing. */
    public static final Interval UNBOUNDED = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** Checks the order of the ends; NaN is refused. */
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("interval ends must be ordered: [" + low + ", " + high + "]");
        }
    }

    /** Whether the value lies inside, ends included. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /** Whether both ends are finite. */
    public boolean bounded() {
        return Double.isFinite(low) && Double.isFinite(high);
    }

    /** The interval of {@code offset + factor * value}; a negative factor exchanges the ends. */
    public Interval scaledAndShifted(double factor, double offset) {
        double a = offset + factor * low;
        double b = offset + factor * high;
        return new Interval(Math.min(a, b), Math.max(a, b));
    }

    /**
     * The interval of treatment minus control from the interval of each: the distance of an end from its estimate stands for
     * that arm's error on that side, √((t − t.low)² + (c.high − c)²) below and √((t.high − t)² + (c − c.low)²) above.
     *
     * <p>Source: Zou and Donner (2008), Statistics in Medicine 27, 1693–1702; Newcombe (1998) for proportions.
     */
    public static Interval ofDifference(double control, Interval c, double treatment, Interval t) {
        double estimate = treatment - control;
        return new Interval(
                estimate - Math.hypot(treatment - t.low, c.high - control),
                estimate + Math.hypot(t.high - treatment, control - c.low));
    }

    /** The part common with [min, max], for quantities that cannot leave a range. */
    public Interval clampedTo(double min, double max) {
        return new Interval(Math.min(Math.max(low, min), max), Math.max(Math.min(high, max), min));
    }
}
