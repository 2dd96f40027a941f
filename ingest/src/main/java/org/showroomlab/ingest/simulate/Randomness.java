package org.showroomlab.ingest.simulate;

import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well512a;
import org.apache.commons.math3.util.FastMath;

/**
 * Random numbers of one part of the world, restarted for each visitor or period, so that what happens to one of them
 * does not depend on the others.
 *
 * <p>The generator is WELL512a (Panneton, L'Ecuyer & Matsumoto 2006, doi:10.1145/1132973.1132974). Its first numbers
 * are alike for seeds that are alike, so all 512 bits are filled by SplitMix64 (Steele, Lea & Flood 2014,
 * doi:10.1145/2660193.2660195).
 */
final class Randomness {
    private static final int WELL_WORDS = 16;

    private final long streamSeed;
    private final RandomGenerator generator;

    private Randomness(long streamSeed) {
        this.streamSeed = streamSeed;
        this.generator = new Well512a(words(streamSeed));
    }

    static Randomness of(long seed, String stream) {
        // String.hashCode is specified, so the stream is the same on every Java.
        return new Randomness(new SplittableRandom(seed).nextLong() ^ ((long) stream.hashCode() << 17));
    }

    /** Starts over at the numbers that belong to this index. */
    Randomness restart(long index) {
        generator.setSeed(words(new SplittableRandom(streamSeed + index).nextLong()));
        return this;
    }

    double uniform() {
        return generator.nextDouble();
    }

    double uniform(double from, double to) {
        return from + (to - from) * generator.nextDouble();
    }

    long uniformMillis(double fromHours, double toHours) {
        return (long) (uniform(fromHours, toHours) * Quarter.HOUR_MILLIS);
    }

    boolean happens(double probability) {
        return generator.nextDouble() < probability;
    }

    int below(int bound) {
        return generator.nextInt(bound);
    }

    /** A draw from N(0, 1). */
    double gaussian() {
        return generator.nextGaussian();
    }

    double logNormal(double median, double sigma) {
        return median * FastMath.exp(sigma * generator.nextGaussian());
    }

    double exponential(double mean) {
        return -mean * FastMath.log1p(-generator.nextDouble());
    }

    int poisson(double mean) {
        return mean == 0
                ? 0
                : new PoissonDistribution(
                                generator,
                                mean,
                                PoissonDistribution.DEFAULT_EPSILON,
                                PoissonDistribution.DEFAULT_MAX_ITERATIONS)
                        .sample();
    }

    /** The index of the weight that a uniform draw falls on. */
    int weighted(double[] cumulativeShares) {
        double u = generator.nextDouble();
        int i = 0;
        while (i < cumulativeShares.length - 1 && u >= cumulativeShares[i]) {
            i++;
        }
        return i;
    }

    private static int[] words(long seed) {
        return new SplittableRandom(seed).ints(WELL_WORDS).toArray();
    }
}
