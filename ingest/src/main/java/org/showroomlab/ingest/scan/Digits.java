package org.showroomlab.ingest.scan;

/**
 * Decimal digits taken eight at a time without a branch per digit: numbers of varying length would make the branch at
 * their end unpredictable.
 */
final class Digits {
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long ZEROS = 0x3030303030303030L;

    /** Added to a byte, it sets the high bit when the byte is above 9. */
    private static final long ABOVE_NINE = 0x7676767676767676L;

    private Digits() {}

    /** How many of the eight bytes are digits before the first that is none. */
    static int count(long word) {
        long values = word ^ ZEROS;
        return Long.numberOfTrailingZeros(((values + ABOVE_NINE) | values) & HIGH_BITS) >>> 3;
    }

    /**
     * The number that the first {@code count} bytes write, 1 to 8 of them: neighbours are joined to numbers of two, four
     * and eight digits.
     */
    static int value(long word, int count) {
        // Shifted so that the last digit is the highest byte; the zeros that come in are leading zeros.
        long digits = (word ^ ZEROS) << (Long.SIZE - (count << 3));
        long pairs = (digits * (1 + (10L << 8))) >>> 8 & 0x00FF00FF00FF00FFL;
        long quads = (pairs * (1 + (100L << 16))) >>> 16 & 0x0000FFFF0000FFFFL;
        return (int) ((quads * (1 + (10_000L << 32))) >>> 32);
    }
}
