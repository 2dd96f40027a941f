package org.showroomlab.stats.monitoring;

import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Interval;

/**
 * The mixture sequential probability ratio test with a normal mixture N(0, τ²) over the effect, as some tools use it: a
 * compatibility mode beside {@link AsymptoticSequence}, which tunes the mixture by sample size instead.
 *
 * <p>With V = SE²: Λ = √(V/(V + τ²))·exp(τ²Δ²/(2V(V + τ²))), p = min(1, 1/Λ), half-width = √(V(V + τ²)/τ²·(2 ln(1/α) + ln((V +
 * τ²)/V))). Two-sided.
 *
 * <p>Source: Johari, Koomen, Pekelis and Walsh (2022), doi:10.1287/opre.2021.2135.
 *
 * @param alpha level
 * @param tau standard deviation of the effects that one expects
 */
public record MixtureSprt(double alpha, double tau) {

    /** Checks the ranges. */
    public MixtureSprt {
        if (!(alpha > 0 && alpha < 1) || !(tau > 0 && tau < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("need alpha in (0, 1) and tau > 0: " + alpha + ", " + tau);
        }
    }

    /**
     * The always-valid answer at one look.
     *
     * @param ci interval
     * @param pValue p-value of this look; report the smallest so far
     */
    public record Look(Interval ci, double pValue) {}

    /** The answer for an estimate with its standard error. */
    public Computable<Look> look(double estimate, double stdError) {
        if (!(stdError > 0)) {
            return Computable.notComputable("zero_variance", "The estimate has no measurable uncertainty yet.");
        }
        double v = stdError * stdError;
        double both = v + tau * tau;
        double logRatio = 0.5 * Math.log(v / both) + tau * tau * estimate * estimate / (2 * v * both);
        double half = Math.sqrt(v * both / (tau * tau) * (2 * Math.log(1 / alpha) + Math.log(both / v)));
        return Computable.of(
                new Look(new Interval(estimate - half, estimate + half), Math.min(1, Math.exp(-logRatio))));
    }
}
