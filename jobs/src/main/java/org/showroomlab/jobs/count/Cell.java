package org.showroomlab.jobs.count;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.showroomlab.jobs.results.UnitStatistic.Sum;

/**
 * Exact sums of one cell of the answer: counts in 64 bits, sums and sums of products in 128-bit two's complement. Adding
 * and subtracting commute exactly, so any order of the same changes gives the same bits.
 *
 * <p>Limit: a sum of squares must stay below 2¹²⁷, which a thousand units of 4·10¹⁷ scaled units each would reach.
 */
public final class Cell {
    private static final int SUMS = Sum.values().length;

    private long n;
    private long events;
    // Two words per sum, in the order of Sum: high, low.
    private final long[] words;

    public Cell() {
        this.words = new long[2 * SUMS];
    }

    private Cell(long n, long events, long[] words) {
        this.n = n;
        this.events = events;
        this.words = words;
    }

    /** A cell from what {@link #words()} gave. */
    public static Cell of(long n, long events, long[] words) {
        return new Cell(n, events, words.clone());
    }

    public Cell copy() {
        return new Cell(n, events, words.clone());
    }

    public long n() {
        return n;
    }

    public long events() {
        return events;
    }

    /** High and low word per sum, in the order of {@link Sum}; not to be changed. */
    public long[] words() {
        return words;
    }

    void addUnits(long more) {
        n += more;
    }

    void addEvents(long more) {
        events += more;
    }

    /** Adds a·b to a sum. */
    void addProduct(Sum sum, long a, long b) {
        addWords(sum.ordinal(), Math.multiplyHigh(a, b), a * b);
    }

    /** Adds a to a sum. */
    void addValue(Sum sum, long a) {
        addWords(sum.ordinal(), a >> 63, a);
    }

    public void add(Cell other) {
        n += other.n;
        events += other.events;
        for (int s = 0; s < SUMS; s++) {
            addWords(s, other.words[2 * s], other.words[2 * s + 1]);
        }
    }

    public void subtract(Cell other) {
        n -= other.n;
        events -= other.events;
        for (int s = 0; s < SUMS; s++) {
            long low = words[2 * s + 1];
            long borrow = Long.compareUnsigned(low, other.words[2 * s + 1]) < 0 ? 1 : 0;
            words[2 * s + 1] = low - other.words[2 * s + 1];
            words[2 * s] = words[2 * s] - other.words[2 * s] - borrow;
        }
    }

    public boolean isZero() {
        if (n != 0 || events != 0) {
            return false;
        }
        for (long word : words) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }

    public List<BigInteger> sums() {
        List<BigInteger> sums = new ArrayList<>(SUMS);
        for (int s = 0; s < SUMS; s++) {
            BigInteger low = new BigInteger(Long.toUnsignedString(words[2 * s + 1]));
            sums.add(BigInteger.valueOf(words[2 * s]).shiftLeft(64).add(low));
        }
        return sums;
    }

    private void addWords(int sum, long high, long low) {
        long before = words[2 * sum + 1];
        long after = before + low;
        long carry = Long.compareUnsigned(after, before) < 0 ? 1 : 0;
        words[2 * sum + 1] = after;
        words[2 * sum] += high + carry;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cell that && n == that.n && events == that.events && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return (int) (31 * n + events) ^ Arrays.hashCode(words);
    }
}
