package org.showroomlab.stats.clusters;

/**
 * What one cluster (an edge cache, a showroom, or one of these in one period) contributes.
 *
 * @param n visits or events in the cluster, ≥ 0; the denominator of a ratio may stand here as well
 * @param sum Σ of the metric over them
 * @param treated whether the cluster was assigned to the treatment
 */
public record Cluster(double n, double sum, boolean treated) {

    /** Checks the numbers. */
    public Cluster {
        if (!(n >= 0 && n < Double.POSITIVE_INFINITY) || !Double.isFinite(sum)) {
            throw new IllegalArgumentException("need finite n >= 0 and a finite sum: " + n + ", " + sum);
        }
        if (n == 0 && sum != 0) {
            throw new IllegalArgumentException("a cluster without visits cannot have a sum: " + sum);
        }
    }

    /** The cluster's own mean; needs a visit. */
    public double mean() {
        return sum / n;
    }
}
