package org.showroomlab.stats.design;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Power to show that a guardrail is not worse by a margin when there is no true difference: Φ(margin·√(n/2)/σ − z_α), so n
 * = 2(z_α + z_β)²σ²/margin². One-sided by nature; the effect is the margin.
 *
 * <p>Source: Julious (2004), Sample sizes for clinical trials with normal data, doi:10.1002/sim.1783.
 *
 * @param sd standard deviation of a unit
 * @param alpha one-sided level
 */
public record NonInferiorityPower(double sd, double alpha) implements PowerCurve {

    /** Checks the ranges. */
    public NonInferiorityPower {
        if (!(sd > 0) || !(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("need sd > 0 and alpha in (0, 1): " + sd + ", " + alpha);
        }
    }

    /**
     * The same of a test with another bound than a single look has, as a band that holds at every look.
     *
     * @param stdErrors distance of the bound from the estimate, in standard errors
     * @param sd standard deviation of a unit
     */
    public static NonInferiorityPower boundedAt(double stdErrors, double sd) {
        double alpha = NormalDistribution.of(0, 1).survivalProbability(stdErrors);
        return new NonInferiorityPower(sd, Math.max(Double.MIN_NORMAL, alpha));
    }

    @Override
    public double power(double n, double margin) {
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double z = normal.inverseSurvivalProbability(alpha);
        return normal.cumulativeProbability(Math.abs(margin) * Math.sqrt(n / 2) / sd - z);
    }

    @Override
    public double smallestN() {
        return 1;
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
