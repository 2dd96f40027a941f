package org.showroomlab.jobs.observe;

import com.dynatrace.hash4j.hashing.HashValue128;

/** A 128-bit hash that stands for an identity or a unit. */
public record Hash128(long high, long low) implements Comparable<Hash128> {
    public static final Hash128 NONE = new Hash128(0, 0);

    public static Hash128 of(HashValue128 value) {
        return new Hash128(value.getMostSignificantBits(), value.getLeastSignificantBits());
    }

    @Override
    public int compareTo(Hash128 other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public int hashCode() {
        // Already well mixed.
        return (int) low;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash128 that && high == that.high && low == that.low;
    }
}
