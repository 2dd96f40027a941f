package org.showroomlab.reports.report;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.showroomlab.ingest.experiment.LogBuckets;
import org.showroomlab.stats.quantile.Histogram;

/**
 * Stored bucket counts as histograms over one set of edges, in units of the value.
 *
 * <p>A bucket holds the integers from its lower bound to the last one below its upper bound, and a histogram spreads
 * counts evenly between edges. So each bucket reaches from its first to its last integer, with an empty bucket up to the
 * next: a bucket of a single integer gives that integer, not something up to 1 above it.
 */
final class ValueHistograms {
    /** Width of a bucket that holds a single integer, in scaled units; edges have to ascend. */
    private static final double POINT = 1e-6;

    private final SortedSet<Integer> buckets = new TreeSet<>();
    private final int scale;

    private ValueHistograms(int scale) {
        this.scale = scale;
    }

    /** One histogram per map of counts, all over the same edges; none when there are no counts at all. */
    static List<Histogram> of(Collection<SortedMap<Integer, Long>> counts, int scale) {
        ValueHistograms all = new ValueHistograms(scale);
        counts.forEach(map -> all.buckets.addAll(map.keySet()));
        if (all.buckets.isEmpty()) {
            return List.of();
        }
        double[] edges = all.edges();
        return counts.stream().map(map -> Histogram.of(edges, all.counts(map))).toList();
    }

    private double[] edges() {
        double[] edges = new double[2 * buckets.size()];
        double unit = Math.pow(10, scale);
        int next = 0;
        for (int bucket : buckets) {
            edges[next++] = first(bucket) / unit;
            edges[next++] = last(bucket) / unit;
        }
        return edges;
    }

    private double[] counts(SortedMap<Integer, Long> map) {
        double[] counts = new double[2 * buckets.size() - 1];
        int next = 0;
        for (int bucket : buckets) {
            counts[next] = map.getOrDefault(bucket, 0L);
            next += 2;
        }
        return counts;
    }

    private static double first(int bucket) {
        if (bucket < 0) {
            return -last(-bucket);
        }
        return bucket == 0 ? 0 : LogBuckets.lowerBound(bucket);
    }

    private static double last(int bucket) {
        if (bucket < 0) {
            return -first(-bucket);
        }
        if (bucket == 0) {
            return POINT;
        }
        long low = LogBuckets.lowerBound(bucket);
        long high = LogBuckets.upperBound(bucket);
        return high - low == 1 ? low + POINT : high - 1.0;
    }
}
