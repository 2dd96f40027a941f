package org.showroomlab.stats.regression;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularMatrixException;
import org.showroomlab.stats.Computable;

/**
 * Maximum likelihood of a generalized linear model by iteratively reweighted least squares, as R's glm; a step that would
 * leave the possible means, or make the data less likely, is halved. Weights are the observed information, because under a
 * log link that does not fit the expected one may circle around the maximum.
 *
 * <p>The fit is in orthonormal columns, X = QR, and its coefficients are R⁻¹ times those: of prices that lie close together
 * the columns of X itself are almost dependent, and the noise of their rounding would be larger than the tolerance.
 *
 * <p>Information = Xᵀ diag(w·(dμ/dη)²/V(μ)) X; its inverse is the covariance, and together with the squared scores the
 * HC0 sandwich.
 *
 * <p>Edges: no convergence (perfect separation, a boundary optimum) is {@code no_convergence}: where the last step had to be
 * halved the likelihood still rises towards means that are not possible. Dependent columns are {@code not_enough_data}.
 *
 * <p>Source: McCullagh and Nelder (1989), Generalized Linear Models; White (1982), doi:10.2307/1912526.
 */
public final class GeneralizedLinearModel {

    private static final int MOST_ITERATIONS = 100;
    private static final int MOST_HALVINGS = 60;
    /** In standard errors. The step after it would be smaller still, by the square of it where the link is canonical. */
    private static final double TOLERANCE = 1e-9;
    /** Of the coefficients themselves, which no step can improve by less where standard errors are very small. */
    private static final double ROUNDING = 1e-13;
    /** A likelihood that is smaller by less than this share of it is not smaller. */
    private static final double LIKELIHOOD_ROUNDING = 1e-12;
    /** What is left of a column beside the ones before it; less is rounding. */
    private static final double DEPENDENT = 1e-11;

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
        RealMatrix x = new Array2DRowRealMatrix(rows);
        int columns = x.getColumnDimension();
        if (rows.length < columns) {
            return undetermined(columns);
        }
        QRDecomposition parts = new QRDecomposition(x);
        RealMatrix triangle = parts.getR().getSubMatrix(0, columns - 1, 0, columns - 1);
        for (int i = 0; i < columns; i++) {
            if (Math.abs(triangle.getEntry(i, i))
                    <= DEPENDENT * x.getColumnVector(i).getNorm()) {
                return undetermined(columns);
            }
        }
        RealMatrix orthonormal = parts.getQ().getSubMatrix(0, rows.length - 1, 0, columns - 1);
        return new Fit(orthonormal, y, weights, family)
                .run()
                .map(fit -> fit.transformed(MatrixUtils.inverse(triangle)));
    }

    private static Computable<GeneralizedLinearModel> undetermined(int coefficients) {
        return Computable.notComputable(
                "not_enough_data", "The data do not determine all " + coefficients + " coefficients.");
    }

    private GeneralizedLinearModel transformed(RealMatrix by) {
        RealMatrix transposed = by.transpose();
        return new GeneralizedLinearModel(
                by.operate(coefficients),
                by.multiply(covariance).multiply(transposed),
                by.multiply(robust).multiply(transposed));
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
        /** Whether the whole last step would have left the possible means: the likelihood rises towards their boundary. */
        private boolean halved;

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
            } catch (NonPositiveDefiniteMatrixException | SingularMatrixException singular) {
                return halved ? noMaximum() : undetermined(x.getColumnDimension());
            }
        }

        private Computable<GeneralizedLinearModel> iterate() {
            RealVector beta = new ArrayRealVector(x.getColumnDimension());
            for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
                RealMatrix information = crossProduct(this::observed);
                RealVector full = step(information);
                beta = iteration > 0 ? beta : equalMeans();
                RealVector possible = halvedUntilPossible(beta, full);
                halved = !possible.equals(full);
                RealVector next = halvedUntilLikelier(beta, possible);
                RealVector moved = next.subtract(beta);
                double change = Math.sqrt(moved.dotProduct(information.operate(moved)));
                boolean arrived = change <= TOLERANCE || moved.getNorm() <= ROUNDING * next.getNorm();
                beta = next;
                eta = x.operate(beta).toArray();
                if (iteration > 0 && !halved && arrived && allPossible(eta)) {
                    return Computable.of(result(beta));
                }
            }
            return noMaximum();
        }

        private static Computable<GeneralizedLinearModel> noMaximum() {
            return Computable.notComputable(
                    "no_convergence", "The likelihood has no maximum inside the possible means.");
        }

        /** A step may lead past the maximum, and then farther and farther away. */
        private RealVector halvedUntilLikelier(RealVector from, RealVector to) {
            double least = logLikelihood(from);
            double slack = Math.abs(least) * LIKELIHOOD_ROUNDING;
            RealVector next = to;
            for (int i = 0; i < MOST_HALVINGS && logLikelihood(next) < least - slack; i++) {
                next = next.add(from).mapDivide(2);
            }
            return next;
        }

        private double logLikelihood(RealVector beta) {
            double[] predictors = x.operate(beta).toArray();
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                sum += weights[i] * family.logLikelihood(y[i], family.mean(predictors[i]));
            }
            return sum;
        }

        /** The model without regressors, from which every step can be halved until it is possible. */
        private RealVector equalMeans() {
            double total = 0;
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                total += weights[i];
                sum += weights[i] * y[i];
            }
            double[] same = new double[y.length];
            Arrays.fill(same, family.link(family.start(sum / total, total)));
            return new QRDecomposition(x).getSolver().solve(new ArrayRealVector(same));
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

        private RealVector step(RealMatrix information) {
            double[] working = new double[y.length];
            for (int i = 0; i < y.length; i++) {
                working[i] = observed(i) * eta[i] + score(i);
            }
            return cholesky(information).getSolver().solve(x.transpose().operate(new ArrayRealVector(working)));
        }

        private RealMatrix crossProduct(IntToDoubleFunction weight) {
            int columns = x.getColumnDimension();
            RealMatrix product = new Array2DRowRealMatrix(columns, columns);
            for (int i = 0; i < y.length; i++) {
                double w = weight.applyAsDouble(i);
                for (int j = 0; j < columns; j++) {
                    for (int k = 0; k <= j; k++) {
                        product.addToEntry(j, k, w * x.getEntry(i, j) * x.getEntry(i, k));
                    }
                }
            }
            // Each product once, since both triangles must have the same bits.
            for (int j = 0; j < columns; j++) {
                for (int k = 0; k < j; k++) {
                    product.setEntry(k, j, product.getEntry(j, k));
                }
            }
            return product;
        }

        private static CholeskyDecomposition cholesky(RealMatrix information) {
            return new CholeskyDecomposition(information, 1e-9, 1e-14);
        }

        private double expected(int i) {
            double mean = family.mean(eta[i]);
            double slope = family.slope(eta[i], mean);
            return weights[i] * slope * slope / family.variance(mean);
        }

        private double observed(int i) {
            double mean = family.mean(eta[i]);
            return weights[i] * family.information(y[i], mean, family.slope(eta[i], mean));
        }

        private double score(int i) {
            double mean = family.mean(eta[i]);
            return weights[i] * (y[i] - mean) * family.slope(eta[i], mean) / family.variance(mean);
        }

        private GeneralizedLinearModel result(RealVector beta) {
            RealMatrix covariance =
                    cholesky(crossProduct(this::expected)).getSolver().getInverse();
            RealMatrix scored = x.copy();
            for (int i = 0; i < y.length; i++) {
                scored.setRowVector(i, x.getRowVector(i).mapMultiply(score(i)));
            }
            RealMatrix meat = scored.transpose().multiply(scored);
            return new GeneralizedLinearModel(
                    beta, covariance, covariance.multiply(meat).multiply(covariance));
        }
    }
}
