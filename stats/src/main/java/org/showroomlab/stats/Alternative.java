package org.showroomlab.stats;

/** The direction of the alternative hypothesis, always about treatment minus control. */
public enum Alternative {
    /** The difference is not zero. */
    TWO_SIDED,
    /** Treatment is larger than control. */
    GREATER,
    /** Treatment is smaller than control. */
    LESS;

    /** The same question with control and treatment, or the sign of the metric, exchanged. */
    public Alternative reversed() {
        return switch (this) {
            case TWO_SIDED -> TWO_SIDED;
            case GREATER -> LESS;
            case LESS -> GREATER;
        };
    }
}
