package org.showroomlab.stats.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The distribution of a z statistic over repeated looks under no effect, by recursive numerical integration.
 *
 * <p>Z_k has the covariance √(I_j/I_k); the density of (Z_k, not stopped before) is carried on a grid that is dense in the
 * middle and logarithmic in the tails, and integrated by Simpson's rule.
 *
 * <p>Source: Armitage, McPherson and Rowe (1969), doi:10.2307/2343787; Jennison and Turnbull (2000), Group Sequential
 * Methods, chapter 19.
 */
final class RepeatedLooks {

    private static final int RESOLUTION = 20;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    /** Steps between looks, in units of z, from which the grid itself is dense enough. */
    private static final double WIDE_STEP = 0.15;

    private static final double KERNEL_REACH = 9;
    private static final double KERNEL_STEP = 0.25;
    private static final int EDGE_POINTS = 24;

    private final List<Stop> stops = new ArrayList<>();
    private double information;
    private double[] at = {};
    private double[] density = {};
    private double[] logDensity = {};

    /** A bound of an earlier look: the density has an edge there that later looks wash out. */
    private record Stop(double score, double information) {}

    /** The chance to be above a bound at the next look, not having stopped before. */
    double above(double bound, double nextInformation) {
        return information == 0
                ? NORMAL.survivalProbability(bound)
                : integral(NORMAL::cumulativeProbability, bound, nextInformation);
    }

    /** Goes on to the next look with those whose statistic lies between the bounds. */
    void advance(double low, double high, double nextInformation) {
        double[] points = grid(low, high, nextInformation);
        double scale = Math.sqrt(nextInformation / (nextInformation - information));
        double[] next = new double[points.length];
        for (int j = 0; j < points.length; j++) {
            next[j] = information == 0
                    ? NORMAL.density(points[j])
                    : scale * integral(NORMAL::density, points[j], nextInformation);
        }
        at = points;
        density = next;
        logDensity = DoubleStream.of(next).map(Math::log).toArray();
        information = nextInformation;
        DoubleStream.of(low, high)
                .filter(Double::isFinite)
                .forEach(bound -> stops.add(new Stop(bound * Math.sqrt(nextInformation), nextInformation)));
    }

    /**
     * The integral of density(x) · kernel((x − centre)/width), where both are in units of this look. The density is taken as
     * quadratic between its points, so that a kernel narrower than the grid (two looks close together) is still met.
     */
    private double integral(DoubleUnaryOperator kernel, double nextZ, double nextInformation) {
        double centre = nextZ * Math.sqrt(nextInformation / information);
        double width = Math.sqrt((nextInformation - information) / information);
        double sum = 0;
        for (int i = 2; i < at.length; i += 2) {
            double from = at[i - 2];
            double to = at[i];
            double low = Math.min(to, Math.max(from, centre - KERNEL_REACH * width));
            double high = Math.min(to, Math.max(from, centre + KERNEL_REACH * width));
            int pieces = (int) Math.max(1, Math.ceil((high - low) / (KERNEL_STEP * width)));
            sum += simpson(kernel, i, centre, width, from, low);
            for (int k = 0; k < pieces; k++) {
                sum += simpson(
                        kernel,
                        i,
                        centre,
                        width,
                        low + (high - low) * k / pieces,
                        low + (high - low) * (k + 1) / pieces);
            }
            sum += simpson(kernel, i, centre, width, high, to);
        }
        return sum;
    }

    private double simpson(DoubleUnaryOperator kernel, int i, double centre, double width, double from, double to) {
        if (!(to > from)) {
            return 0;
        }
        double middle = (from + to) / 2;
        return (to - from)
                / 6
                * (density(i, from) * kernel.applyAsDouble((from - centre) / width)
                        + 4 * density(i, middle) * kernel.applyAsDouble((middle - centre) / width)
                        + density(i, to) * kernel.applyAsDouble((to - centre) / width));
    }

    /** The bell curve through the three points that end at i: the parabola of the logarithms. */
    private double density(int i, double x) {
        double t = (x - at[i - 1]) / (at[i] - at[i - 1]);
        double inLogs = parabola(logDensity[i - 2], logDensity[i - 1], logDensity[i], t);
        return Double.isFinite(inLogs)
                ? Math.exp(inLogs)
                : Math.max(0, parabola(density[i - 2], density[i - 1], density[i], t));
    }

    private static double parabola(double first, double middle, double last, double t) {
        return middle * (1 - t * t) + (last * (1 + t) - first * (1 - t)) * t / 2;
    }

    private double[] grid(double low, double high, double nextInformation) {
        int r = RESOLUTION;
        DoubleStream left = DoubleStream.iterate(1, i -> i < r, i -> i + 1).map(i -> -3 - 4 * Math.log(r / i));
        DoubleStream middle =
                DoubleStream.iterate(0, i -> i <= 4 * r, i -> i + 1).map(i -> -3 + 1.5 * i / r);
        DoubleStream right = DoubleStream.iterate(1, i -> i < r, i -> i + 1).map(i -> 3 + 4 * Math.log(r / (r - i)));
        double from = Math.max(low, -3 - 4 * Math.log(r));
        double to = Math.min(high, 3 + 4 * Math.log(r));
        double[] nodes = DoubleStream.concat(
                        DoubleStream.of(from, to),
                        Stream.of(left, middle, right, edges(nextInformation))
                                .flatMapToDouble(Function.identity())
                                .filter(x -> x > from && x < to))
                .sorted()
                .distinct()
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

    /** Points around the edges that earlier stops have left and that are still sharper than the grid. */
    private DoubleStream edges(double nextInformation) {
        return stops.stream().flatMapToDouble(stop -> {
            double centre = stop.score() / Math.sqrt(nextInformation);
            double width = Math.sqrt((nextInformation - stop.information()) / nextInformation);
            return IntStream.rangeClosed(-EDGE_POINTS, EDGE_POINTS)
                    .filter(k -> width < WIDE_STEP)
                    .mapToDouble(k -> centre + k * KERNEL_STEP * width);
        });
    }
}
