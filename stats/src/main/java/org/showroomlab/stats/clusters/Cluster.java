package org.showroomlab.stats.clusters;

/**
 * What one cluster (an edge cache, a showroom, or one of these in one period) contributes.
 *
 * @param n visits or events in the cluster, ≥ 0; or the denominator of a ratio, which may be 0 where the numerator is not
 * @param sum Σ of the metric over them
 * @param treated whether the cluster was assigned to the treatment
 */
public record Cluster(double n, double sum, boolean treated) {

    /** Checks the numbers. */
    public Cluster {
        if (!(n >= 0 && n < Double.POSITIVE_INFINITY) || !Double.isFinite(sum)) {
            throw new IllegalArgumentException("need finite n >= 0 and a finite sum: " + n + ", " + sum);
        }
    }

    /** Whether it contributes nothing at all. */
    public boolean isEmpty() {
        return n == 0 && sum == 0;
    }

    /** The cluster's own mean; needs a visit. */
    public double mean() {
        return sum / n;
    }
}
