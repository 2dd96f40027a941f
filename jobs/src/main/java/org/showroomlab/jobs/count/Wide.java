package org.showroomlab.jobs.count;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Exact sums in 256-bit two's complement, each in four words of an array, the highest first.
 *
 * <p>What one unit's events add up to has two words: 2³¹ values of 64 bits need 94 of their bits. A product of two such
 * values has 188, and 2⁶⁴ of those fit: no sum wraps. Adding and subtracting commute exactly, so any order of the same
 * changes gives the same bits.
 */
public final class Wide {
    /** How many words a sum takes. */
    public static final int WORDS = 4;

    private Wide() {}

    /** Adds one sum to another. */
    static void add(long[] to, int at, long[] more, int from) {
        long carry = 0;
        for (int i = WORDS - 1; i >= 0; i--) {
            long word = more[from + i];
            long sum = to[at + i] + word;
            long next = Long.compareUnsigned(sum, word) < 0 ? 1 : 0;
            long withCarry = sum + carry;
            to[at + i] = withCarry;
            carry = next | (withCarry == 0 ? carry : 0);
        }
    }

    static void subtract(long[] to, int at, long[] less, int from) {
        long borrow = 0;
        for (int i = WORDS - 1; i >= 0; i--) {
            long word = less[from + i];
            long before = to[at + i];
            long rest = before - word;
            long next = Long.compareUnsigned(before, word) < 0 ? 1 : 0;
            to[at + i] = rest - borrow;
            borrow = next | (rest == 0 ? borrow : 0);
        }
    }

    /** Adds a value of two words. */
    static void add(long[] to, int at, long high, long low) {
        long newLow = to[at + 3] + low;
        to[at + 3] = newLow;
        long carry = Long.compareUnsigned(newLow, low) < 0 ? 1 : 0;
        long sum = to[at + 2] + high;
        long next = Long.compareUnsigned(sum, high) < 0 ? 1 : 0;
        long withCarry = sum + carry;
        to[at + 2] = withCarry;
        addAbove(to, at, (high >> 63) + (next | (withCarry == 0 ? carry : 0)));
    }

    /** Subtracts a value of two words. */
    static void subtract(long[] to, int at, long high, long low) {
        long oldLow = to[at + 3];
        to[at + 3] = oldLow - low;
        long borrow = Long.compareUnsigned(oldLow, low) < 0 ? 1 : 0;
        long before = to[at + 2];
        long rest = before - high;
        long next = Long.compareUnsigned(before, high) < 0 ? 1 : 0;
        to[at + 2] = rest - borrow;
        addAbove(to, at, -(high >> 63) - (next | (rest == 0 ? borrow : 0)));
    }

    /** Adds −1, 0 or 1 to the upper half. */
    private static void addAbove(long[] to, int at, long more) {
        if (more > 0) {
            if (++to[at + 1] == 0) {
                to[at]++;
            }
        } else if (more < 0) {
            if (to[at + 1]-- == 0) {
                to[at]--;
            }
        }
    }

    /** Adds the product of two values of two words. */
    static void addProduct(long[] to, int at, long aHigh, long aLow, long bHigh, long bLow) {
        if (aHigh == aLow >> 63 && bHigh == bLow >> 63) {
            add(to, at, Math.multiplyHigh(aLow, bLow), aLow * bLow);
        } else {
            add(to, at, product(aHigh, aLow, bHigh, bLow), 0);
        }
    }

    /** Subtracts the product of two values of two words. */
    static void subtractProduct(long[] to, int at, long aHigh, long aLow, long bHigh, long bLow) {
        if (aHigh == aLow >> 63 && bHigh == bLow >> 63) {
            subtract(to, at, Math.multiplyHigh(aLow, bLow), aLow * bLow);
        } else {
            subtract(to, at, product(aHigh, aLow, bHigh, bLow), 0);
        }
    }

    /** Hardly any value has more than one word, so this need not be fast. */
    private static long[] product(long aHigh, long aLow, long bHigh, long bLow) {
        BigInteger product = value(aHigh, aLow).multiply(value(bHigh, bLow));
        long[] words = new long[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = product.shiftRight(64 * (WORDS - 1 - i)).longValue();
        }
        return words;
    }

    /** Adds to a value of two words. */
    static void addTo(long[] value, int at, long more) {
        long low = value[at + 1] + more;
        value[at + 1] = low;
        value[at] += (more >> 63) + (Long.compareUnsigned(low, more) < 0 ? 1 : 0);
    }

    static BigInteger value(long[] words, int at) {
        return value(words[at], words[at + 1])
                .shiftLeft(128)
                .add(unsigned(words[at + 2]).shiftLeft(64))
                .add(unsigned(words[at + 3]));
    }

    private static BigInteger value(long high, long low) {
        return BigInteger.valueOf(high).shiftLeft(64).add(unsigned(low));
    }

    private static BigInteger unsigned(long word) {
        BigInteger signed = BigInteger.valueOf(word);
        return word < 0 ? signed.add(BigInteger.ONE.shiftLeft(64)) : signed;
    }

    /** How many of the last words say what the sum is; those before only repeat their sign. */
    public static int tellingWords(long[] words, int at) {
        int telling = WORDS;
        while (telling > 1 && words[at + WORDS - telling] == words[at + WORDS - telling + 1] >> 63) {
            telling--;
        }
        return telling == 1 && words[at + WORDS - 1] == 0 ? 0 : telling;
    }

    /** Fills in the words before those that say what the sum is. */
    public static void extend(long[] words, int at, int telling) {
        long sign = telling == 0 ? 0 : words[at + WORDS - telling] >> 63;
        Arrays.fill(words, at, at + WORDS - telling, sign);
    }

    /** Sums that an earlier version wrote in fewer words each. */
    public static long[] widened(long[] words, int width) {
        int sums = words.length / width;
        long[] wide = new long[WORDS * sums];
        for (int sum = 0; sum < sums; sum++) {
            int at = WORDS * sum;
            for (int i = 0; i < WORDS; i++) {
                int from = i - (WORDS - width);
                wide[at + i] = from < 0 ? words[width * sum] >> 63 : words[width * sum + from];
            }
        }
        return wide;
    }
}
