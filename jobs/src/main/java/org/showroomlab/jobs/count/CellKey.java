package org.showroomlab.jobs.count;

/**
 * Which cell of the answer: names, not numbers, so that it outlives a change of the loaded experiments. What does not
 * apply to a table is empty or 0.
 *
 * @param metric its id; of a life table the origin; of stock the kind
 * @param dimension its field name; of a life table the kind; of stock the showroom
 * @param dimensionValue the value of that field; of stock the SKU
 * @param period of a cluster; of stock the time in milliseconds
 * @param bin of a life table; of stock what is on hand
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
        LIFE_TABLES,
        /** n, and the sum of the pieces. */
        STOCK
    }

    /** The same in every process, which the hash of an enum is not: it decides who owns a key of state. */
    @Override
    public int hashCode() {
        int hash = table.ordinal();
        hash = 31 * hash + experiment.hashCode();
        hash = 31 * hash + metric.hashCode();
        hash = 31 * hash + variant.hashCode();
        hash = 31 * hash + dimension.hashCode();
        hash = 31 * hash + dimensionValue.hashCode();
        hash = 31 * hash + cluster.hashCode();
        hash = 31 * hash + Long.hashCode(period);
        hash = 31 * hash + Long.hashCode(bin);
        return 31 * hash + Long.hashCode(day);
    }

    static CellKey ofUnits(
            String experiment, String metric, String variant, String dimension, String dimensionValue, long day) {
        return new CellKey(Table.UNITS, experiment, metric, variant, dimension, dimensionValue, "", 0, 0, day);
    }
}
