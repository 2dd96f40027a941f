package org.showroomlab.stats;

/** The four variables that one unit contributes to its arm; a variable that a metric does not have is the constant 1. */
public enum Variable {
    /** The value, or the numerator of a ratio. */
    Y,
    /** The denominator of a ratio. */
    D,
    /** The pre-experiment covariate of Y. */
    X,
    /** The pre-experiment covariate of D. */
    Z
}
