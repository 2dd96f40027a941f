package org.showroomlab.jobs.count;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.showroomlab.jobs.results.AccountingRow;

/** Changes of the accounting since they were last taken, by source. */
public final class Accounts {

    /** The ways that a record can go. */
    public enum Way {
        RECEIVED,
        COUNTED,
        IN_NO_EXPERIMENT,
        DUPLICATE,
        CONFLICTING,
        DEAD_LETTERED,
        LATE,
        UNKNOWN_EXPOSURE
    }

    /** What became of one source's records: a count per way, and the largest time seen. */
    private static final class Account {
        private final long[] counts = new long[Way.values().length];
        private long newestMillis = Long.MIN_VALUE;
    }

    private final Map<String, Account> changes = new HashMap<>();

    public void add(String source, Way way, long change) {
        if (change != 0) {
            account(source).counts[way.ordinal()] += change;
        }
    }

    /** Takes note of a record that was received and of its event's time. */
    public void received(String source, long timestampMillis) {
        Account account = account(source);
        account.counts[Way.RECEIVED.ordinal()]++;
        account.newestMillis = Math.max(account.newestMillis, timestampMillis);
    }

    private Account account(String source) {
        Account known = changes.get(source);
        return known != null ? known : changes.computeIfAbsent(source, s -> new Account());
    }

    /** The changes, one row per source; they are taken: the next call starts from zero. */
    public List<AccountingRow> take() {
        List<AccountingRow> rows = new ArrayList<>(changes.size());
        changes.forEach((source, account) -> rows.add(row(source, account.counts, account.newestMillis)));
        changes.clear();
        return rows;
    }

    private static AccountingRow row(String source, long[] c, long newestMillis) {
        return new AccountingRow(
                source,
                c[Way.RECEIVED.ordinal()],
                c[Way.COUNTED.ordinal()],
                c[Way.IN_NO_EXPERIMENT.ordinal()],
                c[Way.DUPLICATE.ordinal()],
                c[Way.CONFLICTING.ordinal()],
                c[Way.DEAD_LETTERED.ordinal()],
                c[Way.LATE.ordinal()],
                c[Way.UNKNOWN_EXPOSURE.ordinal()],
                newestMillis);
    }
}
