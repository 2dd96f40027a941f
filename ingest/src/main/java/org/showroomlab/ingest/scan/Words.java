package org.showroomlab.ingest.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Bytes taken eight at a time, the first in the lowest bits. */
final class Words {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Words() {}

    /** Eight bytes; all of them must lie in the array. */
    static long at(byte[] bytes, int from) {
        return (long) LONGS.get(bytes, from);
    }

    /** The first eight bytes of a region of this length, zero where it is shorter. */
    static long first(byte[] bytes, int from, int length) {
        if (from <= bytes.length - Long.BYTES) {
            long word = at(bytes, from);
            return length >= Long.BYTES ? word : word & ((1L << (length << 3)) - 1);
        }
        long word = 0;
        for (int i = Math.min(length, Long.BYTES) - 1; i >= 0; i--) {
            word = word << 8 | (bytes[from + i] & 0xFF);
        }
        return word;
    }
}
