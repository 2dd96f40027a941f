package org.showroomlab.jobs.results;

/**
 * How far a showroom has synced.
 *
 * @param newestMillis its largest event time seen, epoch milliseconds
 */
public record ShowroomProgress(String showroom, long newestMillis) implements ResultRow {
    @Override
    public String rowKey() {
        return RowKey.of("p", showroom);
    }
}
