package org.showroomlab.jobs.count;

import java.math.BigInteger;

/**
 * Exact 128-bit two's complement sums, each in two words (high, low) of an array. Adding and subtracting commute
 * exactly, so any order of the same changes gives the same bits.
 */
final class Wide {
    private Wide() {}

    /** Adds (high, low) to the sum at that place. */
    static void add(long[] words, int at, long high, long low) {
        long before = words[at + 1];
        long after = before + low;
        words[at + 1] = after;
        words[at] += high + (Long.compareUnsigned(after, before) < 0 ? 1 : 0);
    }

    static void subtract(long[] words, int at, long high, long low) {
        long before = words[at + 1];
        words[at + 1] = before - low;
        words[at] -= high + (Long.compareUnsigned(before, low) < 0 ? 1 : 0);
    }

    static void addProduct(long[] words, int at, long a, long b) {
        add(words, at, Math.multiplyHigh(a, b), a * b);
    }

    static void subtractProduct(long[] words, int at, long a, long b) {
        subtract(words, at, Math.multiplyHigh(a, b), a * b);
    }

    static BigInteger value(long[] words, int at) {
        BigInteger low = new BigInteger(Long.toUnsignedString(words[at + 1]));
        return BigInteger.valueOf(words[at]).shiftLeft(64).add(low);
    }
}
