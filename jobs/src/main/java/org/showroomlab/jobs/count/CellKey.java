package org.showroomlab.jobs.count;

import java.util.Objects;

/**
 * Which cell of the answer: names, not numbers, so that it outlives a change of the loaded experiments. What does not
 * apply to a table is empty or 0.
 *
 * @param metric its id; of a life table the origin
 * @param dimension its field name; of a life table the kind
 * @param day as {@link java.time.LocalDate#toEpochDay()}
 */
public record CellKey(
        Table table,
        String experiment,
        String metric,
        String variant,
        String dimension,
        String dimensionValue,
        String cluster,
        long period,
        long bin,
        long day) {
    /** The tables of the answer that units and clusters add to. */
    public enum Table {
        /** n, events and the sums of {@link org.showroomlab.jobs.results.UnitStatistic}. */
        UNITS,
        /** events, denominator events, sum, sum of squares, denominator sum. */
        CLUSTERS,
        /** Counts per bucket. */
        HISTOGRAMS,
        /** n; the period is the bin of entry. */
        LIFE_TABLES
    }

    /** The same in every process, since it chooses the subtask that owns the cell: an enum's own hash is not. */
    @Override
    public int hashCode() {
        int names = Objects.hash(experiment, metric, variant, dimension, dimensionValue, cluster);
        return 31 * (31 * names + table.ordinal()) + Long.hashCode(31 * (31 * period + bin) + day);
    }

    static CellKey ofUnits(
            String experiment, String metric, String variant, String dimension, String dimensionValue, long day) {
        return new CellKey(Table.UNITS, experiment, metric, variant, dimension, dimensionValue, "", 0, 0, day);
    }
}
