package org.showroomlab.jobs.flow;

import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.results.AccountingRow;

/**
 * What became of some records of a source; or how far a subtask of the totals has got, as far as it goes to the subtask that
 * the key belongs to.
 *
 * @param key the source
 * @param change {@code null}: it says how far
 * @param reached {@code null}: it is a change
 */
record AccountChange(
        String key,
        @Nullable AccountingRow change,
        @Nullable Reached reached) {
    /**
     * All that had come to the operators before the totals by that time is in the totals, and said.
     *
     * @param subtask of the totals
     */
    record Reached(int subtask, long millis) {}

    static AccountChange of(AccountingRow change) {
        return new AccountChange(change.source(), change, null);
    }
}
