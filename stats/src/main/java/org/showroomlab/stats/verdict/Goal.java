package org.showroomlab.stats.verdict;

/** Which direction of a metric is better. */
public enum Goal {
    /** More is better. */
    INCREASE,
    /** Less is better. */
    DECREASE;

    /** +1 or −1: a difference times this is positive when it is an improvement. */
    public int sign() {
        return this == INCREASE ? 1 : -1;
    }
}
