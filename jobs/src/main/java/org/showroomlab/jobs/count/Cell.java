package org.showroomlab.jobs.count;

import java.math.BigInteger;
import java.util.Arrays;
import org.showroomlab.jobs.results.UnitStatistic.Sum;

/**
 * The numbers of one cell: counts in 64 bits, {@linkplain Wide wide} sums, and counts per bucket. What each means is said by
 * the {@linkplain CellKey.Table table}.
 */
public final class Cell {
    /** How many counts and sums a cell of {@code UNITS} has: n and events, and every {@link Sum}. */
    static final int UNIT_COUNTS = 2;

    static final int UNIT_SUMS = Sum.values().length;
    /** Events and denominator events; sum, sum of squares and denominator sum. */
    static final int CLUSTER_COUNTS = 2;

    static final int CLUSTER_SUMS = 3;

    private final long[] counts;
    private final long[] sums;
    private final BucketCounts buckets;

    private Cell(long[] counts, long[] sums, BucketCounts buckets) {
        this.counts = counts;
        this.sums = sums;
        this.buckets = buckets;
    }

    /** A cell from its parts, which it then owns. */
    public static Cell of(long[] counts, long[] sums, BucketCounts buckets) {
        return new Cell(counts, sums, buckets);
    }

    static Cell zero(int counts, int sums) {
        return new Cell(new long[counts], new long[Wide.WORDS * sums], new BucketCounts());
    }

    static Cell ofUnits() {
        return zero(UNIT_COUNTS, UNIT_SUMS);
    }

    static Cell ofCluster() {
        return zero(CLUSTER_COUNTS, CLUSTER_SUMS);
    }

    static Cell ofCount(long n) {
        return new Cell(new long[] {n}, new long[0], new BucketCounts());
    }

    static Cell ofStock(long n, long pieces) {
        Cell cell = zero(1, 1);
        cell.addCount(0, n);
        cell.addValue(0, pieces);
        return cell;
    }

    static Cell ofBuckets(BucketCounts buckets) {
        return new Cell(new long[0], new long[0], buckets);
    }

    /** A cell of the same shape with nothing in it. */
    public Cell zero() {
        return new Cell(new long[counts.length], new long[sums.length], new BucketCounts());
    }

    public Cell copy() {
        return new Cell(counts.clone(), sums.clone(), buckets.copy());
    }

    /** Not to be changed. */
    public long[] counts() {
        return counts;
    }

    /** {@link Wide#WORDS} per sum; not to be changed. */
    public long[] words() {
        return sums;
    }

    public BucketCounts buckets() {
        return buckets;
    }

    public long count(int which) {
        return counts[which];
    }

    public BigInteger sum(int which) {
        return Wide.value(sums, Wide.WORDS * which);
    }

    void addCount(int which, long more) {
        counts[which] += more;
    }

    void addValue(int which, long a) {
        Wide.add(sums, Wide.WORDS * which, a >> 63, a);
    }

    void addProduct(int which, long a, long b) {
        Wide.addProduct(sums, Wide.WORDS * which, a >> 63, a, b >> 63, b);
    }

    /** Adds (sign 1) or subtracts (sign −1) what the values of a unit are to one of its sums. */
    void addValues(Sum sum, long[] values, int sign) {
        int at = Wide.WORDS * sum.ordinal();
        if (sign > 0) {
            UnitValues.add(sums, at, sum, values);
        } else {
            UnitValues.subtract(sums, at, sum, values);
        }
    }

    void addWords(int which, long[] words, int from) {
        Wide.add(sums, Wide.WORDS * which, words, from);
    }

    /** Hands out the two words of a sum of one unit's events. */
    void copyValue(int which, long[] to, int at) {
        System.arraycopy(sums, Wide.WORDS * which + Wide.WORDS - 2, to, at, 2);
    }

    public void add(Cell other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        for (int i = 0; i < sums.length; i += Wide.WORDS) {
            Wide.add(sums, i, other.sums, i);
        }
        buckets.addAll(other.buckets, 1);
    }

    public void subtract(Cell other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] -= other.counts[i];
        }
        for (int i = 0; i < sums.length; i += Wide.WORDS) {
            Wide.subtract(sums, i, other.sums, i);
        }
        buckets.addAll(other.buckets, -1);
    }

    public boolean isZero() {
        return isZero(counts) && isZero(sums) && buckets.isEmpty();
    }

    private static boolean isZero(long[] words) {
        for (long word : words) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cell that
                && Arrays.equals(counts, that.counts)
                && Arrays.equals(sums, that.sums)
                && buckets.equals(that.buckets);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(counts) + Arrays.hashCode(sums);
    }
}
