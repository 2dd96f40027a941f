package org.showroomlab.ingest.scan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Recognises the known field names, which have at most sixteen bytes, straight from the words that they stand in. */
final class FieldName {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = '"' * ONES;
    private static final WordTable FIELDS = new WordTable(FieldNumber.NAMES);
    private static final int[] LENGTHS =
            FieldNumber.NAMES.stream().mapToInt(String::length).toArray();

    // With the quote and the colon that follow.
    private static final long[] HEADS = words(0);
    private static final long[] TAILS = words(Long.BYTES);
    private static final long[] HEAD_MASKS = masks(0);
    private static final long[] TAIL_MASKS = masks(Long.BYTES);

    private FieldName() {}

    private static long[] words(int from) {
        return FieldNumber.NAMES.stream()
                .map(name -> Arrays.copyOf((name + "\":").getBytes(StandardCharsets.US_ASCII), 2 * Long.BYTES))
                .mapToLong(padded -> Words.at(padded, from))
                .toArray();
    }

    private static long[] masks(int from) {
        return Arrays.stream(LENGTHS)
                .map(length -> Math.max(0, Math.min(Long.BYTES, length + 2 - from)))
                .mapToLong(length -> length == Long.BYTES ? -1 : (1L << (Byte.SIZE * length)) - 1)
                .toArray();
    }

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

    /** Whether this field's name, its quote and a colon stand there. */
    static boolean stands(int field, byte[] bytes, int at, int to) {
        return at <= to - 2 * Long.BYTES
                && (Words.at(bytes, at) & HEAD_MASKS[field]) == HEADS[field]
                && (Words.at(bytes, at + Long.BYTES) & TAIL_MASKS[field]) == TAILS[field];
    }

    /** Where the value begins after a name that {@linkplain #stands stands} there, but for white space. */
    static int afterColon(int field, int at) {
        return at + LENGTHS[field] + 2;
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
