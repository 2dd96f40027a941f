package org.showroomlab.reports.report;

import org.showroomlab.ingest.experiment.LogBuckets;
import org.showroomlab.stats.quantile.Histogram;

/**
 * Stored bucket counts by value, in units of the value.
 *
 * <p>A bucket holds the integers from its lower bound to the last one below its upper bound, and a histogram spreads
 * counts evenly between edges. So each bucket reaches from its first to its last integer, with an empty bucket up to the
 * next: a bucket of a single integer gives that integer, not something up to 1 above it.
 */
final class ValueHistograms {
    /** Width of a bucket that holds a single integer, in scaled units; edges have to ascend. */
    private static final double POINT = 1e-6;

    private ValueHistograms() {}

    /** The histogram of at least one event. */
    static Histogram of(BucketCounts counts, int scale) {
        int[] buckets = counts.buckets();
        double[] events = new double[2 * buckets.length - 1];
        for (int i = 0; i < buckets.length; i++) {
            events[2 * i] = counts.in(buckets[i]);
        }
        return Histogram.of(edges(buckets, scale), events);
    }

    /** The edges of that histogram: of each bucket the first and the last value. */
    static double[] edges(int[] buckets, int scale) {
        double unit = Math.pow(10, scale);
        double[] edges = new double[2 * buckets.length];
        for (int i = 0; i < buckets.length; i++) {
            edges[2 * i] = first(buckets[i], unit);
            edges[2 * i + 1] = last(buckets[i], unit);
        }
        return edges;
    }

    /** Events at or below a value. */
    static double atOrBelow(BucketCounts counts, double value, int scale) {
        double scaled = value * Math.pow(10, scale);
        int bucket = LogBuckets.bucketOf(Math.round(scaled));
        double inside = (scaled - first(bucket, 1)) / (last(bucket, 1) - first(bucket, 1));
        return counts.upTo(bucket - 1) + Math.min(1, Math.max(0, inside)) * counts.in(bucket);
    }

    private static double first(int bucket, double unit) {
        if (bucket < 0) {
            return -last(-bucket, unit);
        }
        return bucket == 0 ? 0 : LogBuckets.lowerBound(bucket) / unit;
    }

    /** Where integers are further apart than 1, as those of a double are from 2⁵³ on, the last one is the one before. */
    private static double last(int bucket, double unit) {
        if (bucket < 0) {
            return -first(-bucket, unit);
        }
        if (bucket == 0) {
            return POINT / unit;
        }
        long low = LogBuckets.lowerBound(bucket);
        long high = LogBuckets.upperBound(bucket);
        return high - low == 1 ? (low + POINT) / unit : Math.min((high - 1.0) / unit, Math.nextDown(high / unit));
    }
}
