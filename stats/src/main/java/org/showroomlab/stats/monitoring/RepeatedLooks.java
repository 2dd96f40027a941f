package org.showroomlab.stats.monitoring;

import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The distribution of a z statistic over repeated looks under no effect, by recursive numerical integration.
 *
 * <p>Z_k has the covariance √(I_j/I_k); the density of (Z_k, not stopped before) is carried on a grid that is dense in the
 * middle and logarithmic in the tails, with Simpson's weights.
 *
 * <p>Source: Armitage, McPherson and Rowe (1969), doi:10.2307/2343787; Jennison and Turnbull (2000), Group Sequential
 * Methods, chapter 19.
 */
final class RepeatedLooks {

    private static final int RESOLUTION = 20;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private double information;
    private double[] at = {0};
    private double[] mass = {1};

    /** The chance to be above a bound at the next look, not having stopped before. */
    double above(double bound, double nextInformation) {
        double step = Math.sqrt(nextInformation - information);
        double sum = 0;
        for (int i = 0; i < at.length; i++) {
            sum += mass[i] * NORMAL.survivalProbability(standardised(bound, nextInformation, at[i], step));
        }
        return sum;
    }

    /** Goes on to the next look with those whose statistic lies between the bounds. */
    void advance(double low, double high, double nextInformation) {
        double[] points = grid(low, high);
        double[] weights = simpson(points);
        double step = Math.sqrt(nextInformation - information);
        double scale = Math.sqrt(nextInformation) / step;
        for (int j = 0; j < points.length; j++) {
            double density = 0;
            for (int i = 0; i < at.length; i++) {
                density += mass[i] * NORMAL.density(standardised(points[j], nextInformation, at[i], step));
            }
            weights[j] *= density * scale;
        }
        at = points;
        mass = weights;
        information = nextInformation;
    }

    private double standardised(double z, double nextInformation, double previousZ, double step) {
        return (z * Math.sqrt(nextInformation) - previousZ * Math.sqrt(information)) / step;
    }

    private static double[] grid(double low, double high) {
        int r = RESOLUTION;
        DoubleStream left = DoubleStream.iterate(1, i -> i < r, i -> i + 1).map(i -> -3 - 4 * Math.log(r / i));
        DoubleStream middle =
                DoubleStream.iterate(0, i -> i <= 4 * r, i -> i + 1).map(i -> -3 + 1.5 * i / r);
        DoubleStream right = DoubleStream.iterate(1, i -> i < r, i -> i + 1).map(i -> 3 + 4 * Math.log(r / (r - i)));
        double from = Math.max(low, -3 - 4 * Math.log(r));
        double to = Math.min(high, 3 + 4 * Math.log(r));
        double[] nodes = DoubleStream.concat(
                        DoubleStream.of(from, to),
                        DoubleStream.concat(DoubleStream.concat(left, middle), right)
                                .filter(x -> x > from && x < to))
                .sorted()
                .toArray();
        double[] withMidpoints = new double[2 * nodes.length - 1];
        for (int i = 0; i < nodes.length; i++) {
            withMidpoints[2 * i] = nodes[i];
            if (i > 0) {
                withMidpoints[2 * i - 1] = (nodes[i - 1] + nodes[i]) / 2;
            }
        }
        return withMidpoints;
    }

    private static double[] simpson(double[] points) {
        double[] weights = new double[points.length];
        for (int i = 2; i < points.length; i += 2) {
            double width = points[i] - points[i - 2];
            weights[i - 2] += width / 6;
            weights[i - 1] += 4 * width / 6;
            weights[i] += width / 6;
        }
        return weights;
    }
}
