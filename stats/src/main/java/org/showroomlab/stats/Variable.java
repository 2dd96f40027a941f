package org.showroomlab.stats;

/** The four variables that one unit contributes to its arm; a variable that a metric does not have is the constant 1. */
public enum Variable {
    /** The value, or the numerator of a ratio. */
    Y(0),
    /** The denominator of a ratio. */
    D(1),
    /** The pre-experiment covariate of Y. */
    X(2),
    /** The pre-experiment covariate of D. */
    Z(3);

    /** The row of the moment matrix. */
    final int row;

    Variable(int row) {
        this.row = row;
    }
}
