package org.showroomlab.reports.verify;

import java.util.List;

/**
 * What a verification found.
 *
 * @param tables in the order in which they were compared
 * @param differences the first {@link #SHOWN} of each table
 */
public record Verification(List<TableAgreement> tables, List<Difference> differences) {
    /** How many differences of a table are named. */
    public static final int SHOWN = 1_000;

    public Verification {
        tables = List.copyOf(tables);
        differences = List.copyOf(differences);
    }

    /**
     * How far one table agrees.
     *
     * @param agreeing rows that are equal in every column
     * @param differences columns that differ in rows that both sides have, and rows that only one side has
     */
    public record TableAgreement(String table, long agreeing, long differences) {}

    /** All differences, also those that are not named. */
    public long differenceCount() {
        return tables.stream().mapToLong(TableAgreement::differences).sum();
    }
}
