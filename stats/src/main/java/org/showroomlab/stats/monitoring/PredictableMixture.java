package org.showroomlab.stats.monitoring;

import java.util.ArrayList;
import java.util.List;
import org.showroomlab.stats.Interval;

/**
 * Confidence sequences for the mean of values in [0, 1] in the order in which they came, in closed form: predictable
 * mixtures of Hoeffding or empirical-Bernstein type.
 *
 * <p>Lower end at level α/2: (Σ λ_i x_i − ln(2/α) − Σ v_i ψ(λ_i))/Σ λ_i, the upper end by symmetry of 1 − x. Hoeffding: v =
 * 1, ψ(λ) = λ²/8, λ_t = min(1, √(8 ln(2/α)/(t ln(1 + t)))). Empirical Bernstein: v_i = (x_i − μ̂_{i−1})², ψ(λ) = −ln(1 − λ)
 * − λ, λ from {@link Bets} truncated at ½. Without assumption on the distribution except the range.
 *
 * <p>Source: Waudby-Smith and Ramdas (2024), doi:10.1093/jrsssb/qkad009.
 *
 * @param alpha level
 * @param type the mixture
 * @param runningIntersection whether an end once reached is kept
 */
public record PredictableMixture(double alpha, Type type, boolean runningIntersection) {

    /** The kind of mixture. */
    public enum Type {
        /** Uses the range only. */
        HOEFFDING,
        /** Uses the observed spread too; each end plays its own game, on x and on 1 − x. */
        EMPIRICAL_BERNSTEIN,
        /** Uses the observed spread too; one game on x gives both ends, symmetric around the weighted mean. */
        SYMMETRIC_BERNSTEIN
    }

    /** Checks the level. */
    public PredictableMixture {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha must be in (0, 1): " + alpha);
        }
    }

    /** Empirical Bernstein at .05 with running intersection. */
    public static PredictableMixture withDefaults() {
        return new PredictableMixture(0.05, Type.EMPIRICAL_BERNSTEIN, true);
    }

    /** The interval after each value. */
    public List<Interval> intervals(double... values) {
        Bets.checked(values);
        Game down = play(values);
        Game up = type == Type.SYMMETRIC_BERNSTEIN ? down.turned() : play(mirrored(values));
        List<Interval> intervals = new ArrayList<>(values.length);
        double bestLow = 0;
        double bestHigh = 1;
        for (int i = 0; i < values.length; i++) {
            bestLow = runningIntersection ? Math.max(bestLow, down.end(i)) : down.end(i);
            bestHigh = runningIntersection ? Math.min(bestHigh, 1 - up.end(i)) : 1 - up.end(i);
            intervals.add(new Interval(Math.min(bestLow, bestHigh), bestHigh));
        }
        return intervals;
    }

    private static double[] mirrored(double[] x) {
        double[] mirrored = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            mirrored[i] = 1 - x[i];
        }
        return mirrored;
    }

    /** The weighted means and the margins after each value. */
    private static final class Game {
        private final double[] mean;
        private final double[] margin;

        Game(double[] mean, double[] margin) {
            this.mean = mean;
            this.margin = margin;
        }

        double end(int i) {
            return Math.max(0, mean[i] - margin[i]);
        }

        Game turned() {
            return new Game(mirrored(mean), margin);
        }
    }

    private Game play(double[] x) {
        boolean hoeffding = type == Type.HOEFFDING;
        double[] bets = hoeffding ? hoeffding(x.length) : Bets.predictable(x, alpha / 2);
        double[] mean = new double[x.length];
        double[] margin = new double[x.length];
        double weighted = 0;
        double weights = 0;
        double cost = Math.log(2 / alpha);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double lambda = hoeffding ? bets[i] : Math.min(0.5, bets[i]);
            double previousMean = i == 0 ? 0 : sum / i;
            cost += hoeffding
                    ? lambda * lambda / 8
                    : Math.pow(x[i] - previousMean, 2) * (-Math.log1p(-lambda) - lambda);
            weighted += lambda * x[i];
            weights += lambda;
            sum += x[i];
            mean[i] = weighted / weights;
            margin[i] = cost / weights;
        }
        return new Game(mean, margin);
    }

    private double[] hoeffding(int n) {
        double[] bets = new double[n];
        for (int t = 1; t <= n; t++) {
            bets[t - 1] = Math.min(1, Math.sqrt(8 * Math.log(2 / alpha) / (t * Math.log1p(t))));
        }
        return bets;
    }
}
