package org.showroomlab.reports.analyze;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.showroomlab.stats.dose.Isotonic;

/** Isotonic regression over points that may come in any order; the fitted values come back in theirs. */
final class MonotoneCurve {

    /** Which way the curve may go. */
    enum Direction {
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

        double[] fit(double[] x, double[] y, double[] w) {
            int[] order = IntStream.range(0, x.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> x[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            List<Double> sorted = fitSorted(reordered(y, order), reordered(w, order));
            double[] fitted = new double[x.length];
            for (int k = 0; k < order.length; k++) {
                fitted[order[k]] = sorted.get(k);
            }
            return fitted;
        }
    }

    private MonotoneCurve() {}

    private static double[] reordered(double[] values, int[] order) {
        return IntStream.of(order).mapToDouble(i -> values[i]).toArray();
    }
}
