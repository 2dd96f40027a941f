package org.showroomlab.stats.verdict;

import java.util.List;

/**
 * A decision with everything that speaks for it, the weightiest reason first.
 *
 * @param decision what to do
 * @param reasons why, at least one
 */
public record Verdict(Decision decision, List<Reason> reasons) {

    /** Copies the reasons. */
    public Verdict {
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("a verdict needs a reason");
        }
    }
}
