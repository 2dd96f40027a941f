package org.showroomlab.jobs.results;

import java.math.BigInteger;
import java.time.LocalDate;

/**
 * What one day added to one metric of one cluster in one period, over the events: n, S and Q of cluster-robust methods.
 *
 * @param cluster the cache or showroom
 * @param period number of the switchback period since the start; 0 without periods
 * @param day in the experiment's time zone
 * @param events matching events; of a share or quantile: those that carry the value
 * @param sum of the values (of a share: events at most the threshold), in scaled units
 * @param sumSquares of the same values
 * @param denEvents matching events of a ratio's denominator; else 0
 * @param denSum of the denominator's values; else 0
 */
public record ClusterStatistic(
        String experiment,
        String metric,
        String variant,
        String dimension,
        String dimensionValue,
        String cluster,
        long period,
        LocalDate day,
        long events,
        BigInteger sum,
        BigInteger sumSquares,
        long denEvents,
        BigInteger denSum)
        implements ExperimentRow {
    @Override
    public String rowKey() {
        return RowKey.of(
                "c",
                experiment,
                metric,
                variant,
                dimension,
                dimensionValue,
                cluster,
                Long.toString(period),
                day.toString());
    }

    @Override
    public ClusterStatistic emptied() {
        return new ClusterStatistic(
                experiment,
                metric,
                variant,
                dimension,
                dimensionValue,
                cluster,
                period,
                day,
                0,
                BigInteger.ZERO,
                BigInteger.ZERO,
                0,
                BigInteger.ZERO);
    }
}
