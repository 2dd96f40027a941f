package org.showroomlab.ingest.simulate;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/** Visitors in the order of some instant of theirs; ties by index. */
final class VisitorOrder {
    private static final int INDEX_BITS = 23;

    /** Millis since the quarter's start above, index below: one sortable number without an object per visitor. */
    private final long[] sorted;

    private final long originMillis;
    private int next;

    VisitorOrder(int[] indices, long originMillis, IntToLongFunction instantMillis) {
        this.originMillis = originMillis;
        this.sorted = Arrays.stream(indices)
                .mapToLong(i -> (instantMillis.applyAsLong(i) - originMillis) << INDEX_BITS | i)
                .sorted()
                .toArray();
    }

    boolean hasNext() {
        return next < sorted.length;
    }

    long instantMillis() {
        return originMillis + (sorted[next] >> INDEX_BITS);
    }

    int takeIndex() {
        return (int) (sorted[next++] & ((1L << INDEX_BITS) - 1));
    }
}
