package org.showroomlab.jobs.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Packed records that wait until there are many for the same bucket, or until they must be taken in. A bucket's state lies
 * all over the memory; who takes in one record at a time waits for it again and again, who takes in a few hundred finds it
 * in the processor's cache from the second on.
 *
 * <p>They are kept in the order of their coming. None may be left over when state is written: see {@link #takeAll}. The
 * arrays that they wait in go from bucket to bucket, or they would be most of what a collection finds alive.
 */
final class WaitingRecords {
    /** So many bytes of one bucket wait at most: a few hundred records, and 64 MB of all buckets of a stage together. */
    private static final int MOST_BYTES = 16 << 10;

    private static final int FIRST_BYTES = 256;
    private static final byte[] NOTHING = {};

    private final byte[][] records;
    private final int[] lengths;
    private final Taking taking;
    /** Arrays that no bucket has, by size, each twice as long as the one before. */
    private final List<ArrayDeque<byte[]>> free = new ArrayList<>();

    private long freeBytes;
    /** What was taken of them since everything was taken in the last time. */
    private long usedBytes;
    /** The same of the last times: the most, and of longer ago the less. */
    private long recentlyUsedBytes;

    /** Takes in the records of one bucket, from one place of an array to before another. */
    interface Taking {
        void take(int bucket, byte[] records, int from, int until) throws Exception;
    }

    WaitingRecords(int buckets, Taking taking) {
        this.records = new byte[buckets][];
        this.lengths = new int[buckets];
        this.taking = taking;
        Arrays.fill(records, NOTHING);
        for (int size = FIRST_BYTES; size <= MOST_BYTES; size *= 2) {
            free.add(new ArrayDeque<>());
        }
    }

    /** Lets a record wait; when that makes too many for its bucket, takes them in. */
    void add(int bucket, byte[] from, int at, int size) throws Exception {
        if (lengths[bucket] + size > records[bucket].length) {
            makeRoom(bucket, size);
        }
        int length = lengths[bucket];
        System.arraycopy(from, at, records[bucket], length, size);
        lengths[bucket] = length + size;
    }

    private void makeRoom(int bucket, int size) throws Exception {
        if (lengths[bucket] + size > MOST_BYTES) {
            take(bucket);
        }
        int length = lengths[bucket];
        byte[] before = records[bucket];
        if (length + size > before.length) {
            byte[] room = roomFor(length + size);
            System.arraycopy(before, 0, room, 0, length);
            records[bucket] = room;
            giveBack(before);
        }
    }

    private byte[] roomFor(int bytes) {
        int place = placeOf(bytes);
        int length = FIRST_BYTES << place;
        if (place >= free.size()) {
            return new byte[length];
        }
        usedBytes += length;
        byte @Nullable [] room = free.get(place).poll();
        if (room == null) {
            return new byte[length];
        }
        freeBytes -= length;
        return room;
    }

    private void giveBack(byte[] room) {
        int place = placeOf(room.length);
        if (room.length >= FIRST_BYTES && place < free.size()) {
            free.get(place).push(room);
            freeBytes += room.length;
        }
    }

    /** Which of the sizes is the first that holds so many. */
    private static int placeOf(int bytes) {
        return bytes <= FIRST_BYTES ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros((bytes - 1) / FIRST_BYTES);
    }

    private void take(int bucket) throws Exception {
        int length = lengths[bucket];
        lengths[bucket] = 0;
        taking.take(bucket, records[bucket], 0, length);
    }

    /** Takes in all that wait, and lets go of the arrays when there are many more than were lately needed. */
    void takeAll() throws Exception {
        for (int bucket = 0; bucket < records.length; bucket++) {
            if (lengths[bucket] > 0) {
                take(bucket);
            }
            giveBack(records[bucket]);
            records[bucket] = NOTHING;
        }
        recentlyUsedBytes = Math.max(usedBytes, recentlyUsedBytes - recentlyUsedBytes / 8);
        usedBytes = 0;
        if (freeBytes > 4 * recentlyUsedBytes) {
            free.forEach(ArrayDeque::clear);
            freeBytes = 0;
        }
    }
}
