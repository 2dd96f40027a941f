package org.showroomlab.jobs.results;

import java.time.LocalDate;

/**
 * What one day added to one cell of a life table: units that entered, or that left by some end.
 *
 * @param origin what starts the clock: {@code exposure}, {@code preorder} or {@code subscription}
 * @param entryBin bin of the unit's entry, counted from the experiment's start
 * @param kind {@code entered}, or the end: {@code picked_up}, {@code cancelled}, {@code no_show}, {@code renewed}
 * @param bin bins from entry to the end; 0 for {@code entered}
 * @param day of the entry or the end, in the experiment's time zone
 * @param n units
 */
public record LifeTableCount(
        String experiment, String variant, String origin, long entryBin, String kind, long bin, LocalDate day, long n)
        implements ExperimentRow {
    @Override
    public String rowKey() {
        return RowKey.of(
                "l", experiment, variant, origin, Long.toString(entryBin), kind, Long.toString(bin), day.toString());
    }

    @Override
    public LifeTableCount emptied() {
        return new LifeTableCount(experiment, variant, origin, entryBin, kind, bin, day, 0);
    }
}
