package org.showroomlab.stats.many;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The expectation of a function of a standard normal: Gauss–Legendre in panels over ±8, where the normal density is below
 * 1e-14. The nodes are made once, because making them costs more than using them.
 */
final class NormalQuadrature {

    private static final double REACH = 8;
    /** Many, since arms of very unequal precision make functions with steep steps. */
    private static final int PANELS = 64;

    private static final int NODES = 8;
    private static final double[] AT = new double[PANELS * NODES];
    private static final double[] WEIGHT = new double[PANELS * NODES];

    static {
        NormalDistribution normal = NormalDistribution.of(0, 1);
        GaussIntegratorFactory rules = new GaussIntegratorFactory();
        double width = 2 * REACH / PANELS;
        for (int panel = 0; panel < PANELS; panel++) {
            double from = -REACH + panel * width;
            GaussIntegrator rule = rules.legendre(NODES, from, from + width);
            for (int i = 0; i < NODES; i++) {
                AT[panel * NODES + i] = rule.getPoint(i);
                WEIGHT[panel * NODES + i] = rule.getWeight(i) * normal.density(rule.getPoint(i));
            }
        }
    }

    private NormalQuadrature() {}

    static double expectation(DoubleUnaryOperator f) {
        double sum = 0;
        for (int i = 0; i < AT.length; i++) {
            sum += WEIGHT[i] * f.applyAsDouble(AT[i]);
        }
        return sum;
    }
}
