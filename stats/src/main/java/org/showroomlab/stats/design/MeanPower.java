package org.showroomlab.stats.design;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Power of the two-sample t-test with equal arms, as R's power.t.test: noncentral t with 2(n − 1) degrees of freedom and
 * noncentrality √(n/2)·|δ|/σ; the far tail of a two-sided test is not counted.
 *
 * <p>Source: R, {@code stats::power.t.test}; Julious (2004), doi:10.1002/sim.1783.
 *
 * @param sd standard deviation of a unit
 * @param level level and sides
 */
public record MeanPower(double sd, PlannedLevel level) implements PowerCurve {

    /** Checks the spread. */
    public MeanPower {
        if (!(sd > 0 && sd < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("sd must be finite and > 0: " + sd);
        }
    }

    @Override
    public double power(double n, double effect) {
        double df = 2 * (n - 1);
        double critical = TDistribution.of(df).inverseSurvivalProbability(level.perSide());
        return NoncentralT.survival(critical, df, Math.sqrt(n / 2) * Math.abs(effect) / sd);
    }

    @Override
    public double smallestN() {
        return 2;
    }

    @Override
    public double largestEffect() {
        return 1e9 * sd;
    }

    @Override
    public double unitOfEffect() {
        return sd;
    }
}
