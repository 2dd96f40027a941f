package org.showroomlab.ingest.experiment;

import java.util.Arrays;

/**
 * The fixed buckets of all histograms: exact for small integers, then 2 % wide, so that a quantile read from them is
 * within about 1 % of the value. The same for every experiment, so histograms can be merged and subtracted.
 *
 * <p>Bounds are integers in scaled units (millionths for measured numbers): b₁ = 1 and b₍ᵢ₊₁₎ = ⌊b₍ᵢ₎·51/50⌋ + 1, as long
 * as they fit 63 bits. Bucket i ≥ 1 holds the values v with b₍ᵢ₎ ≤ v &lt; b₍ᵢ₊₁₎, bucket 0 holds 0, bucket −i the values
 * −v of bucket i. Integer arithmetic only: any other program gets the same buckets.
 */
public final class LogBuckets {
    private static final long[] BOUNDS = bounds();

    private LogBuckets() {}

    private static long[] bounds() {
        long[] bounds = new long[4096];
        int size = 0;
        // b·51/50 = b + b/50 keeps clear of overflow.
        for (long b = 1; b > 0; b = b + b / 50 + 1) {
            bounds[size++] = b;
        }
        return Arrays.copyOf(bounds, size);
    }

    /** How many buckets hold positive values. */
    public static int positiveBuckets() {
        return BOUNDS.length;
    }

    /** The bucket of a scaled value. */
    public static int bucketOf(long value) {
        if (value == 0) {
            return 0;
        }
        long size = value == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(value);
        int found = Arrays.binarySearch(BOUNDS, size);
        int bucket = found >= 0 ? found + 1 : -found - 1;
        return value > 0 ? bucket : -bucket;
    }

    /**
     * The smallest size of a value in bucket ±i, in scaled units.
     *
     * @param bucket from 1 to {@link #positiveBuckets()}
     */
    public static long lowerBound(int bucket) {
        return BOUNDS[bucket - 1];
    }

    /** The smallest size above all values of bucket ±i; {@link Long#MAX_VALUE} for the last. */
    public static long upperBound(int bucket) {
        return bucket < BOUNDS.length ? BOUNDS[bucket] : Long.MAX_VALUE;
    }
}
