package org.showroomlab.stats.clusters;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.showroomlab.stats.Alternative;
import org.showroomlab.stats.ArmMoments;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.Effect;
import org.showroomlab.stats.Significance;
import org.showroomlab.stats.Variable;

/**
 * A switchback of one cache or showroom: within each block of two periods one is treated, at random, and the block's
 * difference (treated − control) keeps or changes its sign with equal chance under the null.
 *
 * <p>The sign-flip test tries all 2^k sign patterns of the k differences and counts |mean| ≥ |observed|; beyond {@link
 * #MOST_ENUMERATED_BLOCKS} blocks it takes a seeded sample of {@link #DRAWS}. Beside it the t-test of the mean difference
 * with k − 1 degrees of freedom, which gives the interval. Assumes that the washout is at least as long as anything that
 * lives on after a switch (the longest TTL in use).
 *
 * <p>Edges: no block is {@code not_enough_data}; one block, or equal differences, has a sign-flip test but no interval.
 *
 * <p>Source: Fisher (1935); Bojinov, Simchi-Levi and Zhao (2023), doi:10.1287/mnsc.2022.4583.
 *
 * @param significance level and direction
 * @param seed of the sample, when one is taken
 */
public record SwitchbackTest(Significance significance, long seed) {

    /** Blocks whose sign patterns are all tried. */
    public static final int MOST_ENUMERATED_BLOCKS = 22;

    /** Size of the sample beyond that. */
    public static final int DRAWS = 99_999;

    /** Two-sided at .05. */
    public static SwitchbackTest withDefaults() {
        return new SwitchbackTest(Significance.DEFAULT, 1);
    }

    /** The same test at another level. */
    public SwitchbackTest withAlpha(double alpha) {
        return new SwitchbackTest(significance.withAlpha(alpha), seed);
    }

    /** The same test in another direction. */
    public SwitchbackTest with(Alternative alternative) {
        return new SwitchbackTest(significance.with(alternative), seed);
    }

    /** The same test with another sample. */
    public SwitchbackTest withSeed(long newSeed) {
        return new SwitchbackTest(significance, newSeed);
    }

    /** The sign-flip test of the differences of the block pairs. */
    public Computable<RandomizationResult> signFlip(double... differences) {
        if (differences.length == 0) {
            return Computable.notComputable("not_enough_data", "There is no complete pair of periods yet.");
        }
        double total = 0;
        double size = 0;
        for (double d : differences) {
            total += d;
            size += Math.abs(d);
        }
        if (!(size < Double.POSITIVE_INFINITY)) {
            return Computable.notComputable("out_of_range", "The differences add up to more than a double can hold.");
        }
        // ties must count as ties whatever order the differences were added in
        double threshold = oriented(total) - differences.length * Math.ulp(size);
        double estimate = total / differences.length;
        if (differences.length <= MOST_ENUMERATED_BLOCKS) {
            long extreme = descend(differences, 0, 0, threshold);
            return Computable.of(RandomizationResult.of(estimate, extreme, 1L << differences.length, true));
        }
        return Computable.of(RandomizationResult.of(
                estimate, 1 + sampled(differences, threshold, new SplittableRandom(seed)), DRAWS + 1L, false));
    }

    /** The t-test of the mean difference. */
    public Computable<Effect> difference(double... differences) {
        ArmMoments moments = ArmMoments.ofValues(differences);
        if (moments.n() < 2) {
            return Computable.notComputable(
                    "not_enough_data", "There are " + moments.n() + " pairs of periods; an interval needs 2.");
        }
        double se = Math.sqrt(moments.variance(Variable.Y) / moments.n());
        if (!(se > 10 * Math.ulp(1.0) * Math.abs(moments.mean(Variable.Y)))) {
            return Computable.notComputable("zero_variance", "All pairs of periods have the same difference.");
        }
        return Computable.of(significance.student(moments.mean(Variable.Y), se, moments.n() - 1.0));
    }

    private double oriented(double total) {
        return switch (significance.alternative()) {
            case TWO_SIDED -> Math.abs(total);
            case GREATER -> total;
            case LESS -> -total;
        };
    }

    private long descend(double[] d, int next, double total, double threshold) {
        if (next == d.length) {
            return oriented(total) >= threshold ? 1 : 0;
        }
        return descend(d, next + 1, total + d[next], threshold) + descend(d, next + 1, total - d[next], threshold);
    }

    /**
     * Eight signs are drawn and added at once: one look into the sums of all sign patterns of eight differences. A long
     * of random bits is good for eight such looks.
     */
    private long sampled(double[] d, double threshold, SplittableRandom random) {
        double[][] sumsOfEight = new double[(d.length + 7) / 8][];
        for (int g = 0; g < sumsOfEight.length; g++) {
            sumsOfEight[g] = signedSums(Arrays.copyOfRange(d, 8 * g, Math.min(d.length, 8 * g + 8)));
        }
        long extreme = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            double total = 0;
            long signs = 0;
            for (int g = 0; g < sumsOfEight.length; g++) {
                signs = g % 8 == 0 ? random.nextLong() : signs >>> 8;
                total += sumsOfEight[g][(int) signs & 0xFF];
            }
            extreme += oriented(total) >= threshold ? 1 : 0;
        }
        return extreme;
    }

    /** The sum under each sign pattern: bit i of the index tells the sign of value i; further bits do not matter. */
    private static double[] signedSums(double[] values) {
        double[] sums = new double[256];
        for (int pattern = 0; pattern < sums.length; pattern++) {
            for (int i = 0; i < values.length; i++) {
                sums[pattern] += (pattern >> i & 1) == 1 ? values[i] : -values[i];
            }
        }
        return sums;
    }
}
