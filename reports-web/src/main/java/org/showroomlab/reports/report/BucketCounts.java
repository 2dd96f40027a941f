package org.showroomlab.reports.report;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.results.HistogramCounts;

/**
 * Events per bucket, growing day by day. Of thousands of periods only today's change, so running totals are kept until
 * something is added.
 */
final class BucketCounts {
    private final SortedMap<Integer, Long> counts = new TreeMap<>();
    private @Nullable Totals totals;

    /** Buckets that hold events, ascending, with the events up to and with each. */
    private record Totals(int[] buckets, long[] upTo) {}

    static BucketCounts of(SortedMap<Integer, Long> counts) {
        BucketCounts result = new BucketCounts();
        counts.forEach(result::add);
        return result;
    }

    void add(HistogramCounts increment) {
        for (int i = 0; i < increment.buckets().size(); i++) {
            add(increment.buckets().get(i), increment.counts().get(i));
        }
    }

    void add(BucketCounts other) {
        other.counts.forEach(this::add);
    }

    private void add(int bucket, long events) {
        totals = null;
        if (counts.merge(bucket, events, Long::sum) == 0) {
            counts.remove(bucket);
        }
    }

    private Totals totals() {
        Totals known = totals;
        if (known == null) {
            known = new Totals(new int[counts.size()], new long[counts.size()]);
            int next = 0;
            long sum = 0;
            for (var entry : counts.entrySet()) {
                sum += entry.getValue();
                known.buckets()[next] = entry.getKey();
                known.upTo()[next++] = sum;
            }
            totals = known;
        }
        return known;
    }

    /** Buckets that hold events, ascending. */
    int[] buckets() {
        return totals().buckets().clone();
    }

    long total() {
        long[] upTo = totals().upTo();
        return upTo.length == 0 ? 0 : upTo[upTo.length - 1];
    }

    /** Events in this bucket and all below it. */
    long upTo(int bucket) {
        Totals known = totals();
        int found = Arrays.binarySearch(known.buckets(), bucket);
        int last = found >= 0 ? found : -found - 2;
        return last < 0 ? 0 : known.upTo()[last];
    }

    /** Events in each of these buckets, which ascend. */
    long[] in(int... ascending) {
        Totals known = totals();
        long[] events = new long[ascending.length];
        int at = ascending.length == 0 ? 0 : Arrays.binarySearch(known.buckets(), ascending[0]);
        at = at >= 0 ? at : -at - 1;
        for (int i = 0; i < ascending.length; i++) {
            while (at < known.buckets().length && known.buckets()[at] < ascending[i]) {
                at++;
            }
            if (at < known.buckets().length && known.buckets()[at] == ascending[i]) {
                events[i] = known.upTo()[at] - (at == 0 ? 0 : known.upTo()[at - 1]);
            }
        }
        return events;
    }
}
