package org.showroomlab.stats.monitoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Interval;

/**
 * The confidence sequence of a hedged bettor for the mean of values in [0, 1] in the order in which they came.
 *
 * <p>For each candidate mean m two fortunes play: K⁺ = Π(1 + λ_i(x_i − m)) and K⁻ = Π(1 − λ_i(x_i − m)), with the {@link
 * Bets} at α/2 truncated at 1/(2m) and 1/(2(1 − m)). m stays in the set while ½·max(K⁺, K⁻) ≤ 1/α. m runs over a grid of
 * 1/{@link #GRID}; the ends are the nearest grid points that do not stay. Narrower than any closed form, for small
 * samples of anything bounded.
 *
 * <p>Edges: no values is {@code not_enough_data}; a value outside [0, 1] is refused.
 *
 * <p>Source: Waudby-Smith and Ramdas (2024), doi:10.1093/jrsssb/qkad009.
 *
 * @param alpha level
 * @param runningIntersection whether an end once reached is kept
 */
public record BettingSequence(double alpha, boolean runningIntersection) {

    /** Steps of the grid of candidate means. */
    public static final int GRID = 1000;

    /** Checks the level. */
    public BettingSequence {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha must be in (0, 1): " + alpha);
        }
    }

    /** At .05, each interval by itself. */
    public static BettingSequence withDefaults() {
        return new BettingSequence(0.05, false);
    }

    /** The same at another level. */
    public BettingSequence withAlpha(double newAlpha) {
        return new BettingSequence(newAlpha, runningIntersection);
    }

    /** The same where an end once reached is kept. */
    public BettingSequence withRunningIntersection() {
        return new BettingSequence(alpha, true);
    }

    /** The interval after the last value. */
    public Computable<Interval> interval(double... values) {
        List<Interval> all = intervals(values);
        return all.isEmpty()
                ? Computable.notComputable("not_enough_data", "There are no values.")
                : Computable.of(all.get(all.size() - 1));
    }

    /** The interval after each value. */
    public List<Interval> intervals(double... values) {
        Bets.checked(values);
        int[] tooLow = new int[values.length];
        int[] tooHigh = new int[values.length];
        Arrays.fill(tooHigh, GRID);
        double[] bets = Bets.predictable(values, alpha / 2);
        for (int i = 0; i <= GRID; i++) {
            play((double) i / GRID, i, values, bets, tooLow, tooHigh);
        }
        List<Interval> intervals = new ArrayList<>(values.length);
        Interval kept = new Interval(0, 1);
        for (int t = 0; t < values.length; t++) {
            Interval now = new Interval(Math.min(tooLow[t], tooHigh[t]), Math.max(tooLow[t], tooHigh[t]))
                    .scaledAndShifted(1.0 / GRID, 0);
            kept = runningIntersection ? now.clampedTo(kept.low(), kept.high()) : now;
            intervals.add(kept);
        }
        return intervals;
    }

    /** K⁺ falls in m and K⁻ rises, so the largest m that K⁺ excludes and the smallest that K⁻ does are the ends. */
    private void play(double m, int index, double[] x, double[] bets, int[] tooLow, int[] tooHigh) {
        double up = 1;
        double down = 1;
        for (int t = 0; t < x.length; t++) {
            up *= 1 + Math.min(bets[t], 0.5 / m) * (x[t] - m);
            down *= 1 - Math.min(bets[t], 0.5 / (1 - m)) * (x[t] - m);
            if (0.5 * up > 1 / alpha) {
                tooLow[t] = index;
            }
            if (0.5 * down > 1 / alpha) {
                tooHigh[t] = Math.min(tooHigh[t], index);
            }
        }
    }
}
