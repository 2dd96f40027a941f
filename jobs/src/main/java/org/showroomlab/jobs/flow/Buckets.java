package org.showroomlab.jobs.flow;

import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * State buckets: a hash's upper bits choose one, and it is the key of the state. So state is few objects with many units
 * each where it is on the heap, and small blobs where every access reads and writes a whole one.
 *
 * @param bits there are 2^bits of them
 */
record Buckets(int bits) implements java.io.Serializable {
    /** For state that is kept as objects. */
    static final Buckets COARSE = new Buckets(12);
    /** For state that is kept as bytes. */
    static final Buckets FINE = new Buckets(20);

    /** Whether state is kept as objects, or else as bytes. */
    boolean areObjects() {
        return bits <= COARSE.bits;
    }

    int count() {
        return 1 << bits;
    }

    /** The bucket of a hash, by its upper half. */
    int of(long hash) {
        return (int) (hash >>> (64 - bits));
    }

    /** The bucket of what has this tag, the upper half of a hash. */
    int ofTag(int tag) {
        return tag >>> (32 - bits);
    }

    /** Which subtask owns each bucket. */
    int[] owners(int maxParallelism, int parallelism) {
        int[] owners = new int[count()];
        for (int bucket = 0; bucket < owners.length; bucket++) {
            owners[bucket] = KeyGroupRangeAssignment.assignKeyToParallelOperator(bucket, maxParallelism, parallelism);
        }
        return owners;
    }
}
