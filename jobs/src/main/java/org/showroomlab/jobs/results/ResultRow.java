package org.showroomlab.jobs.results;

/**
 * One row of the answer. Rows are absolute and keyed: writing one again, or writing an older one before the newest,
 * leaves the same table in the end.
 */
public sealed interface ResultRow
        permits ExperimentRow, ShowroomProgress, AccountingRow, DeadLetterRow, RolledBack, Cut, Settled {

    /** The key under which the newest row replaces the older ones. */
    String rowKey();

    /** The same cell with nothing in it, which is stored as no row; other rows are themselves. */
    default ResultRow emptied() {
        return this;
    }
}
