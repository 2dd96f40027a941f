package org.showroomlab.jobs.flow;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.flink.metrics.MetricGroup;
import org.showroomlab.jobs.results.AccountingRow;

/** Every count of the accounting as a gauge, all sources of a subtask together, since the task started. */
final class AccountingMetrics {
    private static final Map<String, ToLongFunction<AccountingRow>> COUNTS = counts();

    private AccountingRow sum = new AccountingRow("", 0, 0, 0, 0, 0, 0, 0, 0, Long.MIN_VALUE);

    private static Map<String, ToLongFunction<AccountingRow>> counts() {
        Map<String, ToLongFunction<AccountingRow>> counts = new LinkedHashMap<>();
        counts.put("received", AccountingRow::received);
        counts.put("counted", AccountingRow::counted);
        counts.put("in_no_experiment", AccountingRow::inNoExperiment);
        counts.put("duplicates", AccountingRow::duplicates);
        counts.put("conflicting_duplicates", AccountingRow::conflictingDuplicates);
        counts.put("dead_lettered", AccountingRow::deadLettered);
        counts.put("late", AccountingRow::late);
        counts.put("unknown_exposures", AccountingRow::unknownExposures);
        return counts;
    }

    static AccountingMetrics of(MetricGroup group) {
        AccountingMetrics metrics = new AccountingMetrics();
        // A count may go down: a duplicate that wins takes back what the loser was.
        COUNTS.forEach((name, count) -> group.gauge(name, () -> count.applyAsLong(metrics.sum)));
        return metrics;
    }

    void add(AccountingRow change) {
        sum = sum.plus(change);
    }
}
