package org.showroomlab.stats.clusters;

/**
 * What one cluster at one dose contributes.
 *
 * @param x its place on the scale of the regression, for a time to live its logarithm
 * @param n visits, > 0
 * @param sum Σ of the metric over them
 */
public record DosedCluster(double x, double n, double sum) {

    /** Checks the numbers. */
    public DosedCluster {
        if (!Double.isFinite(x) || !Double.isFinite(sum) || !(n > 0 && n < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("need finite x and sum and n > 0: " + x + ", " + sum + ", " + n);
        }
    }
}
