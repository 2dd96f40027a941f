package org.showroomlab.stats.demand;

import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.PointValuePair;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;
import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;
import org.showroomlab.stats.Computable;

/**
 * Demand per drop as {@link CensoredPoisson}, but with more spread than Poisson: negative binomial with mean μ and variance
 * μ + μ²/k. Open drops contribute the probability of their sales, sold-out ones P(D ≥ s) = I_{μ/(k+μ)}(s, k). Maximum
 * likelihood over (ln μ, ln k); SE of μ from the observed information.
 *
 * <p>Edges: as {@link CensoredPoisson}; without extra spread k grows without limit and is reported as {@link #LARGEST_SIZE},
 * where the model is Poisson for all purposes.
 *
 * <p>Source: Agrawal and Smith (1996), doi:10.1002/(SICI)1520-6750(199609)43:6.
 *
 * @param mean demand per drop
 * @param stdError its standard error
 * @param size k; smaller means more spread
 * @param logLikelihood at the maximum
 */
public record CensoredNegativeBinomial(double mean, double stdError, double size, double logLikelihood) {

    /** k beyond which the variance differs from Poisson's by less than a millionth of the squared mean. */
    public static final double LARGEST_SIZE = 1e6;

    private static final double STEP = 1e-4;

    /** The estimate from sales and stock; sales equal to stock means sold out. */
    public static Computable<CensoredNegativeBinomial> of(long[] sales, long[] stock) {
        return CensoredPoisson.of(sales, stock).map(poisson -> maximum(sales, stock, poisson));
    }

    private static CensoredNegativeBinomial maximum(long[] sales, long[] stock, CensoredPoisson poisson) {
        MultivariateFunction likelihood = at -> logLikelihood(at[0], at[1], sales, stock);
        PointValuePair best = new SimplexOptimizer(1e-13, 1e-13)
                .optimize(
                        new MaxEval(10_000),
                        new ObjectiveFunction(likelihood),
                        GoalType.MAXIMIZE,
                        new InitialGuess(new double[] {Math.log(poisson.lambda()), Math.log(5)}),
                        new NelderMeadSimplex(2, 0.3));
        double[] at = best.getPoint();
        double mean = Math.exp(at[0]);
        double size = Math.min(LARGEST_SIZE, Math.exp(at[1]));
        return new CensoredNegativeBinomial(
                mean, mean * stdErrorOfLogMean(likelihood, at[0], Math.log(size)), size, best.getValue());
    }

    /** Inverse of the 2 × 2 information by central differences; at the Poisson end only ln μ is free. */
    private static double stdErrorOfLogMean(MultivariateFunction f, double a, double b) {
        double centre = f.value(new double[] {a, b});
        double aa = (f.value(new double[] {a + STEP, b}) - 2 * centre + f.value(new double[] {a - STEP, b}))
                / (STEP * STEP);
        double bb = (f.value(new double[] {a, b + STEP}) - 2 * centre + f.value(new double[] {a, b - STEP}))
                / (STEP * STEP);
        double ab = (f.value(new double[] {a + STEP, b + STEP})
                        - f.value(new double[] {a + STEP, b - STEP})
                        - f.value(new double[] {a - STEP, b + STEP})
                        + f.value(new double[] {a - STEP, b - STEP}))
                / (4 * STEP * STEP);
        double determinant = aa * bb - ab * ab;
        double variance = bb < -1e-3 && determinant > 0 ? -bb / determinant : -1 / aa;
        return Math.sqrt(variance);
    }

    private static double logLikelihood(double logMean, double logSize, long[] sales, long[] stock) {
        double mean = Math.exp(logMean);
        double k = Math.min(LARGEST_SIZE, Math.exp(logSize));
        double sum = 0;
        for (int i = 0; i < sales.length; i++) {
            double s = sales[i];
            sum += sales[i] == stock[i] ? logAtLeast(s, mean, k) : logProbability(s, mean, k);
        }
        return sum;
    }

    private static double logProbability(double s, double mean, double k) {
        return Gamma.logGamma(s + k)
                - Gamma.logGamma(k)
                - Gamma.logGamma(s + 1)
                - k * Math.log1p(mean / k)
                + s * Math.log(mean / (k + mean));
    }

    private static double logAtLeast(double s, double mean, double k) {
        return s == 0 ? 0 : Math.log(Math.max(1e-300, Beta.regularizedBeta(mean / (k + mean), s, k)));
    }
}
