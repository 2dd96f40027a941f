package org.showroomlab.reports.report;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.showroomlab.jobs.results.HistogramCounts;

/**
 * Events per bucket, growing day by day. An increment has few buckets and is merged in one pass over both, so that running
 * totals are always at hand.
 */
final class BucketCounts {
    /** Buckets that hold events, ascending. */
    private int[] buckets = {};
    /** Events up to and with each of them. */
    private long[] upTo = {};

    private boolean negative;

    static BucketCounts of(SortedMap<Integer, Long> counts) {
        BucketCounts result = new BucketCounts();
        result.merge(
                counts.keySet().stream().mapToInt(Integer::intValue).toArray(),
                counts.values().stream().mapToLong(Long::longValue).toArray());
        return result;
    }

    void add(HistogramCounts increment) {
        List<Integer> added = increment.buckets();
        List<Long> counts = increment.counts();
        int[] addedBuckets = new int[added.size()];
        long[] addedCounts = new long[addedBuckets.length];
        for (int i = 0; i < addedBuckets.length; i++) {
            addedBuckets[i] = added.get(i);
            addedCounts[i] = counts.get(i);
        }
        merge(addedBuckets, addedCounts);
    }

    void add(BucketCounts other) {
        long[] counts = new long[other.buckets.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = other.count(i);
        }
        merge(other.buckets, counts);
    }

    private void merge(int[] addedBuckets, long[] addedCounts) {
        int[] merged = new int[buckets.length + addedBuckets.length];
        long[] sums = new long[merged.length];
        int size = 0;
        long sum = 0;
        negative = false;
        int mine = 0;
        int theirs = 0;
        while (mine < buckets.length || theirs < addedBuckets.length) {
            int bucket = mine == buckets.length
                    ? addedBuckets[theirs]
                    : theirs == addedBuckets.length ? buckets[mine] : Math.min(buckets[mine], addedBuckets[theirs]);
            long events = 0;
            if (mine < buckets.length && buckets[mine] == bucket) {
                events += count(mine++);
            }
            if (theirs < addedBuckets.length && addedBuckets[theirs] == bucket) {
                events += addedCounts[theirs++];
            }
            if (events != 0) {
                sum += events;
                negative |= events < 0;
                merged[size] = bucket;
                sums[size++] = sum;
            }
        }
        buckets = Arrays.copyOf(merged, size);
        upTo = Arrays.copyOf(sums, size);
    }

    private long count(int place) {
        return upTo[place] - (place == 0 ? 0 : upTo[place - 1]);
    }

    /** Buckets that hold events, ascending. */
    int[] buckets() {
        return buckets.clone();
    }

    boolean isEmpty() {
        return buckets.length == 0;
    }

    /** Whether more events were taken back than there were, as happens while rows stream in. */
    boolean isInconsistent() {
        return negative;
    }

    long total() {
        return upTo.length == 0 ? 0 : upTo[upTo.length - 1];
    }

    /** Events in this bucket and all below it. */
    long upTo(int bucket) {
        int found = Arrays.binarySearch(buckets, bucket);
        int last = found >= 0 ? found : -found - 2;
        return last < 0 ? 0 : upTo[last];
    }

    /** Events in this bucket. */
    long in(int bucket) {
        int found = Arrays.binarySearch(buckets, bucket);
        return found < 0 ? 0 : count(found);
    }
}
