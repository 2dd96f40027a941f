package org.showroomlab.reports.verify;

import java.util.List;

/**
 * What a verification found.
 *
 * @param tables in the order in which they were compared
 * @param leftOut experiments of the database that nothing was recomputed of, because their files were not given
 */
public record Verification(List<TableAgreement> tables, List<String> leftOut) {
    public Verification {
        tables = List.copyOf(tables);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * How far one table agrees.
     *
     * @param agreeing rows that are equal in every column
     * @param differences columns that differ in rows that both sides have, and rows that only one side has
     */
    public record TableAgreement(String table, long agreeing, long differences) {}

    /** The differences of all tables. */
    public long differenceCount() {
        return tables.stream().mapToLong(TableAgreement::differences).sum();
    }
}
