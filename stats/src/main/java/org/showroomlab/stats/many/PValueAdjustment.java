package org.showroomlab.stats.many;

import java.util.stream.IntStream;

/**
 * Adjustment of p-values for looking at several, in input order, as R's p.adjust.
 *
 * <p>Family-wise error: {@code BONFERRONI}, {@code HOLM} (1979), {@code HOCHBERG} (1988, doi:10.1093/biomet/75.4.800),
 * {@code HOMMEL} (1988, doi:10.1093/biomet/75.2.383); the last two assume independence or positive dependence. False
 * discovery rate: {@code BENJAMINI_HOCHBERG} (1995, doi:10.1111/j.2517-6161.1995.tb02031.x), {@code BENJAMINI_YEKUTIELI}
 * (2001, doi:10.1214/aos/1013699998), the latter under any dependence.
 *
 * <p>Edges: an empty list stays empty; a p-value outside [0, 1] is refused.
 */
public enum PValueAdjustment {
    /** No adjustment. */
    NONE,
    /** m·p. */
    BONFERRONI,
    /** Step-down Bonferroni. */
    HOLM,
    /** Step-up Bonferroni. */
    HOCHBERG,
    /** Closed Simes tests. */
    HOMMEL,
    /** Step-up control of the false discovery rate. */
    BENJAMINI_HOCHBERG,
    /** The same under arbitrary dependence. */
    BENJAMINI_YEKUTIELI;

    /** The adjusted p-values, each at most 1. */
    public double[] adjust(double... pValues) {
        for (double p : pValues) {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("a p-value must be in [0, 1]: " + p);
            }
        }
        int m = pValues.length;
        return switch (this) {
            case NONE -> pValues.clone();
            case BONFERRONI -> stepUp(pValues, rank -> m, false);
            case HOLM -> holm(pValues);
            case HOCHBERG -> stepUp(pValues, rank -> m - rank + 1, true);
            case HOMMEL -> hommel(pValues);
            case BENJAMINI_HOCHBERG -> stepUp(pValues, rank -> (double) m / rank, true);
            case BENJAMINI_YEKUTIELI -> stepUp(pValues, rank -> harmonic(m) * m / rank, true);
        };
    }

    private interface Factor {
        double at(int rank);
    }

    private static double[] stepUp(double[] p, Factor factor, boolean monotone) {
        int[] order = ascending(p);
        double[] adjusted = new double[p.length];
        double bound = 1;
        for (int i = p.length - 1; i >= 0; i--) {
            double value = Math.min(1, factor.at(i + 1) * p[order[i]]);
            bound = monotone ? Math.min(bound, value) : value;
            adjusted[order[i]] = bound;
        }
        return adjusted;
    }

    private static double[] holm(double[] p) {
        int[] order = ascending(p);
        double[] adjusted = new double[p.length];
        double bound = 0;
        for (int i = 0; i < p.length; i++) {
            bound = Math.max(bound, Math.min(1, (p.length - i) * p[order[i]]));
            adjusted[order[i]] = bound;
        }
        return adjusted;
    }

    /**
     * The largest Simes p-value over all intersections that hold the hypothesis. For an intersection of size k the worst
     * one takes the k − 1 largest others, so one pass per size suffices.
     */
    private static double[] hommel(double[] p) {
        int m = p.length;
        int[] order = ascending(p);
        double[] sorted = IntStream.of(order).mapToDouble(i -> p[i]).toArray();
        double[] best = sorted.clone();
        for (int k = 2; k <= m; k++) {
            double simesOfTop = Double.POSITIVE_INFINITY;
            for (int j = 2; j <= k; j++) {
                simesOfTop = Math.min(simesOfTop, k * sorted[m - k + j - 1] / j);
            }
            for (int i = 0; i < m; i++) {
                double own = Math.min(k * sorted[Math.min(i, m - k)], simesOfTop);
                best[i] = Math.max(best[i], own);
            }
        }
        double[] adjusted = new double[m];
        for (int i = 0; i < m; i++) {
            adjusted[order[i]] = Math.min(1, best[i]);
        }
        return adjusted;
    }

    private static int[] ascending(double[] p) {
        return IntStream.range(0, p.length)
                .boxed()
                .sorted((a, b) -> Double.compare(p[a], p[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double harmonic(int m) {
        return IntStream.rangeClosed(1, m).mapToDouble(i -> 1.0 / i).sum();
    }
}
