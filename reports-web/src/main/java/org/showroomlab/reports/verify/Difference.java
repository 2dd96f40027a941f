package org.showroomlab.reports.verify;

/**
 * One place where the database and the recomputation do not say the same.
 *
 * @param key the row's key columns with their values
 * @param column the column that differs; {@code row} when only one side has the row
 */
public record Difference(String table, String key, String column, String stored, String recomputed) {
    @Override
    public String toString() {
        return table + " [" + key + "] " + column + ": stored " + stored + ", recomputed " + recomputed;
    }
}
