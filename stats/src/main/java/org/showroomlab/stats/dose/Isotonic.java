package org.showroomlab.stats.dose;

import java.util.ArrayList;
import java.util.List;

/**
 * Weighted isotonic regression by pooling adjacent violators: the monotone sequence nearest to the values in weighted
 * least squares.
 *
 * <p>Edges: one weight per value; values that are not finite and weights that are not positive are refused.
 *
 * <p>Source: Ayer et al. (1955), doi:10.1214/aoms/1177728423; Barlow et al. (1972).
 */
public final class Isotonic {

    private Isotonic() {}

    /** The nearest sequence that never falls. */
    public static List<Double> increasing(double[] y, double[] weights) {
        return fit(y, weights, 1);
    }

    /** The nearest sequence that never rises. */
    public static List<Double> decreasing(double[] y, double[] weights) {
        return fit(y, weights, -1);
    }

    private static List<Double> fit(double[] y, double[] weights, int sign) {
        if (y.length != weights.length) {
            throw new IllegalArgumentException("need one weight per value: " + y.length + ", " + weights.length);
        }
        double[] level = new double[y.length];
        double[] weight = new double[y.length];
        int[] size = new int[y.length];
        int blocks = 0;
        for (int i = 0; i < y.length; i++) {
            if (!Double.isFinite(y[i]) || !(weights[i] > 0 && weights[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("need finite y and weights > 0: " + y[i] + ", " + weights[i]);
            }
            level[blocks] = sign * y[i];
            weight[blocks] = weights[i];
            size[blocks] = 1;
            blocks++;
            while (blocks > 1 && level[blocks - 2] > level[blocks - 1]) {
                blocks--;
                double both = weight[blocks - 1] + weight[blocks];
                level[blocks - 1] = (weight[blocks - 1] * level[blocks - 1] + weight[blocks] * level[blocks]) / both;
                weight[blocks - 1] = both;
                size[blocks - 1] += size[blocks];
            }
        }
        List<Double> fitted = new ArrayList<>(y.length);
        for (int b = 0; b < blocks; b++) {
            for (int i = 0; i < size[b]; i++) {
                fitted.add(sign * level[b]);
            }
        }
        return fitted;
    }
}
