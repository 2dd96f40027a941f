package org.showroomlab.ingest.scan;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A closed set of short ASCII words, each with its number in the list; a look-up is two word loads, one multiplication
 * and rarely more than one comparison.
 */
final class WordTable {
    static final int ABSENT = -1;
    private static final int MAX_LENGTH = 2 * Long.BYTES;

    /** 2⁶⁴ divided by the golden ratio: spreads words that differ in a few bits (Knuth 1998, section 6.4). */
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    /** Slots per word: most look-ups, of members or not, end at the first slot. */
    private static final int SPACIOUSNESS = 4;

    // A word is its first eight bytes and the rest; zero bytes fill up, which no word contains.
    private final long[] heads;
    private final long[] tails;
    private final int[] numbers;
    private final int shift;

    WordTable(List<String> words) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(words.size() * SPACIOUSNESS);
        heads = new long[1 << bits];
        tails = new long[1 << bits];
        numbers = new int[1 << bits];
        shift = Long.SIZE - bits;
        for (int i = 0; i < words.size(); i++) {
            add(words.get(i), i);
        }
    }

    private void add(String word, int number) {
        byte[] bytes = word.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length == 0 || bytes.length > MAX_LENGTH) {
            throw new IllegalArgumentException("word must have 1 to " + MAX_LENGTH + " bytes, was '" + word + "'");
        }
        long head = Words.first(bytes, 0, bytes.length);
        int slot = slot(head);
        while (heads[slot] != 0) {
            slot = next(slot);
        }
        heads[slot] = head;
        tails[slot] = tail(bytes, 0, bytes.length);
        numbers[slot] = number;
    }

    /** The number of the word that stands there, or {@link #ABSENT}; the bytes must hold no zero. */
    int find(byte[] bytes, int from, int length) {
        if (length == 0 || length > MAX_LENGTH) {
            return ABSENT;
        }
        return find(Words.first(bytes, from, length), tail(bytes, from, length));
    }

    /** The number of the word with these first eight bytes and these others, zero beyond its end. */
    int find(long head, long tail) {
        for (int slot = slot(head); heads[slot] != 0; slot = next(slot)) {
            if (heads[slot] == head && tails[slot] == tail) {
                return numbers[slot];
            }
        }
        return ABSENT;
    }

    private static long tail(byte[] bytes, int from, int length) {
        return length > Long.BYTES ? Words.first(bytes, from + Long.BYTES, length - Long.BYTES) : 0;
    }

    private int slot(long head) {
        return (int) ((head * MULTIPLIER) >>> shift);
    }

    private int next(int slot) {
        return (slot + 1) & (heads.length - 1);
    }
}
