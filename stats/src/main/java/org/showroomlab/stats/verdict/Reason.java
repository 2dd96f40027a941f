package org.showroomlab.stats.verdict;

/**
 * One reason behind a decision.
 *
 * @param code for programs, snake case
 * @param text one sentence with the numbers, for people
 */
public record Reason(String code, String text) {

    /** Checks that there is something to say. */
    public Reason {
        if (code.isBlank() || text.isBlank()) {
            throw new IllegalArgumentException("a reason needs a code and a text");
        }
    }
}
