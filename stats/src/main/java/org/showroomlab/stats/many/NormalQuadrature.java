package org.showroomlab.stats.many;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The expectation of a function of a standard normal: Gauss–Legendre in panels over ±8, where the normal density is below
 * 1e-14. The usual nodes are made once, because making them costs more than using them.
 */
final class NormalQuadrature {

    private static final double REACH = 8;
    private static final int PANELS = 64;

    private static final int NODES = 8;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final GaussIntegrator RULE = new GaussIntegratorFactory().legendre(NODES);
    private static final double[] AT = new double[PANELS * NODES];
    private static final double[] WEIGHT = new double[PANELS * NODES];

    static {
        double half = REACH / PANELS;
        for (int panel = 0; panel < PANELS; panel++) {
            double middle = -REACH + (2 * panel + 1) * half;
            for (int i = 0; i < NODES; i++) {
                double z = middle + half * RULE.getPoint(i);
                AT[panel * NODES + i] = z;
                WEIGHT[panel * NODES + i] = half * RULE.getWeight(i) * NORMAL.density(z);
            }
        }
    }

    /** Panels of this many widths of a step, to each side of it. */
    private static final double[] AROUND_STEP = {-8, -5, -3, -2, -1, 0, 1, 2, 3, 5, 8};

    private NormalQuadrature() {}

    /**
     * Where the function goes from 0 to 1 or back as a normal distribution function does.
     *
     * @param at its middle
     * @param width its standard deviation
     */
    record Step(double at, double width) {
        private boolean isSteep() {
            return width < 2 * REACH / PANELS && Math.abs(at) < REACH + 8 * width;
        }
    }

    /**
     * The expectation.
     *
     * @param steps of the function; panels are made around those that are steep beside the usual ones
     */
    static double expectation(DoubleUnaryOperator f, List<Step> steps) {
        if (steps.stream().anyMatch(Step::isSteep)) {
            return inPanels(f, bounds(steps));
        }
        double sum = 0;
        for (int i = 0; i < AT.length; i++) {
            sum += WEIGHT[i] * f.applyAsDouble(AT[i]);
        }
        return sum;
    }

    private static double[] bounds(List<Step> steps) {
        DoubleStream usual = IntStream.rangeClosed(0, PANELS).mapToDouble(i -> -REACH + i * 2 * REACH / PANELS);
        DoubleStream around = steps.stream()
                .filter(Step::isSteep)
                .flatMapToDouble(step -> Arrays.stream(AROUND_STEP).map(k -> step.at() + k * step.width()))
                .filter(z -> Math.abs(z) < REACH);
        return DoubleStream.concat(usual, around).sorted().toArray();
    }

    private static double inPanels(DoubleUnaryOperator f, double[] bounds) {
        double sum = 0;
        for (int panel = 1; panel < bounds.length; panel++) {
            double middle = (bounds[panel] + bounds[panel - 1]) / 2;
            double half = (bounds[panel] - bounds[panel - 1]) / 2;
            for (int i = 0; i < NODES; i++) {
                double z = middle + half * RULE.getPoint(i);
                sum += half * RULE.getWeight(i) * NORMAL.density(z) * f.applyAsDouble(z);
            }
        }
        return sum;
    }
}
