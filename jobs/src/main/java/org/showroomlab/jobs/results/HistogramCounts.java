package org.showroomlab.jobs.results;

import java.time.LocalDate;
import java.util.List;

/**
 * What one day added to the histogram of one quantile metric in one cluster and period.
 *
 * <p>Buckets are those of {@link org.showroomlab.ingest.experiment.LogBuckets}. Under visitors as units the clusters are
 * {@link org.showroomlab.ingest.codec.Fingerprints#VISITOR_GROUPS} groups of visitors by the hash of their name, so that
 * the variance between groups carries the dependence within a visitor.
 *
 * @param cluster the cache or showroom; of visitor units the group's number in decimal
 * @param period number of the switchback period since the start; 0 without periods
 * @param day in the experiment's time zone
 * @param buckets bucket numbers, ascending
 * @param counts events per bucket, in the same order; never 0
 */
public record HistogramCounts(
        String experiment,
        String metric,
        String variant,
        String dimension,
        String dimensionValue,
        String cluster,
        long period,
        LocalDate day,
        List<Integer> buckets,
        List<Long> counts)
        implements ExperimentRow {
    public HistogramCounts {
        buckets = List.copyOf(buckets);
        counts = List.copyOf(counts);
        if (buckets.size() != counts.size()) {
            throw new IllegalArgumentException(
                    "buckets and counts must be of one length, were " + buckets.size() + " and " + counts.size());
        }
    }

    @Override
    public String rowKey() {
        return RowKey.of(
                "h",
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
    public HistogramCounts emptied() {
        return new HistogramCounts(
                experiment, metric, variant, dimension, dimensionValue, cluster, period, day, List.of(), List.of());
    }
}
