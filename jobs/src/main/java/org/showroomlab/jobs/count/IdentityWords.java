package org.showroomlab.jobs.count;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Three words for each of many identities, found by the first one, in one array by open addressing: there is an identity
 * for every event there ever was.
 *
 * <p>The place of an identity grows with its first word, and neighbours stand in that order (ordered linear probing: Amble
 * and Knuth 1974, doi:10.1093/comjnl/17.2.135). So a search for what is not there, which is what most are, ends at the
 * first larger one even in a table that is nearly full, and a table grows by one walk through both arrays. A second word
 * whose lowest three bits are 0 says that nobody stands there.
 */
public final class IdentityWords {
    private static final int WORDS = 3;
    /** Of one identity, where it is written. */
    static final int ENTRY_BYTES = WORDS * Long.BYTES;

    /** How many identities are written or read at once. */
    private static final int CHUNK_ENTRIES = 256;

    /** As Java's data streams write a long. */
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int USED = 7;

    /** Places beyond the last one that an identity may ask for: whoever is displaced from the end stands there. */
    private static final int OVERFLOW = 32;

    private int capacity;
    private long[] words;
    private int size;

    /** Nobody, with room for so many. */
    IdentityWords(int identities) {
        capacity = capacityFor(identities);
        words = wordsFor(capacity);
    }

    private static int capacityFor(int identities) {
        return Math.max(8, identities * 5 / 4 + 1);
    }

    private static long[] wordsFor(int capacity) {
        return new long[(capacity + Math.min(capacity, OVERFLOW)) * WORDS];
    }

    int size() {
        return size;
    }

    /** Touches the place of an identity, so that the processor fetches it while others are looked at. */
    long touch(long low) {
        int at = slotOf(low) * WORDS;
        return words[at] + words[at + 2];
    }

    long first(int at) {
        return words[at];
    }

    long second(int at) {
        return words[at + 1];
    }

    long third(int at) {
        return words[at + 2];
    }

    /** Changes what stands beside the first word. */
    void set(int at, long second, long third) {
        words[at + 1] = second;
        words[at + 2] = third;
    }

    private int slotOf(long low) {
        return (int) (((low >>> 32) * capacity) >>> 32);
    }

    private boolean isUsed(int at) {
        return (words[at + 1] & USED) != 0;
    }

    /** Where an identity stands, or −1 − the place where it belongs. */
    int find(long low) {
        int at = slotOf(low) * WORDS;
        while (at < words.length && isUsed(at)) {
            int order = Long.compareUnsigned(words[at], low);
            if (order >= 0) {
                return order == 0 ? at : -1 - at;
            }
            at += WORDS;
        }
        return -1 - at;
    }

    /** Makes a place for an identity that belongs there; its other words are to be {@linkplain #set set} next. */
    int add(int belongs, long low) {
        int at = belongs;
        if ((size + 1) * 5L > capacity * 4L) {
            capacity += Math.max(8, capacity / 4);
            moveInOrder();
            at = -1 - find(low);
        }
        makeRoom(at);
        words[at] = low;
        size++;
        return at;
    }

    private void makeRoom(int at) {
        int end = at;
        while (end < words.length && isUsed(end)) {
            end += WORDS;
        }
        if (end == words.length) {
            lengthen();
        }
        System.arraycopy(words, at, words, at + WORDS, end - at);
    }

    /** More room for who is displaced beyond the end; everybody's place stays. */
    private void lengthen() {
        words = Arrays.copyOf(words, words.length + OVERFLOW * WORDS);
    }

    /** Lets go of the identities at all other places. */
    void retain(IntPredicate needed) {
        for (int at = 0; at < words.length; at += WORDS) {
            if (isUsed(at) && !needed.test(at)) {
                words[at + 1] = 0;
                size--;
            }
        }
        capacity = capacityFor(size);
        moveInOrder();
    }

    /** Moves everybody into a new array for the capacity, in the same order. */
    private void moveInOrder() {
        long[] old = words;
        words = wordsFor(capacity);
        int free = 0;
        for (int at = 0; at < old.length; at += WORDS) {
            if ((old[at + 1] & USED) != 0) {
                int to = Math.max(free, slotOf(old[at]) * WORDS);
                if (to == words.length) {
                    lengthen();
                }
                words[to] = old[at];
                words[to + 1] = old[at + 1];
                words[to + 2] = old[at + 2];
                free = to + WORDS;
            }
        }
    }

    IdentityWords copy() {
        IdentityWords copy = new IdentityWords(0);
        copy.words = words.clone();
        copy.capacity = capacity;
        copy.size = size;
        return copy;
    }

    /** Takes the bytes of some identities. */
    public interface Chunks {
        void take(byte[] bytes, int length) throws IOException;
    }

    /** The words of all identities in order: many at once, because it is all of them. */
    void writeTo(Chunks to) throws IOException {
        byte[] chunk = new byte[Math.min(size, CHUNK_ENTRIES) * ENTRY_BYTES];
        int length = 0;
        for (int at = 0; at < words.length; at += WORDS) {
            if (!isUsed(at)) {
                continue;
            }
            for (int w = 0; w < WORDS; w++) {
                BIG_ENDIAN.set(chunk, length + w * Long.BYTES, words[at + w]);
            }
            length += ENTRY_BYTES;
            if (length == chunk.length) {
                to.take(chunk, length);
                length = 0;
            }
        }
        if (length > 0) {
            to.take(chunk, length);
        }
    }

    /** Gives the next bytes of what was written. */
    public interface Bytes {
        void read(byte[] to, int length) throws IOException;
    }

    /** Puts back so many identities as {@link #writeTo} gave them. */
    void readFrom(Bytes from, int identities) throws IOException {
        long[] three = new long[WORDS];
        readAll(from, identities, three, () -> set(add(-1 - find(three[0]), three[0]), three[1], three[2]));
    }

    /** Reads the words of so many identities, one after the other, into an array; says when there is another. */
    static void readAll(Bytes from, int identities, long[] into, Runnable next) throws IOException {
        int entryBytes = into.length * Long.BYTES;
        byte[] chunk = new byte[Math.min(identities, CHUNK_ENTRIES) * entryBytes];
        for (long left = (long) identities * entryBytes; left > 0; left -= chunk.length) {
            int length = (int) Math.min(left, chunk.length);
            from.read(chunk, length);
            for (int at = 0; at < length; at += entryBytes) {
                for (int w = 0; w < into.length; w++) {
                    into[w] = (long) BIG_ENDIAN.get(chunk, at + w * Long.BYTES);
                }
                next.run();
            }
        }
    }
}
