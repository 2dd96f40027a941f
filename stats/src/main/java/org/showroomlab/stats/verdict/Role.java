package org.showroomlab.stats.verdict;

/** What a metric is for in the decision. */
public enum Role {
    /** Must improve for a ship; Holm over all of these. */
    SUCCESS,
    /** Must not get worse by more than its margin. */
    GUARDRAIL,
    /** Shown, decides nothing. */
    EXPLORATORY
}
