package org.showroomlab.stats;

/**
 * What one arm says about a metric.
 *
 * @param n units in the arm
 * @param estimate the mean, ratio or share
 * @param stdError its standard error; infinite where the data set it no bound
 */
public record ArmEstimate(long n, double estimate, double stdError) {

    /** Checks that the numbers are numbers. */
    public ArmEstimate {
        if (n < 1) {
            throw new IllegalArgumentException("n must be >= 1: " + n);
        }
        if (!Double.isFinite(estimate)) {
            throw new IllegalArgumentException("estimate must be finite: " + estimate);
        }
        if (!(stdError >= 0)) {
            throw new IllegalArgumentException("stdError must be >= 0: " + stdError);
        }
    }

    /** Why an open interval has no standard error. */
    public static final String OPEN = "The interval reaches beyond the smallest or the largest value.";

    /** The standard error where the data set it a bound. */
    public Computable<Double> boundedStdError() {
        return isBounded() ? Computable.of(stdError) : Computable.notComputable("not_enough_data", OPEN);
    }

    /** Whether the data set a bound to the standard error. */
    public boolean isBounded() {
        return Double.isFinite(stdError);
    }
}
