package org.showroomlab.stats.verdict;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One reason behind a decision.
 *
 * @param code for programs, snake case
 * @param text one sentence with the numbers, for people
 * @param metric the metric's id; {@code null} when it is not about one
 * @param variant the treatment's id; {@code null} when it is not about one
 */
public record Reason(
        String code,
        String text,
        @Nullable String metric,
        @Nullable String variant) {
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

    /** One about the experiment as a whole. */
    public Reason(String code, String text) {
        this(code, text, null, null);
    }
}
