package org.showroomlab.reports.report;

import java.util.List;
import org.showroomlab.jobs.results.AccountingRow;

/**
 * What became of all records of a feed.
 *
 * @param received counted + inNoExperiment + duplicates + deadLettered, once nothing is on its way
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
        return unsettled() == 0;
    }

    /** The same as a share of what was received. */
    double shareOnTheirWay() {
        return received == 0 ? 0 : (double) unsettled() / received;
    }

    /** By how many records the sum is off: while events arrive some are on their way, each part of the job telling for itself. */
    public long unsettled() {
        return Math.abs(received - counted - inNoExperiment - duplicates - deadLettered);
    }
}
