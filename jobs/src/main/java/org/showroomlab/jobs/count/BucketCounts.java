package org.showroomlab.jobs.count;

import java.util.Arrays;

/** Counts per bucket of a histogram, for the few buckets that have one; ascending, never 0. */
public final class BucketCounts {
    private int[] buckets = {};
    private long[] counts = {};
    private int size;

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public int bucket(int i) {
        return buckets[i];
    }

    public long count(int i) {
        return counts[i];
    }

    public BucketCounts copy() {
        BucketCounts copy = new BucketCounts();
        copy.buckets = Arrays.copyOf(buckets, size);
        copy.counts = Arrays.copyOf(counts, size);
        copy.size = size;
        return copy;
    }

    /** Adds to a bucket's count; a count that becomes 0 leaves. */
    public void add(int bucket, long more) {
        int at = Arrays.binarySearch(buckets, 0, size, bucket);
        if (at >= 0) {
            counts[at] += more;
            if (counts[at] == 0) {
                System.arraycopy(buckets, at + 1, buckets, at, size - at - 1);
                System.arraycopy(counts, at + 1, counts, at, size - at - 1);
                size--;
            }
        } else if (more != 0) {
            insert(-at - 1, bucket, more);
        }
    }

    private void insert(int at, int bucket, long count) {
        if (size == buckets.length) {
            buckets = Arrays.copyOf(buckets, Math.max(4, size + size / 2));
            counts = Arrays.copyOf(counts, buckets.length);
        }
        System.arraycopy(buckets, at, buckets, at + 1, size - at);
        System.arraycopy(counts, at, counts, at + 1, size - at);
        buckets[at] = bucket;
        counts[at] = count;
        size++;
    }

    void addAll(BucketCounts other, int sign) {
        for (int i = 0; i < other.size; i++) {
            add(other.buckets[i], sign * other.counts[i]);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BucketCounts that
                && Arrays.equals(buckets, 0, size, that.buckets, 0, that.size)
                && Arrays.equals(counts, 0, size, that.counts, 0, that.size);
    }

    @Override
    public int hashCode() {
        return size == 0 ? 0 : 31 * buckets[0] + (int) counts[0];
    }
}
