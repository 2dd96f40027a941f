package org.showroomlab.ingest.scan;

/** Recognises the known field names, which have at most sixteen bytes, straight from the words that they stand in. */
final class FieldName {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = '"' * ONES;
    private static final WordTable FIELDS = new WordTable(FieldNumber.NAMES);
    private static final int[] LENGTHS =
            FieldNumber.NAMES.stream().mapToInt(String::length).toArray();

    private FieldName() {}

    /** The number of the field whose name starts at {@code at} and is closed by a quote; negative when not known. */
    static int known(byte[] bytes, int at, int to) {
        if (at > to - 2 * Long.BYTES - 1) {
            return WordTable.ABSENT;
        }
        long head = Words.at(bytes, at);
        long quote = firstQuote(head);
        if (quote != 0) {
            return FIELDS.find(head & (quote - 1) >>> 7, 0);
        }
        long tail = Words.at(bytes, at + Long.BYTES);
        quote = firstQuote(tail);
        return quote == 0 ? WordTable.ABSENT : FIELDS.find(head, tail & (quote - 1) >>> 7);
    }

    static int length(int field) {
        return LENGTHS[field];
    }

    /** Finds it for names of any length at any place. */
    static int number(byte[] bytes, int at, int length) {
        return FIELDS.find(bytes, at, length);
    }

    /** The high bit of the first byte that is a quote, or 0. */
    private static long firstQuote(long word) {
        long zeroAtQuote = word ^ QUOTES;
        return Long.lowestOneBit((zeroAtQuote - ONES) & ~zeroAtQuote & HIGH_BITS);
    }
}
