package org.showroomlab.jobs.flow;

import java.util.Arrays;

/**
 * Packed records that wait until there are many for the same bucket, or until they must be taken in. A bucket's state lies
 * all over the memory; who takes in one record at a time waits for it again and again, who takes in a few hundred finds it
 * in the processor's cache from the second on.
 *
 * <p>They are kept in the order of their coming. None may be left over when state is written: see {@link #takeAll}.
 */
final class WaitingRecords {
    /** So many bytes of one bucket wait at most: a few hundred records, and 64 MB of all buckets of a stage together. */
    private static final int MOST_BYTES = 16 << 10;

    private static final int FIRST_BYTES = 256;
    private static final byte[] NOTHING = {};

    private final byte[][] records;
    private final int[] lengths;
    private final Taking taking;

    /** Takes in the records of one bucket, from one place of an array to before another. */
    interface Taking {
        void take(int bucket, byte[] records, int from, int until) throws Exception;
    }

    WaitingRecords(int buckets, Taking taking) {
        this.records = new byte[buckets][];
        this.lengths = new int[buckets];
        this.taking = taking;
        Arrays.fill(records, NOTHING);
    }

    /** Lets a record wait; when that makes too many for its bucket, takes them in. */
    void add(int bucket, byte[] from, int at, int size) throws Exception {
        int length = lengths[bucket];
        byte[] to = records[bucket];
        if (length + size > to.length) {
            if (length + size > MOST_BYTES) {
                take(bucket);
                length = 0;
            }
            if (length + size > to.length) {
                to = Arrays.copyOf(
                        to, Math.max(length + size, Math.min(MOST_BYTES, Math.max(FIRST_BYTES, 2 * to.length))));
                records[bucket] = to;
            }
        }
        System.arraycopy(from, at, to, length, size);
        lengths[bucket] = length + size;
    }

    private void take(int bucket) throws Exception {
        int length = lengths[bucket];
        lengths[bucket] = 0;
        taking.take(bucket, records[bucket], 0, length);
    }

    /** Takes in all that wait, and lets go of what was hardly used. */
    void takeAll() throws Exception {
        for (int bucket = 0; bucket < records.length; bucket++) {
            int length = lengths[bucket];
            if (length > 0) {
                take(bucket);
            }
            if (length < records[bucket].length / 4) {
                records[bucket] = NOTHING;
            }
        }
    }
}
