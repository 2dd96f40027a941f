package org.showroomlab.stats.monitoring;

import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;

/**
 * How far an empirical distribution function may stray from the true one anywhere, at every t from t_min on: a
 * Dvoretzky–Kiefer–Wolfowitz inequality that survives peeking.
 *
 * <p>bound(t) = A·√((ln(1 + ln(t/t_min)) + C)/t), where C makes inf_η 4e^(−γ²C)(1 + 1/((γ² − 1) ln η)) = α, with γ² =
 * 2/η·(A − √(2(η − 1)/C))². Unit: a difference of shares. Every quantile at once is then between the empirical quantiles
 * at p − bound and p + bound.
 *
 * <p>Edges: before t_min there is no bound: infinite.
 *
 * <p>Source: Howard and Ramdas (2022), doi:10.3150/21-BEJ1388, theorem 2.
 *
 * @param firstN t_min, the first look, ≥ 1
 * @param a the leading constant, above 1/√2; smaller is tighter later
 * @param c the constant that pays for the level
 */
public record EmpiricalProcessBound(double firstN, double a, double c) {

    private static final double LARGEST_C = 1e6;
    private static final double SMALLEST_C = 1e-3;
    private static final int EVALUATIONS = 10_000;

    /** The bound at a level with A = .85. */
    public static EmpiricalProcessBound of(double alpha, double firstN) {
        return of(alpha, firstN, 0.85);
    }

    /** The bound at a level. */
    public static EmpiricalProcessBound of(double alpha, double firstN, double a) {
        if (!(alpha > 0 && alpha < 1) || !(firstN >= 1) || !(a > Math.sqrt(0.5) && a < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "need alpha in (0, 1), firstN >= 1, a > 1/sqrt(2): " + alpha + ", " + firstN + ", " + a);
        }
        double c = new BrentSolver(1e-12, 1e-12)
                .solve(EVALUATIONS, x -> logError(x, a) - Math.log(alpha), SMALLEST_C, LARGEST_C);
        return new EmpiricalProcessBound(firstN, a, c);
    }

    /** The bound after t values. */
    public double bound(double t) {
        return t < firstN ? Double.POSITIVE_INFINITY : a * Math.sqrt((Math.log1p(Math.log(t / firstN)) + c) / t);
    }

    /** The log of the smallest error over η; logs, because the error spans hundreds of decades over the search for C. */
    private static double logError(double c, double a) {
        double highest = new BrentSolver(1e-14)
                .solve(EVALUATIONS, eta -> Math.sqrt(eta / 2) + Math.sqrt(2 * (eta - 1) / c) - a, 1, 2 * a * a);
        return new BrentOptimizer(1e-10, 1e-14)
                .optimize(
                        new MaxEval(EVALUATIONS),
                        GoalType.MINIMIZE,
                        new UnivariateObjectiveFunction(eta -> logError(c, a, eta)),
                        new SearchInterval(1, highest))
                .getValue();
    }

    private static double logError(double c, double a, double eta) {
        double gamma2 = 2 / eta * Math.pow(a - Math.sqrt(2 * (eta - 1) / c), 2);
        return gamma2 <= 1 || eta <= 1
                ? 1e9
                : Math.log(4) - gamma2 * c + Math.log1p(1 / ((gamma2 - 1) * Math.log(eta)));
    }
}
