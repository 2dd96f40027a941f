package org.showroomlab.stats.quantile;

import java.util.Arrays;

/**
 * Counts between edges; inside a bucket the values are taken as evenly spread. Histograms over the same edges can be
 * merged and subtracted.
 */
public final class Histogram {

    private final double[] edges;
    private final double[] cumulative;

    private Histogram(double[] edges, double[] cumulative) {
        this.edges = edges;
        this.cumulative = cumulative;
    }

    /**
     * A histogram.
     *
     * @param edges ascending bucket edges, one more than counts
     * @param counts events per bucket, ≥ 0
     */
    public static Histogram of(double[] edges, double[] counts) {
        if (edges.length != counts.length + 1 || counts.length == 0) {
            throw new IllegalArgumentException(
                    "need one more edge than counts: " + edges.length + ", " + counts.length);
        }
        double[] cumulative = new double[edges.length];
        for (int i = 0; i < counts.length; i++) {
            if (!(counts[i] >= 0 && counts[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("counts must be finite and >= 0: " + counts[i]);
            }
            if (!(edges[i] < edges[i + 1] && Double.isFinite(edges[i]) && Double.isFinite(edges[i + 1]))) {
                throw new IllegalArgumentException("edges must ascend: " + edges[i] + ", " + edges[i + 1]);
            }
            cumulative[i + 1] = cumulative[i] + counts[i];
        }
        return new Histogram(edges.clone(), cumulative);
    }

    /** The number of events. */
    public double total() {
        return cumulative[cumulative.length - 1];
    }

    /** Events at or below a value. */
    public double countUpTo(double value) {
        if (value <= edges[0]) {
            return 0;
        }
        if (value >= edges[edges.length - 1]) {
            return total();
        }
        int found = Arrays.binarySearch(edges, value);
        int bucket = found >= 0 ? found : -found - 2;
        double inside = (value - edges[bucket]) / (edges[bucket + 1] - edges[bucket]);
        return cumulative[bucket] + inside * (cumulative[bucket + 1] - cumulative[bucket]);
    }

    /** The smallest value with at least this share of the events at or below it; the share is clamped to [0, 1]. */
    public double quantile(double share) {
        double target = Math.min(1, Math.max(0, share)) * total();
        int bucket = 0;
        while (bucket < edges.length - 2 && (cumulative[bucket + 1] < target || cumulative[bucket + 1] == 0)) {
            bucket++;
        }
        double count = cumulative[bucket + 1] - cumulative[bucket];
        double inside = count == 0 ? 0 : Math.min(1, (target - cumulative[bucket]) / count);
        return edges[bucket] + inside * (edges[bucket + 1] - edges[bucket]);
    }

    /** The events of both; the edges must be the same. */
    public Histogram merge(Histogram other) {
        return combine(other, 1);
    }

    /** The events of this that are not in the other, which must be a part of it. */
    public Histogram subtract(Histogram part) {
        return combine(part, -1);
    }

    private Histogram combine(Histogram other, int sign) {
        if (!Arrays.equals(edges, other.edges)) {
            throw new IllegalArgumentException("histograms have different edges");
        }
        double[] sum = new double[cumulative.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = cumulative[i] + sign * other.cumulative[i];
            if (i > 0 && sum[i] < sum[i - 1]) {
                throw new IllegalArgumentException("cannot subtract what is not there: bucket from " + edges[i - 1]);
            }
        }
        return new Histogram(edges, sum);
    }
}
