package org.showroomlab.jobs.packed;

/** Finds line ends, eight bytes at a time. */
public final class Lines {
    private static final long EACH_BYTE = 0x0101010101010101L;
    private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;

    private Lines() {}

    /** The position of the next line feed in [from, to), or {@code to}. */
    public static int end(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long feeds = feeds(PackedReader.longAt(bytes, at));
            if (feeds != 0) {
                return at + (Long.numberOfTrailingZeros(feeds) >>> 3);
            }
        }
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /** How many lines the first {@code length} bytes hold; the last one may have no end. */
    public static int count(byte[] bytes, int length) {
        int count = length > 0 && bytes[length - 1] != '\n' ? 1 : 0;
        int at = 0;
        for (; at + 8 <= length; at += 8) {
            count += Long.bitCount(feeds(PackedReader.longAt(bytes, at)));
        }
        for (; at < length; at++) {
            count += bytes[at] == '\n' ? 1 : 0;
        }
        return count;
    }

    /** The highest bit of each byte that is a line feed; exact, without carries between bytes. */
    private static long feeds(long eight) {
        long others = eight ^ '\n' * EACH_BYTE;
        return ~((others & LOW_BITS) + LOW_BITS | others | LOW_BITS);
    }
}
