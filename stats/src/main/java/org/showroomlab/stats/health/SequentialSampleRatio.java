package org.showroomlab.stats.health;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.special.Gamma;
import org.showroomlab.stats.Computable;

/**
 * The sample-ratio test for a look every day: a Bayes factor of a Dirichlet alternative around the planned weights
 * against the plan itself, whose running minimum of 1/BF is a p-value at any stopping time.
 *
 * <p>With posterior concentration α (start: concentration·w) and total A, counts x of one step with total m: ln BF += lnΓ(A)
 * − lnΓ(A + m) + Σ [lnΓ(α_i + x_i) − lnΓ(α_i)] − Σ x_i ln w_i, then α += x. It needs far more evidence than χ² at one look
 * (85 times in Kohavi's example): that is the price of looking daily.
 *
 * <p>Assumes that units are assigned independently; no number of looks has to be planned. Units: counts per step, and
 * weights in any unit.
 *
 * <p>Edges: a step of zeros changes nothing; a weight of 0 is refused, and one that is 0 beside the others as doubles go
 * ({@code weight_too_small}); without a step there is no p-value.
 *
 * <p>Source: Lindon and Malek (2022), arXiv:2011.03567.
 */
public final class SequentialSampleRatio {

    /** Concentration of the prior around the planned weights. */
    public static final double CONCENTRATION = 10_000;

    private SequentialSampleRatio() {}

    /**
     * The running p-values.
     *
     * @param increments new units per arm, one array per step
     * @param weights planned shares, > 0, in any unit
     */
    public static Computable<List<Double>> pValues(List<long[]> increments, double[] weights) {
        double largest = 0;
        double totalWeight = 0;
        for (double weight : weights) {
            if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("weights must be finite and > 0: " + weight);
            }
            largest = Math.max(largest, weight);
        }
        for (double weight : weights) {
            totalWeight += weight / largest;
        }
        if (increments.isEmpty()) {
            return Computable.notComputable("not_enough_data", "There is no step yet.");
        }
        double[] share = new double[weights.length];
        double[] alpha = new double[weights.length];
        for (int i = 0; i < share.length; i++) {
            share[i] = weights[i] / largest / totalWeight;
            if (share[i] == 0) {
                return Computable.notComputable(
                        "weight_too_small", "The share " + weights[i] + " of an arm is below the range of a double.");
            }
            alpha[i] = CONCENTRATION * share[i];
        }
        List<Double> pValues = new ArrayList<>();
        double logBayesFactor = 0;
        double p = 1;
        for (long[] step : increments) {
            logBayesFactor += logBayesFactor(step, share, alpha);
            p = Math.min(p, Math.exp(-logBayesFactor));
            pValues.add(p);
        }
        return Computable.of(List.copyOf(pValues));
    }

    /**
     * The p-value after the last step, from the units of each arm so far. A Bayes factor knows no order, so this is the
     * last of {@link #pValues} of the increments; where units were taken back, which no increment can say, it goes by
     * those that are left.
     *
     * @param totals units per arm as of each step
     * @param weights planned shares, > 0, in any unit
     */
    public static Computable<Double> pValueOfTotals(List<long[]> totals, double[] weights) {
        Computable<Double> smallest =
                pValues(totals.subList(0, Math.min(1, totals.size())), weights).map(first -> first.get(0));
        for (long[] total : totals) {
            double p = pValues(List.of(total), weights)
                    .map(only -> only.get(0))
                    .value()
                    .orElse(1.0);
            smallest = smallest.map(before -> Math.min(before, p));
        }
        return smallest;
    }

    /** Updates the posterior as it goes. */
    private static double logBayesFactor(long[] step, double[] share, double[] alpha) {
        if (step.length != share.length) {
            throw new IllegalArgumentException("a step needs one count per arm: " + step.length);
        }
        double before = 0;
        double total = 0;
        double log = 0;
        for (int i = 0; i < step.length; i++) {
            if (step[i] < 0) {
                throw new IllegalArgumentException("counts must be >= 0: " + step[i]);
            }
            log += Gamma.logGamma(alpha[i] + step[i]) - Gamma.logGamma(alpha[i]) - step[i] * Math.log(share[i]);
            before += alpha[i];
            total += step[i];
            alpha[i] += step[i];
        }
        return log + Gamma.logGamma(before) - Gamma.logGamma(before + total);
    }
}
