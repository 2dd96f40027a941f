package org.showroomlab.stats.clusters;

/**
 * The outcome of a randomisation test.
 *
 * @param estimate the statistic under the actual assignment
 * @param count assignments at least as extreme, the actual one among them
 * @param of assignments looked at
 * @param exact whether these are all that were possible
 * @param pValue count / of
 */
public record RandomizationResult(double estimate, long count, long of, boolean exact, double pValue) {

    /** Checks the counts. */
    public RandomizationResult {
        if (count < 1 || count > of) {
            throw new IllegalArgumentException("need 1 <= count <= of: " + count + ", " + of);
        }
    }

    static RandomizationResult of(double estimate, long count, long of, boolean exact) {
        return new RandomizationResult(estimate, count, of, exact, (double) count / of);
    }
}
