package org.showroomlab.stats.arms;

import org.showroomlab.stats.ArmEstimate;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Rounding;
import org.showroomlab.stats.Variable;

/**
 * One arm's ratio R = ȳ/d̄ with its first-order expansion: each unit contributes (y − R·d)/d̄, and the covariate of the
 * unit is (x − R_x·z)/z̄. With d = z = 1 this is y and x themselves, so a mean is no special case.
 *
 * @param arm the moments that it is made from
 * @param ratio R
 * @param variance sample variance of the contributions
 * @param covariateRatio R_x = x̄/z̄
 * @param covariateVariance sample variance of the covariates
 * @param covariance sample covariance of contribution and covariate
 */
record Linearised(
        ArmMoments arm,
        double ratio,
        double variance,
        double covariateRatio,
        double covariateVariance,
        double covariance) {

    static Computable<Linearised> of(ArmMoments arm) {
        if (arm.n() < 2) {
            return Computable.notComputable(
                    "not_enough_data", "An arm has " + arm.n() + " units; at least 2 are needed for a standard error.");
        }
        double d = arm.mean(Variable.D);
        if (d == 0) {
            return Computable.notComputable(
                    "zero_denominator", "The denominator of the ratio adds up to 0 over " + arm.n() + " units.");
        }
        Linearised expanded = expand(arm, arm.mean(Variable.Y) / d, d);
        double all = expanded.ratio + expanded.variance + expanded.covariateVariance + expanded.covariance;
        return Double.isFinite(all)
                ? Computable.of(expanded)
                : Computable.notComputable(
                        "out_of_range", "The sums of squares of an arm leave the range of a double.");
    }

    private static Linearised expand(ArmMoments arm, double ratio, double d) {
        double variance = residualVariance(
                        arm.variance(Variable.Y),
                        ratio * arm.covariance(Variable.Y, Variable.D),
                        ratio * ratio * arm.variance(Variable.D))
                / (d * d);
        double z = arm.mean(Variable.Z);
        if (z == 0) {
            return new Linearised(arm, ratio, variance, 0, 0, 0);
        }
        double covariateRatio = arm.mean(Variable.X) / z;
        double covariateVariance = residualVariance(
                        arm.variance(Variable.X),
                        covariateRatio * arm.covariance(Variable.X, Variable.Z),
                        covariateRatio * covariateRatio * arm.variance(Variable.Z))
                / (z * z);
        double covariance = (arm.covariance(Variable.Y, Variable.X)
                        - covariateRatio * arm.covariance(Variable.Y, Variable.Z)
                        - ratio * arm.covariance(Variable.D, Variable.X)
                        + ratio * covariateRatio * arm.covariance(Variable.D, Variable.Z))
                / (d * z);
        return new Linearised(arm, ratio, variance, covariateRatio, covariateVariance, covariance);
    }

    /** Where every unit has the same ratio the terms cancel, and what their rounding leaves is no spread. */
    private static double residualVariance(double ofNumerator, double cross, double ofDenominator) {
        double variance = ofNumerator - 2 * cross + ofDenominator;
        return Math.max(0, Rounding.orZero(variance, ofNumerator + 2 * Math.abs(cross) + ofDenominator));
    }

    long n() {
        return arm.n();
    }

    /** Whether y has the constant 1 as its denominator. */
    boolean isMean() {
        return arm.isOne(Variable.D);
    }

    /** R less that of another arm; of means also what their rounding took off. */
    double ratioMinus(Linearised other) {
        return isMean() && other.isMean() ? arm.meanMinus(other.arm, Variable.Y) : ratio - other.ratio;
    }

    /** The same of the covariate. */
    double covariateMinus(Linearised other) {
        return arm.isOne(Variable.Z) && other.arm.isOne(Variable.Z)
                ? arm.meanMinus(other.arm, Variable.X)
                : covariateRatio - other.covariateRatio;
    }

    ArmEstimate estimate() {
        return new ArmEstimate(n(), ratio, Math.sqrt(variance / n()));
    }
}
