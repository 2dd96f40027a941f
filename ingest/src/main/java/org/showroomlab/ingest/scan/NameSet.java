package org.showroomlab.ingest.scan;

import java.util.Arrays;

/** The few names of one JSON object that were met so far, to notice one that stands twice. */
final class NameSet {
    /** Names are compared in pairs, so many of them are left to the slow path. */
    private static final int MAX_NAMES = 64;

    /** Longer ones are unusual, and would be compared in full. */
    private static final int MAX_NAME_BYTES = 1_000;

    private NameSet() {}

    /** Whether a name can stand beside the {@code count} names before it. */
    static boolean isNew(byte[] bytes, long[] names, int count, int start, int length) {
        if (count >= MAX_NAMES || length > MAX_NAME_BYTES) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            int other = (int) (names[i] >>> 32);
            if ((int) names[i] == length && Arrays.equals(bytes, other, other + length, bytes, start, start + length)) {
                return false;
            }
        }
        return true;
    }
}
