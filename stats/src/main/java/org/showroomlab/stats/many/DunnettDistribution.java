package org.showroomlab.stats.many;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The largest of several differences to one common arm, in large samples: correlations ρ_ij = λ_iλ_j with λ_i = √(v₀/(v₀ +
 * v_i)), v the variances of the arms; equal arms have ρ = ½.
 *
 * <p>P(all ≤ d) = ∫φ(z) Π Φ((d + λ_i z)/√(1 − λ_i²)) dz, and likewise with both ends for |·|.
 *
 * <p>Source: Dunnett (1955), doi:10.1080/01621459.1955.10501294; Hsu (1996), Multiple Comparisons, chapter 5.
 */
public final class DunnettDistribution {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double LARGEST = 30;

    private final double[] lambda;
    /** √(1 − λ²), which would cancel where λ is near 1. */
    private final double[] rest;

    private DunnettDistribution(double[] lambda, double[] rest) {
        this.lambda = lambda;
        this.rest = rest;
    }

    /** Comparisons of arms with these variances to one with that variance. */
    public static DunnettDistribution of(double commonVariance, double... variances) {
        double[] lambda = new double[variances.length];
        double[] rest = new double[variances.length];
        for (int i = 0; i < lambda.length; i++) {
            if (!(variances[i] > 0) || !(commonVariance > 0)) {
                throw new IllegalArgumentException("variances must be > 0: " + commonVariance + ", " + variances[i]);
            }
            lambda[i] = Math.sqrt(commonVariance / (commonVariance + variances[i]));
            rest[i] = Math.sqrt(variances[i] / (commonVariance + variances[i]));
        }
        return new DunnettDistribution(lambda, rest);
    }

    /** So many comparisons of equally large arms. */
    public static DunnettDistribution balanced(int comparisons) {
        double[] ones = new double[comparisons];
        java.util.Arrays.fill(ones, 1);
        return of(1, ones);
    }

    /** The d that |difference|/SE exceeds anywhere with probability α. */
    public double twoSidedCriticalValue(double alpha) {
        return critical(alpha, true);
    }

    /** The d that difference/SE exceeds anywhere with probability α. */
    public double oneSidedCriticalValue(double alpha) {
        return critical(alpha, false);
    }

    /** The chance that the largest |difference|/SE is at least d: Dunnett's adjusted p-value. */
    public double twoSidedPValue(double d) {
        return Math.min(1, Math.max(0, 1 - within(Math.abs(d), true)));
    }

    private double critical(double alpha, boolean twoSided) {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha must be in (0, 1): " + alpha);
        }
        return new BrentSolver(1e-10)
                .solve(200, d -> within(d, twoSided) - (1 - alpha), twoSided ? 0 : -LARGEST, LARGEST);
    }

    private double within(double d, boolean twoSided) {
        return NormalQuadrature.expectation(z -> allWithin(d, z, twoSided), steps(d, twoSided));
    }

    private List<NormalQuadrature.Step> steps(double d, boolean twoSided) {
        List<NormalQuadrature.Step> steps = new ArrayList<>();
        for (int i = 0; i < lambda.length; i++) {
            double width = rest[i] / lambda[i];
            steps.add(new NormalQuadrature.Step(-d / lambda[i], width));
            if (twoSided) {
                steps.add(new NormalQuadrature.Step(d / lambda[i], width));
            }
        }
        return steps;
    }

    private double allWithin(double d, double z, boolean twoSided) {
        double product = 1;
        for (int i = 0; i < lambda.length; i++) {
            double upper = NORMAL.cumulativeProbability((d + lambda[i] * z) / rest[i]);
            product *=
                    twoSided ? Math.max(0, upper - NORMAL.cumulativeProbability((lambda[i] * z - d) / rest[i])) : upper;
        }
        return product;
    }
}
