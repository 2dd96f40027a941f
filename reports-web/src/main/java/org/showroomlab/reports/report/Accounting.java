package org.showroomlab.reports.report;

import java.util.List;
import org.showroomlab.jobs.results.AccountingRow;

/**
 * What became of all records of a feed.
 *
 * @param received always counted + inNoExperiment + duplicates + deadLettered
 * @param conflictingDuplicates part of duplicates
 * @param late part of inNoExperiment
 */
public record Accounting(
        long received,
        long counted,
        long inNoExperiment,
        long duplicates,
        long conflictingDuplicates,
        long deadLettered,
        long late,
        long unknownExposures) {
    static final Accounting NOTHING = new Accounting(0, 0, 0, 0, 0, 0, 0, 0);

    public static Accounting of(List<AccountingRow> sources) {
        return sources.stream().reduce(NOTHING, Accounting::plus, (a, b) -> a);
    }

    private Accounting plus(AccountingRow row) {
        return new Accounting(
                received + row.received(),
                counted + row.counted(),
                inNoExperiment + row.inNoExperiment(),
                duplicates + row.duplicates(),
                conflictingDuplicates + row.conflictingDuplicates(),
                deadLettered + row.deadLettered(),
                late + row.late(),
                unknownExposures + row.unknownExposures());
    }

    /** Whether every record received has gone exactly one way. */
    public boolean closes() {
        return received == counted + inNoExperiment + duplicates + deadLettered;
    }
}
