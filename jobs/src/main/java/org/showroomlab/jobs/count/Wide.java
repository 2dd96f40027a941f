package org.showroomlab.jobs.count;

import java.math.BigInteger;

/**
 * Exact sums of products of 64-bit integers in 192-bit two's complement, each in three words of an array, the highest
 * first. A product has 127 bits at most, so 2⁶⁴ of them fit: no sum wraps. Adding and subtracting commute exactly, so any
 * order of the same changes gives the same bits.
 */
public final class Wide {
    /** How many words a sum takes. */
    public static final int WORDS = 3;

    private Wide() {}

    /** Adds one sum to another. */
    static void add(long[] to, int at, long[] more, int from) {
        add(to, at, more[from], more[from + 1], more[from + 2]);
    }

    static void subtract(long[] to, int at, long[] less, int from) {
        subtract(to, at, less[from], less[from + 1], less[from + 2]);
    }

    static void addProduct(long[] to, int at, long a, long b) {
        long middle = Math.multiplyHigh(a, b);
        add(to, at, middle >> 63, middle, a * b);
    }

    static void subtractProduct(long[] to, int at, long a, long b) {
        long middle = Math.multiplyHigh(a, b);
        subtract(to, at, middle >> 63, middle, a * b);
    }

    static void addLong(long[] to, int at, long a) {
        add(to, at, a >> 63, a >> 63, a);
    }

    private static void add(long[] to, int at, long high, long middle, long low) {
        long newLow = to[at + 2] + low;
        long carry = Long.compareUnsigned(newLow, low) < 0 ? 1 : 0;
        long sum = to[at + 1] + middle;
        long newMiddle = sum + carry;
        boolean carries = Long.compareUnsigned(sum, middle) < 0 || Long.compareUnsigned(newMiddle, carry) < 0;
        to[at + 2] = newLow;
        to[at + 1] = newMiddle;
        to[at] += high + (carries ? 1 : 0);
    }

    private static void subtract(long[] to, int at, long high, long middle, long low) {
        long borrow = Long.compareUnsigned(to[at + 2], low) < 0 ? 1 : 0;
        long rest = to[at + 1] - middle;
        boolean borrows = Long.compareUnsigned(to[at + 1], middle) < 0 || Long.compareUnsigned(rest, borrow) < 0;
        to[at + 2] -= low;
        to[at + 1] = rest - borrow;
        to[at] -= high + (borrows ? 1 : 0);
    }

    /** The sum, or the end of 64 bits that it is beyond; never the least 64-bit number, which has no opposite. */
    static long saturated(long[] words, int at) {
        long low = words[at + 2];
        long sign = low >> 63;
        if (words[at] == sign && words[at + 1] == sign) {
            return Math.max(low, -Long.MAX_VALUE);
        }
        return words[at] < 0 ? -Long.MAX_VALUE : Long.MAX_VALUE;
    }

    static BigInteger value(long[] words, int at) {
        return BigInteger.valueOf(words[at])
                .shiftLeft(64)
                .add(unsigned(words[at + 1]))
                .shiftLeft(64)
                .add(unsigned(words[at + 2]));
    }

    private static BigInteger unsigned(long word) {
        BigInteger signed = BigInteger.valueOf(word);
        return word < 0 ? signed.add(BigInteger.ONE.shiftLeft(64)) : signed;
    }

    /** Sums that an earlier version wrote in two words. */
    public static long[] ofTwoWords(long[] words) {
        long[] wide = new long[words.length / 2 * WORDS];
        for (int sum = 0; sum < words.length / 2; sum++) {
            wide[WORDS * sum] = words[2 * sum] >> 63;
            wide[WORDS * sum + 1] = words[2 * sum];
            wide[WORDS * sum + 2] = words[2 * sum + 1];
        }
        return wide;
    }
}
