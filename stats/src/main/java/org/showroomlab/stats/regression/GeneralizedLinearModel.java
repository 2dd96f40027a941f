package org.showroomlab.stats.regression;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.showroomlab.stats.Computable;

/**
 * Maximum likelihood of a generalized linear model by iteratively reweighted least squares, as R's glm; a step that would
 * leave the possible means is halved.
 *
 * <p>Information = Xᵀ diag(w·(dμ/dη)²/V(μ)) X; its inverse is the covariance, and together with the squared scores the
 * HC0 sandwich.
 *
 * <p>Edges: no convergence (perfect separation, a boundary optimum) is {@code no_convergence}; dependent columns are
 * {@code not_enough_data}.
 *
 * <p>Source: McCullagh and Nelder (1989), Generalized Linear Models; White (1982), doi:10.2307/1912526.
 */
public final class GeneralizedLinearModel {

    private static final int MOST_ITERATIONS = 100;
    private static final int MOST_HALVINGS = 60;
    private static final double TOLERANCE = 1e-12;

    private final RealVector coefficients;
    private final RealMatrix covariance;
    private final RealMatrix robust;

    private GeneralizedLinearModel(RealVector coefficients, RealMatrix covariance, RealMatrix robust) {
        this.coefficients = coefficients;
        this.covariance = covariance;
        this.robust = robust;
    }

    /**
     * The fit.
     *
     * @param rows design, intercept as a column of ones
     * @param y shares (binomial) or counts (Poisson)
     * @param weights trials per row (binomial), or 1
     * @param family distribution and link
     */
    public static Computable<GeneralizedLinearModel> fit(double[][] rows, double[] y, double[] weights, Family family) {
        return new Fit(new Array2DRowRealMatrix(rows), y, weights, family).run();
    }

    /** The coefficients, one per column. */
    public double[] coefficients() {
        return coefficients.toArray();
    }

    /** Covariance of two coefficients from the information matrix. */
    public double covariance(int i, int j) {
        return covariance.getEntry(i, j);
    }

    /** Standard error of a coefficient from the information matrix. */
    public double stdError(int i) {
        return Math.sqrt(covariance.getEntry(i, i));
    }

    /** Sandwich (HC0) standard error of a coefficient. */
    public double robustStdError(int i) {
        return Math.sqrt(robust.getEntry(i, i));
    }

    private static final class Fit {
        private final RealMatrix x;
        private final double[] y;
        private final double[] weights;
        private final Family family;
        private double[] eta;

        Fit(RealMatrix x, double[] y, double[] weights, Family family) {
            this.x = x;
            this.y = y;
            this.weights = weights;
            this.family = family;
            this.eta = new double[y.length];
            for (int i = 0; i < y.length; i++) {
                eta[i] = family.link(family.start(y[i], weights[i]));
            }
        }

        Computable<GeneralizedLinearModel> run() {
            try {
                return iterate();
            } catch (NonPositiveDefiniteMatrixException singular) {
                return Computable.notComputable(
                        "not_enough_data",
                        "The data do not determine all " + x.getColumnDimension() + " coefficients.");
            }
        }

        private Computable<GeneralizedLinearModel> iterate() {
            RealVector beta = new ArrayRealVector(x.getColumnDimension());
            for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
                RealVector next = step();
                if (iteration > 0) {
                    next = halvedUntilPossible(beta, next);
                }
                double change = next.subtract(beta).getNorm();
                beta = next;
                eta = x.operate(beta).toArray();
                if (change <= TOLERANCE * (1 + beta.getNorm()) && allPossible(eta)) {
                    return Computable.of(result(beta));
                }
            }
            return Computable.notComputable(
                    "no_convergence", "The likelihood has no maximum inside the possible means.");
        }

        private RealVector halvedUntilPossible(RealVector from, RealVector to) {
            RealVector next = to;
            for (int i = 0; i < MOST_HALVINGS && !allPossible(x.operate(next).toArray()); i++) {
                next = next.add(from).mapDivide(2);
            }
            return next;
        }

        private boolean allPossible(double[] predictors) {
            for (double predictor : predictors) {
                if (!family.possible(family.mean(predictor))) {
                    return false;
                }
            }
            return true;
        }

        private RealVector step() {
            double[] working = new double[y.length];
            for (int i = 0; i < y.length; i++) {
                double mean = family.mean(eta[i]);
                working[i] = information(i) * (eta[i] + (y[i] - mean) / family.slope(eta[i], mean));
            }
            return cholesky().getSolver().solve(x.transpose().operate(new ArrayRealVector(working)));
        }

        private CholeskyDecomposition cholesky() {
            RealMatrix weighted = x.copy();
            for (int i = 0; i < y.length; i++) {
                weighted.setRowVector(i, x.getRowVector(i).mapMultiply(information(i)));
            }
            return new CholeskyDecomposition(x.transpose().multiply(weighted), 1e-9, 1e-14);
        }

        private double information(int i) {
            double mean = family.mean(eta[i]);
            double slope = family.slope(eta[i], mean);
            return weights[i] * slope * slope / family.variance(mean);
        }

        private GeneralizedLinearModel result(RealVector beta) {
            RealMatrix covariance = cholesky().getSolver().getInverse();
            RealMatrix scored = x.copy();
            for (int i = 0; i < y.length; i++) {
                double mean = family.mean(eta[i]);
                double score = weights[i] * (y[i] - mean) * family.slope(eta[i], mean) / family.variance(mean);
                scored.setRowVector(i, x.getRowVector(i).mapMultiply(score));
            }
            RealMatrix meat = scored.transpose().multiply(scored);
            return new GeneralizedLinearModel(
                    beta, covariance, covariance.multiply(meat).multiply(covariance));
        }
    }
}
