package org.showroomlab.jobs.count;

import java.util.ArrayList;
import java.util.List;
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
        private boolean changed;
    }

    private final List<String> sources;
    private final Account[] accounts;

    /** Accounts of the sources with these names, by number. */
    public Accounts(List<String> sources) {
        this.sources = List.copyOf(sources);
        this.accounts = new Account[sources.size()];
        for (int i = 0; i < accounts.length; i++) {
            accounts[i] = new Account();
        }
    }

    public void add(int source, Way way, long change) {
        Account account = accounts[source];
        account.counts[way.ordinal()] += change;
        account.changed = true;
    }

    /** Takes note of a record that was received and of its event's time. */
    public void received(int source, long timestampMillis) {
        Account account = accounts[source];
        account.counts[Way.RECEIVED.ordinal()]++;
        account.newestMillis = Math.max(account.newestMillis, timestampMillis);
        account.changed = true;
    }

    /** The changes, one row per source; they are taken: the next call starts from zero. */
    public List<AccountingRow> take() {
        List<AccountingRow> rows = new ArrayList<>();
        for (int i = 0; i < accounts.length; i++) {
            if (accounts[i].changed) {
                rows.add(row(sources.get(i), accounts[i].counts, accounts[i].newestMillis));
                accounts[i] = new Account();
            }
        }
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
