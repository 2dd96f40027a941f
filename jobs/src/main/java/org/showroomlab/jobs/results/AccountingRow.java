package org.showroomlab.jobs.results;

/**
 * What became of the records of one source. It closes once no record is on its way any more: received = counted +
 * inNoExperiment + duplicates + deadLettered.
 *
 * @param source a topic or a file
 * @param conflictingDuplicates those duplicates whose content differs from the delivery that counts
 * @param late events that came after their experiment's state was released (part of inNoExperiment)
 * @param unknownExposures exposures to an experiment or variant that is not loaded
 * @param newestMillis the largest event time seen, epoch milliseconds; {@link Long#MIN_VALUE} before the first
 */
public record AccountingRow(
        String source,
        long received,
        long counted,
        long inNoExperiment,
        long duplicates,
        long conflictingDuplicates,
        long deadLettered,
        long late,
        long unknownExposures,
        long newestMillis)
        implements ResultRow {

    /** Both rows added up, under this one's source. */
    public AccountingRow plus(AccountingRow other) {
        return new AccountingRow(
                source,
                received + other.received,
                counted + other.counted,
                inNoExperiment + other.inNoExperiment,
                duplicates + other.duplicates,
                conflictingDuplicates + other.conflictingDuplicates,
                deadLettered + other.deadLettered,
                late + other.late,
                unknownExposures + other.unknownExposures,
                Math.max(newestMillis, other.newestMillis));
    }

    @Override
    public String rowKey() {
        return RowKey.of("a", source);
    }
}
