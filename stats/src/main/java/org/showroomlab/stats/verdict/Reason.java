package org.showroomlab.stats.verdict;

import java.util.Locale;

/**
 * One reason behind a decision.
 *
 * @param code for programs, snake case
 * @param text one sentence with the numbers, for people
 */
public record Reason(String code, String text) {
    private static final double SMALLEST_SAID = 1e-4;

    /** A p-value as a sentence says it. */
    static String pValue(double p) {
        return p < SMALLEST_SAID ? "p < 0.0001" : String.format(Locale.ROOT, "p = %.3g", p);
    }

    /** Checks that there is something to say. */
    public Reason {
        if (code.isBlank() || text.isBlank()) {
            throw new IllegalArgumentException("a reason needs a code and a text");
        }
    }
}
