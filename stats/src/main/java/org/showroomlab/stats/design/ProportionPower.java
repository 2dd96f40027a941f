package org.showroomlab.stats.design;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Power of the comparison of two proportions with equal arms, as R's power.prop.test: Φ((√n|p₁ − p₀| − z√((p₀ + p₁)(1 −
 * (p₀ + p₁)/2)))/√(p₀q₀ + p₁q₁)). The effect is p₁ itself.
 *
 * <p>Source: R, {@code stats::power.prop.test}; Fleiss, Tytun and Ury (1980), doi:10.2307/2529990, before their correction
 * for continuity.
 *
 * @param p0 the control's share, in (0, 1)
 * @param level level and sides
 */
public record ProportionPower(double p0, PlannedLevel level) implements PowerCurve {

    /** Checks the share. */
    public ProportionPower {
        if (!(p0 > 0 && p0 < 1)) {
            throw new IllegalArgumentException("p0 must be in (0, 1): " + p0);
        }
    }

    @Override
    public double power(double n, double p1) {
        if (!(p1 >= 0 && p1 <= 1)) {
            throw new IllegalArgumentException("p1 must be in [0, 1]: " + p1);
        }
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double z = normal.inverseSurvivalProbability(level.perSide());
        double under0 = z * Math.sqrt((p0 + p1) * (1 - (p0 + p1) / 2));
        double under1 = Math.sqrt(p0 * (1 - p0) + p1 * (1 - p1));
        return normal.cumulativeProbability((Math.sqrt(n) * Math.abs(p1 - p0) - under0) / under1);
    }

    @Override
    public double smallestN() {
        return 1;
    }

    @Override
    public double largestEffect() {
        return 1;
    }

    @Override
    public double noEffect() {
        return p0;
    }
}
