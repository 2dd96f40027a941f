package org.showroomlab.stats.many;

import java.util.stream.IntStream;

/**
 * Control of the false discovery rate from e-values, valid at any stopping time and under any dependence: with e-values
 * ordered downwards, reject the k* largest, k* = max{k : k·e_(k)/m ≥ 1/α}.
 *
 * <p>Source: Wang and Ramdas (2022), doi:10.1111/rssb.12489.
 */
public final class EBenjaminiHochberg {

    private EBenjaminiHochberg() {}

    /** Which hypotheses are rejected, in input order. */
    public static boolean[] reject(double[] eValues, double alpha) {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha must be in (0, 1): " + alpha);
        }
        for (double e : eValues) {
            if (!(e >= 0)) {
                throw new IllegalArgumentException("an e-value must be >= 0: " + e);
            }
        }
        int m = eValues.length;
        int[] order = IntStream.range(0, m)
                .boxed()
                .sorted((a, b) -> Double.compare(eValues[b], eValues[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        int rejected = 0;
        for (int k = 1; k <= m; k++) {
            if (k * eValues[order[k - 1]] / m >= 1 / alpha) {
                rejected = k;
            }
        }
        boolean[] result = new boolean[m];
        IntStream.of(order).limit(rejected).forEach(i -> result[i] = true);
        return result;
    }
}
