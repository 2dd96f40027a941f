package org.showroomlab.stats.regression;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.showroomlab.stats.Computable;

/**
 * Ordinary least squares from rows, with classical and heteroskedasticity-consistent standard errors, as R's lm and
 * sandwich::vcovHC.
 *
 * <p>V = (XᵀX)⁻¹ Xᵀ diag(ω) X (XᵀX)⁻¹ with ω = e² (HC0), e²n/(n − p) (HC1), e²/(1 − h) (HC2), e²/(1 − h)² (HC3), h the
 * leverages. On a centred, fully interacted design HC2 is the exact form of Lin's adjustment.
 *
 * <p>Edges: fewer rows than columns, or columns that depend on each other, is {@code not_enough_data}.
 *
 * <p>Source: MacKinnon and White (1985), doi:10.1016/0304-4076(85)90158-7.
 */
public final class LinearRegression {

    /** How the covariance of the coefficients is estimated. */
    public enum Errors {
        /** Equal variances. */
        CLASSICAL,
        /** White's. */
        HC0,
        /** HC0 with n/(n − p). */
        HC1,
        /** Unbiased under equal variances. */
        HC2,
        /** Close to the jackknife. */
        HC3
    }

    private final RealMatrix design;
    private final RealMatrix bread;
    private final RealVector coefficients;
    private final RealVector residuals;

    private LinearRegression(RealMatrix design, RealMatrix bread, RealVector coefficients, RealVector residuals) {
        this.design = design;
        this.bread = bread;
        this.coefficients = coefficients;
        this.residuals = residuals;
    }

    /** The fit; the design has one row per unit and holds the intercept as a column of ones. */
    public static Computable<LinearRegression> fit(double[][] rows, double[] y) {
        RealMatrix x = new Array2DRowRealMatrix(rows);
        if (x.getRowDimension() <= x.getColumnDimension()) {
            return Computable.notComputable(
                    "not_enough_data",
                    x.getRowDimension() + " rows cannot carry " + x.getColumnDimension() + " coefficients.");
        }
        QRDecomposition cross = new QRDecomposition(x.transpose().multiply(x), 1e-12);
        if (!cross.getSolver().isNonSingular()) {
            return Computable.notComputable("not_enough_data", "The columns of the design depend on each other.");
        }
        RealVector beta = new QRDecomposition(x).getSolver().solve(new ArrayRealVector(y));
        RealVector residuals = new ArrayRealVector(y).subtract(x.operate(beta));
        return Computable.of(new LinearRegression(x, cross.getSolver().getInverse(), beta, residuals));
    }

    /** The coefficients, one per column. */
    public double[] coefficients() {
        return coefficients.toArray();
    }

    /** Rows less columns. */
    public int df() {
        return design.getRowDimension() - design.getColumnDimension();
    }

    /** The standard errors of the coefficients. */
    public double[] stdErrors(Errors errors) {
        RealMatrix covariance = covariance(errors);
        double[] result = new double[covariance.getColumnDimension()];
        for (int i = 0; i < result.length; i++) {
            result[i] = Math.sqrt(covariance.getEntry(i, i));
        }
        return result;
    }

    private RealMatrix covariance(Errors errors) {
        if (errors == Errors.CLASSICAL) {
            return bread.scalarMultiply(residuals.dotProduct(residuals) / df());
        }
        RealMatrix weighted = design.copy();
        for (int i = 0; i < weighted.getRowDimension(); i++) {
            weighted.setRowVector(i, design.getRowVector(i).mapMultiply(squaredResidual(i, errors)));
        }
        return bread.multiply(design.transpose().multiply(weighted)).multiply(bread);
    }

    private double squaredResidual(int i, Errors errors) {
        RealVector row = design.getRowVector(i);
        double free = 1 - row.dotProduct(bread.operate(row));
        double e2 = residuals.getEntry(i) * residuals.getEntry(i);
        return switch (errors) {
            case CLASSICAL, HC0 -> e2;
            case HC1 -> e2 * design.getRowDimension() / df();
            case HC2 -> e2 / free;
            case HC3 -> e2 / (free * free);
        };
    }
}
