package org.showroomlab.stats.bayes;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Interval;

/**
 * What to believe about an effect whose estimate is normal: prior N(m, s²) or flat, posterior by precision weighting.
 *
 * <p>Chance to win = P(effect > 0); expected loss of choosing the treatment = E[max(−effect, 0)] = σφ(μ/σ) − μΦ(−μ/σ);
 * interval = central 1 − α. Units: those of the effect.
 *
 * <p>Edges: a standard error of 0 is {@code zero_variance}.
 *
 * <p>Source: Deng (2015), doi:10.1145/2740908.2742563.
 *
 * @param mean posterior mean
 * @param sd posterior standard deviation
 */
public record NormalPosterior(double mean, double sd) {

    private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

    /** Checks the numbers. */
    public NormalPosterior {
        if (!Double.isFinite(mean) || !(sd > 0 && sd < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("need a finite mean and sd > 0: " + mean + ", " + sd);
        }
    }

    /** The posterior under a flat prior. */
    public static Computable<NormalPosterior> flat(double estimate, double stdError) {
        return stdError > 0
                ? Computable.of(new NormalPosterior(estimate, stdError))
                : Computable.notComputable("zero_variance", "The estimate has no measurable uncertainty yet.");
    }

    /** The posterior under a normal prior. */
    public static Computable<NormalPosterior> withPrior(
            double estimate, double stdError, double priorMean, double priorSd) {
        NormalPosterior prior = new NormalPosterior(priorMean, priorSd);
        return flat(estimate, stdError).map(data -> data.times(prior));
    }

    private NormalPosterior times(NormalPosterior other) {
        double own = 1 / (sd * sd);
        double foreign = 1 / (other.sd * other.sd);
        return new NormalPosterior((mean * own + other.mean * foreign) / (own + foreign), 1 / Math.sqrt(own + foreign));
    }

    /** P(effect > 0). */
    public double chanceToWin() {
        return STANDARD.cumulativeProbability(mean / sd);
    }

    /** What is lost on average by choosing the treatment. */
    public double expectedLoss() {
        return expectedShortfall(mean);
    }

    /** What is lost on average by keeping the control. */
    public double expectedLossOfControl() {
        return expectedShortfall(-mean);
    }

    private double expectedShortfall(double direction) {
        double z = direction / sd;
        return Math.max(0, sd * STANDARD.density(z) - direction * STANDARD.survivalProbability(z));
    }

    /** The central credible interval. */
    public Interval interval(double alpha) {
        double half = STANDARD.inverseSurvivalProbability(alpha / 2) * sd;
        return new Interval(mean - half, mean + half);
    }

    /** The belief about the opposite sign, for metrics of which less is better. */
    public NormalPosterior reversed() {
        return new NormalPosterior(-mean, sd);
    }
}
