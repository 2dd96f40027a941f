package org.showroomlab.stats.monitoring;

import org.apache.commons.math3.analysis.solvers.BrentSolver;

/**
 * Two-sided designs with K equally spaced looks, and what peeking costs without one.
 *
 * <p>{@code O'Brien–Fleming}: |Z_k| ≥ C√(K/k). {@code Pocock}: |Z_k| ≥ C.
 *
 * <p>Source: O'Brien and Fleming (1979), doi:10.2307/2530245; Pocock (1977), doi:10.1093/biomet/64.2.191; Armitage,
 * McPherson and Rowe (1969), doi:10.2307/2343787.
 */
public final class EqualLooks {

    private EqualLooks() {}

    /** O'Brien and Fleming's constant C for a two-sided level. */
    public static double obrienFleming(int looks, double alpha) {
        return constant(looks, alpha, k -> Math.sqrt((double) looks / k));
    }

    /** Pocock's constant C for a two-sided level. */
    public static double pocock(int looks, double alpha) {
        return constant(looks, alpha, k -> 1);
    }

    /** The chance of a false alarm when |Z| is held against one critical value at every look. */
    public static double falseAlarms(int looks, double criticalValue) {
        return crossing(looks, criticalValue, k -> 1);
    }

    private interface Shape {
        double at(int look);
    }

    private static double constant(int looks, double alpha, Shape shape) {
        if (looks < 1 || !(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("need looks >= 1 and alpha in (0, 1): " + looks + ", " + alpha);
        }
        return new BrentSolver(1e-8).solve(200, c -> crossing(looks, c, shape) - alpha, 0.1, 10);
    }

    private static double crossing(int looks, double c, Shape shape) {
        RepeatedLooks repeated = new RepeatedLooks();
        double total = 0;
        for (int k = 1; k <= looks; k++) {
            double bound = c * shape.at(k);
            double t = (double) k / looks;
            total += 2 * repeated.above(bound, t);
            repeated.advance(-bound, bound, t);
        }
        return total;
    }
}
