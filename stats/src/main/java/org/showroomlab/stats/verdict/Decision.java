package org.showroomlab.stats.verdict;

/** What the rule says to do. */
public enum Decision {
    /** A success metric improved and every guardrail held. */
    SHIP,
    /** A success metric or a guardrail got worse. */
    ROLL_BACK,
    /** Not decided yet, and more data will come. */
    KEEP_RUNNING,
    /** Finished without an answer that a rule can give. */
    REVIEW,
    /** The data cannot carry any verdict. */
    BLOCKED
}
