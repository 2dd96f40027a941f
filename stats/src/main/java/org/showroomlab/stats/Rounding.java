package org.showroomlab.stats;

/** What is left of a difference when its terms cancel: with equal terms that is their rounding, and no spread. */
public final class Rounding {
    /** Some fifty times the spacing of doubles: sums of many terms carry several roundings. */
    private static final double RELATIVE = 1e-14;

    private Rounding() {}

    /** The difference, or 0 when it is within the rounding of terms of this size. */
    public static double orZero(double difference, double size) {
        return Math.abs(difference) <= RELATIVE * size ? 0 : difference;
    }
}
