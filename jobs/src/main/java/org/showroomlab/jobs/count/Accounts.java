package org.showroomlab.jobs.count;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    private final Map<String, long[]> changes = new TreeMap<>();
    private final Map<String, Long> newest = new TreeMap<>();

    public void add(String source, Way way, long change) {
        if (change != 0) {
            changes.computeIfAbsent(source, s -> new long[Way.values().length])[way.ordinal()] += change;
        }
    }

    /** Takes note of an event's time. */
    public void seen(String source, long timestampMillis) {
        newest.merge(source, timestampMillis, Math::max);
    }

    /** The changes, one row per source; they are taken: the next call starts from zero. */
    public List<AccountingRow> take() {
        newest.keySet().forEach(source -> changes.computeIfAbsent(source, s -> new long[Way.values().length]));
        List<AccountingRow> rows = new ArrayList<>(changes.size());
        changes.forEach((source, c) -> rows.add(row(source, c, newest.getOrDefault(source, Long.MIN_VALUE))));
        changes.clear();
        newest.clear();
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
