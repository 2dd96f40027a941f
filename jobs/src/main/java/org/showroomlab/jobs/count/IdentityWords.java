package org.showroomlab.jobs.count;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Three words for each of many identities, found by the first one, by open addressing: there is an identity for every
 * event there ever was.
 *
 * <p>The place of an identity grows with its first word, and neighbours stand in that order (ordered linear probing: Amble
 * and Knuth 1974, doi:10.1093/comjnl/17.2.135). So a search for what is not there, which is what most are, ends at the
 * first larger one even in a table that is nearly full. A second word whose lowest three bits are 0 says that nobody
 * stands there.
 *
 * <p>Places lie in chunks, and a table grows by more of them: nothing that it outgrew is left behind, which would be
 * several times the table over its life, all of it alive long enough to be copied by collections.
 */
public final class IdentityWords {
    private static final int WORDS = 3;
    /** Of one identity, where it is written. */
    static final int ENTRY_BYTES = WORDS * Long.BYTES;

    /** How many identities are written or read at once. */
    private static final int WRITTEN_AT_ONCE = 256;

    /** As Java's data streams write a long. */
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int USED = 7;

    private static final int CHUNK_SHIFT = 7;
    private static final int CHUNK_PLACES = 1 << CHUNK_SHIFT;
    /** Places beyond the last one that an identity may ask for: whoever is displaced from the end stands there. */
    private static final int OVERFLOW = 32;

    /** Full ones, but that a single one may be shorter: most tables have one or two identities where each is a row. */
    private long[][] chunks;

    private int places;
    /** How many of the places, from the first, an identity may ask for. */
    private int capacity;

    private int size;

    /** Nobody, with room for so many. */
    IdentityWords(int identities) {
        capacity = Math.max(8, identities * 5 / 4 + 1);
        chunks = new long[1][0];
        lengthenTo(capacity + Math.min(capacity, OVERFLOW));
    }

    int size() {
        return size;
    }

    /** Touches the place of an identity, so that the processor fetches it while others are looked at. */
    long touch(long low) {
        int at = placeOf(low);
        return first(at) + third(at);
    }

    long first(int at) {
        return chunks[at >>> CHUNK_SHIFT][inChunk(at)];
    }

    long second(int at) {
        return chunks[at >>> CHUNK_SHIFT][inChunk(at) + 1];
    }

    long third(int at) {
        return chunks[at >>> CHUNK_SHIFT][inChunk(at) + 2];
    }

    /** Changes what stands beside the first word. */
    void set(int at, long second, long third) {
        long[] chunk = chunks[at >>> CHUNK_SHIFT];
        chunk[inChunk(at) + 1] = second;
        chunk[inChunk(at) + 2] = third;
    }

    private static int inChunk(int place) {
        return (place & CHUNK_PLACES - 1) * WORDS;
    }

    private int placeOf(long low) {
        return (int) (((low >>> 32) * capacity) >>> 32);
    }

    private boolean isUsed(int at) {
        return (second(at) & USED) != 0;
    }

    /** Where an identity stands, or −1 − the place where it belongs. */
    int find(long low) {
        int at = placeOf(low);
        while (at < places) {
            long[] chunk = chunks[at >>> CHUNK_SHIFT];
            for (int word = inChunk(at); word < chunk.length; word += WORDS, at++) {
                if ((chunk[word + 1] & USED) == 0) {
                    return -1 - at;
                }
                int order = Long.compareUnsigned(chunk[word], low);
                if (order >= 0) {
                    return order == 0 ? at : -1 - at;
                }
            }
        }
        return -1 - at;
    }

    /** Makes a place for an identity that belongs there; its other words are to be {@linkplain #set set} next. */
    int add(int belongs, long low) {
        int at = belongs;
        if ((size + 1) * 5L > capacity * 4L) {
            grow();
            at = -1 - find(low);
        }
        makeRoom(at);
        chunks[at >>> CHUNK_SHIFT][inChunk(at)] = low;
        size++;
        return at;
    }

    private void makeRoom(int at) {
        int end = firstUnused(at);
        if (end == places) {
            lengthenTo(places + OVERFLOW);
        }
        for (int start = end & -CHUNK_PLACES; start > at; start = end & -CHUNK_PLACES) {
            moveUpInChunk(start, end);
            System.arraycopy(
                    chunks[(start - 1) >>> CHUNK_SHIFT], inChunk(start - 1), chunks[start >>> CHUNK_SHIFT], 0, WORDS);
            end = start - 1;
        }
        moveUpInChunk(at, end);
    }

    private int firstUnused(int from) {
        int at = from;
        while (at < places) {
            long[] chunk = chunks[at >>> CHUNK_SHIFT];
            for (int word = inChunk(at); word < chunk.length; word += WORDS, at++) {
                if ((chunk[word + 1] & USED) == 0) {
                    return at;
                }
            }
        }
        return at;
    }

    /** Moves those from one place to before another of the same chunk by one place. */
    private void moveUpInChunk(int from, int until) {
        long[] chunk = chunks[until >>> CHUNK_SHIFT];
        System.arraycopy(chunk, inChunk(from), chunk, inChunk(from) + WORDS, (until - from) * WORDS);
    }

    /** At least so many places; everybody stays. */
    private void lengthenTo(int atLeast) {
        int before = chunks.length;
        setPlaces(atLeast);
        chunks = Arrays.copyOf(chunks, chunkCount());
        if (chunks[0].length < chunkLength()) {
            chunks[0] = Arrays.copyOf(chunks[0], chunkLength());
        }
        for (int i = before; i < chunks.length; i++) {
            chunks[i] = new long[chunkLength()];
        }
    }

    private void setPlaces(int atLeast) {
        places = atLeast <= CHUNK_PLACES ? atLeast : (atLeast + CHUNK_PLACES - 1) & -CHUNK_PLACES;
    }

    private int chunkCount() {
        return (places + CHUNK_PLACES - 1) >>> CHUNK_SHIFT;
    }

    private int chunkLength() {
        return Math.min(places, CHUNK_PLACES) * WORDS;
    }

    /** Moves everybody into a longer table, in the same order, which takes over chunks as they have been left. */
    private void grow() {
        long[][] old = chunks;
        setPlaces(places + Math.max(8, places / 4));
        capacity = places - Math.min(places / 2, OVERFLOW);
        chunks = new long[chunkCount()][];
        long[][] left = new long[old.length][];
        int leftCount = 0;
        int made = 0;
        int free = 0;
        for (long[] chunk : old) {
            for (int at = 0; at < chunk.length; at += WORDS) {
                if ((chunk[at + 1] & USED) == 0) {
                    continue;
                }
                int to = Math.max(free, placeOf(chunk[at]));
                for (; made < chunks.length && made <= to >>> CHUNK_SHIFT; made++) {
                    chunks[made] = leftCount > 0 ? left[--leftCount] : new long[chunkLength()];
                }
                if (to == places) {
                    lengthenTo(places + OVERFLOW);
                    made = chunks.length;
                }
                System.arraycopy(chunk, at, chunks[to >>> CHUNK_SHIFT], inChunk(to), WORDS);
                free = to + 1;
            }
            if (chunk.length == chunkLength()) {
                Arrays.fill(chunk, 0);
                left[leftCount++] = chunk;
            }
        }
        for (; made < chunks.length; made++) {
            chunks[made] = leftCount > 0 ? left[--leftCount] : new long[chunkLength()];
        }
    }

    /** Lets go of the identities at all other places. */
    void retain(IntPredicate needed) {
        int kept = 0;
        for (int at = 0; at < places; at++) {
            if (isUsed(at)) {
                if (needed.test(at)) {
                    kept++;
                } else {
                    chunks[at >>> CHUNK_SHIFT][inChunk(at) + 1] = 0;
                }
            }
        }
        IdentityWords less = new IdentityWords(kept);
        for (int at = 0; at < places; at++) {
            if (isUsed(at)) {
                less.set(less.add(-1 - less.find(first(at)), first(at)), second(at), third(at));
            }
        }
        become(less);
    }

    IdentityWords copy() {
        IdentityWords copy = new IdentityWords(0);
        copy.become(this);
        copy.chunks = new long[chunks.length][];
        Arrays.setAll(copy.chunks, i -> chunks[i].clone());
        return copy;
    }

    private void become(IdentityWords other) {
        chunks = other.chunks;
        places = other.places;
        capacity = other.capacity;
        size = other.size;
    }

    /** Takes the bytes of some identities. */
    public interface Written {
        void take(byte[] bytes, int length) throws IOException;
    }

    /** The words of all identities in order: many at once, because it is all of them. */
    void writeTo(Written to) throws IOException {
        byte[] bytes = new byte[Math.min(size, WRITTEN_AT_ONCE) * ENTRY_BYTES];
        int length = 0;
        for (int at = 0; at < places; at++) {
            if (!isUsed(at)) {
                continue;
            }
            BIG_ENDIAN.set(bytes, length, first(at));
            BIG_ENDIAN.set(bytes, length + Long.BYTES, second(at));
            BIG_ENDIAN.set(bytes, length + 2 * Long.BYTES, third(at));
            length += ENTRY_BYTES;
            if (length == bytes.length) {
                to.take(bytes, length);
                length = 0;
            }
        }
        if (length > 0) {
            to.take(bytes, length);
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
        byte[] bytes = new byte[Math.min(identities, WRITTEN_AT_ONCE) * entryBytes];
        for (long left = (long) identities * entryBytes; left > 0; left -= bytes.length) {
            int length = (int) Math.min(left, bytes.length);
            from.read(bytes, length);
            for (int at = 0; at < length; at += entryBytes) {
                for (int w = 0; w < into.length; w++) {
                    into[w] = (long) BIG_ENDIAN.get(bytes, at + w * Long.BYTES);
                }
                next.run();
            }
        }
    }
}
