package org.showroomlab.reports.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.showroomlab.ingest.experiment.LogBuckets;
import org.showroomlab.stats.Interval;
import org.showroomlab.stats.quantile.Histogram;

/**
 * Stored bucket counts as histograms over one set of edges, in units of the value.
 *
 * <p>A bucket holds the integers from its lower bound to the last one below its upper bound, and a histogram spreads
 * counts evenly between edges. So each bucket reaches from its first to its last integer, with an empty bucket up to the
 * next: a bucket of a single integer gives that integer, not something up to 1 above it.
 *
 * <p>A quantile needs the buckets around it only. What lies below and above those is one bucket each, which changes no
 * answer inside the {@link #exact} part and makes thousands of periods quick.
 *
 * @param exact values between which every bucket is there
 */
record ValueHistograms(List<Histogram> histograms, Interval exact) {
    /** Width of a bucket that holds a single integer, in scaled units; edges have to ascend. */
    private static final double POINT = 1e-6;

    /** One histogram of each, all over the same edges; none when there are no events at all. */
    static List<Histogram> of(Collection<BucketCounts> counts, int scale) {
        return around(ArmHistograms.of(counts), 0.5, 1, scale).histograms();
    }

    /** The same with all buckets whose share of the events below them is within {@code reach} of {@code share}. */
    static ValueHistograms around(ArmHistograms arm, double share, double reach, int scale) {
        BucketCounts whole = arm.whole();
        int[] buckets = whole.buckets();
        if (buckets.length == 0) {
            return new ValueHistograms(List.of(), Interval.UNBOUNDED);
        }
        int from = 0;
        while (from < buckets.length - 1 && whole.upTo(buckets[from]) < (share - reach) * whole.total()) {
            from++;
        }
        int to = buckets.length - 1;
        while (to > from && whole.upTo(buckets[to - 1]) > (share + reach) * whole.total()) {
            to--;
        }
        return build(arm.clusters(), buckets, from, to, Math.pow(10, scale));
    }

    private static ValueHistograms build(
            Collection<BucketCounts> counts, int[] buckets, int from, int to, double unit) {
        boolean below = from > 0;
        boolean above = to < buckets.length - 1;
        int[] inside = Arrays.copyOfRange(buckets, from, to + 1);
        double[] edges = new double[2 * inside.length + (below ? 1 : 0) + (above ? 1 : 0)];
        int next = 0;
        if (below) {
            edges[next++] = first(buckets[0]) / unit;
        }
        for (int bucket : inside) {
            edges[next++] = first(bucket) / unit;
            edges[next++] = last(bucket) / unit;
        }
        if (above) {
            edges[next] = last(buckets[buckets.length - 1]) / unit;
        }
        List<Histogram> histograms = new ArrayList<>();
        for (BucketCounts one : counts) {
            histograms.add(Histogram.of(edges, counts(one, inside, below, above)));
        }
        return new ValueHistograms(
                histograms,
                new Interval(
                        below ? first(inside[0]) / unit : Double.NEGATIVE_INFINITY,
                        above ? last(inside[inside.length - 1]) / unit : Double.POSITIVE_INFINITY));
    }

    private static double[] counts(BucketCounts one, int[] inside, boolean below, boolean above) {
        double[] counts = new double[2 * inside.length - 1 + (below ? 1 : 0) + (above ? 1 : 0)];
        int next = 0;
        if (below) {
            counts[next++] = one.upTo(inside[0] - 1);
        }
        for (long events : one.in(inside)) {
            counts[next] = events;
            next += 2;
        }
        if (above) {
            counts[next - 1] = (double) one.total() - one.upTo(inside[inside.length - 1]);
        }
        return counts;
    }

    /** Events at or below a value. */
    static double atOrBelow(BucketCounts counts, double value, int scale) {
        double scaled = value * Math.pow(10, scale);
        int bucket = LogBuckets.bucketOf(Math.round(scaled));
        double inside = (scaled - first(bucket)) / (last(bucket) - first(bucket));
        return counts.upTo(bucket - 1) + Math.min(1, Math.max(0, inside)) * counts.in(bucket)[0];
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
