package org.showroomlab.stats.design;

import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Upper tail of the noncentral t distribution: P(T > c) = E[1 − Φ(c·S − δ)] with S² = χ²_ν/ν, integrated over the density
 * of S. S stays within 10 of its standard deviations 1/√(2ν) from 1.
 */
final class NoncentralT {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final int PANELS = 4;
    /** On [−1, 1]; one finished rule, because the factory's cache is not safe between threads. */
    private static final GaussIntegrator RULE = new GaussIntegratorFactory().legendre(64, -1, 1);

    private NoncentralT() {}

    static double survival(double c, double df, double noncentrality) {
        ChiSquaredDistribution chi = ChiSquaredDistribution.of(df);
        double spread = 10 / Math.sqrt(2 * df);
        double low = Math.max(0, 1 - spread);
        double half = (1 + spread - low) / PANELS / 2;
        double sum = 0;
        for (int panel = 0; panel < PANELS; panel++) {
            double middle = low + (2 * panel + 1) * half;
            sum += half
                    * RULE.integrate(x -> {
                        double s = middle + half * x;
                        return 2 * df * s * chi.density(df * s * s) * NORMAL.survivalProbability(c * s - noncentrality);
                    });
        }
        return Math.min(1, Math.max(0, sum));
    }
}
