package org.showroomlab.ingest.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes taken eight at a time, the first in the lowest bits. */
public final class Words {
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

    /** Whether two regions hold the same. Most are shorter than 17 bytes: two words, which overlap, compare all of them. */
    public static boolean areEqual(byte[] some, int start, byte[] others, int othersStart, int length) {
        if (length < Long.BYTES) {
            for (int i = 0; i < length; i++) {
                if (some[start + i] != others[othersStart + i]) {
                    return false;
                }
            }
            return true;
        }
        int last = length - Long.BYTES;
        return at(some, start) == at(others, othersStart)
                && at(some, start + last) == at(others, othersStart + last)
                && (length <= 2 * Long.BYTES
                        || Arrays.equals(some, start, start + length, others, othersStart, othersStart + length));
    }
}
