package org.showroomlab.jobs.flow;

import java.util.Arrays;

final class Waiting {
    private static final int LIMIT = Integer.getInteger("wait.bytes", 16384);
    private final byte[][] bytes;
    private final int[] lengths;

    Waiting(int buckets) {
        bytes = new byte[buckets][];
        lengths = new int[buckets];
        Arrays.fill(bytes, new byte[0]);
    }

    boolean add(int bucket, byte[] from, int at, int size) {
        byte[] to = bytes[bucket];
        int length = lengths[bucket];
        if (length + size > to.length) {
            to = Arrays.copyOf(to, Math.max(length + size, Math.min(LIMIT + 256, Math.max(256, 2 * to.length))));
            bytes[bucket] = to;
        }
        System.arraycopy(from, at, to, length, size);
        lengths[bucket] = length + size;
        return length + size >= LIMIT;
    }

    int length(int bucket) {
        return lengths[bucket];
    }

    byte[] bytes(int bucket) {
        return bytes[bucket];
    }

    int take(int bucket) {
        int length = lengths[bucket];
        lengths[bucket] = 0;
        return length;
    }
}
