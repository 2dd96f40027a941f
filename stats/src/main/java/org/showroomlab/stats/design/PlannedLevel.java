package org.showroomlab.stats.design;

/**
 * The level that a planned test will have.
 *
 * @param alpha level, in (0, 1)
 * @param sides 1 or 2
 */
public record PlannedLevel(double alpha, int sides) {

    /** Two-sided .05. */
    public static final PlannedLevel DEFAULT = new PlannedLevel(0.05, 2);

    /** Checks the ranges. */
    public PlannedLevel {
        if (!(alpha > 0 && alpha < 1) || (sides != 1 && sides != 2)) {
            throw new IllegalArgumentException("need alpha in (0, 1) and 1 or 2 sides: " + alpha + ", " + sides);
        }
    }

    /** The level of each side. */
    public double perSide() {
        return alpha / sides;
    }
}
