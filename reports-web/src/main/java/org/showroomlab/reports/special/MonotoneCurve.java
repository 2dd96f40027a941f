package org.showroomlab.reports.special;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.showroomlab.stats.dose.Isotonic;

/**
 * Isotonic regression over points that may come in any order and several at one x; the fitted values come back in the
 * order of the points.
 */
public final class MonotoneCurve {

    /** Which way the curve may go. */
    public enum Direction {
        INCREASING {
            @Override
            List<Double> fitSorted(double[] y, double[] w) {
                return Isotonic.increasing(y, w);
            }
        },
        DECREASING {
            @Override
            List<Double> fitSorted(double[] y, double[] w) {
                return Isotonic.decreasing(y, w);
            }
        };

        abstract List<Double> fitSorted(double[] y, double[] w);

        /** The fitted values in the order of the points. */
        public double[] fit(double[] x, double[] y, double[] w) {
            double[] places = DoubleStream.of(x).distinct().sorted().toArray();
            double[] mean = new double[places.length];
            double[] weight = new double[places.length];
            for (int i = 0; i < x.length; i++) {
                int at = Arrays.binarySearch(places, x[i]);
                weight[at] += w[i];
                mean[at] += (y[i] - mean[at]) * (w[i] / weight[at]);
            }
            List<Double> fitted = fitSorted(mean, weight);
            return DoubleStream.of(x)
                    .map(v -> fitted.get(Arrays.binarySearch(places, v)))
                    .toArray();
        }
    }

    private MonotoneCurve() {}
}
