package org.showroomlab.jobs.count;

import static org.showroomlab.jobs.observe.ObservationLayout.COUNTS_FOR_CLUSTER;
import static org.showroomlab.jobs.observe.ObservationLayout.HAS_CLUSTER_PART;
import static org.showroomlab.jobs.observe.ObservationLayout.HAS_VISITOR_PART;
import static org.showroomlab.jobs.observe.ObservationLayout.LATE;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.count.Accounts.Way;
import org.showroomlab.jobs.observe.ObservationLayout;
import org.showroomlab.jobs.packed.PackedReader;

/**
 * Which delivery of each event counts, for a share of all identities. The earliest counts, then the one with the smaller
 * content hash, then the one from the source with the smaller name (sources are numbered in the order of their names).
 * Its answers to any order of the same deliveries add up to the same.
 *
 * <p>Shape: open addressing over one array, four words per identity, because there is one for every event there ever was.
 * The place of an identity grows with its low word, and neighbours stand in that order (ordered linear probing: Amble and
 * Knuth 1974, doi:10.1093/comjnl/17.2.135). So a search for what is not there, which is what most are, ends at the first
 * larger one even in a table that is nearly full, and a table grows by one walk through both arrays.
 *
 * <pre>
 * identity, low word
 * content hash
 * ts &lt;&lt; 16 | source
 * unit tag &lt;&lt; 32 | identity, lowest 16 bits of the high word &lt;&lt; 16 | unknown exposures &lt;&lt; 8 | flags | 128
 * </pre>
 *
 * Together with the bits that choose the table, at least 90 bits of an identity are compared: among 10⁹ identities the
 * chance that any two are taken for one is below 10⁻⁹. What only few identities have stands beside it: how often the
 * delivery that counts came again, and what a cluster must give back should another delivery win.
 */
public final class IdentityTable {
    private static final int WORDS = 4;
    /** Of one identity, where it is written. */
    public static final int ENTRY_BYTES = WORDS * Long.BYTES;

    /** How many identities are written or read at once. */
    public static final int CHUNK_ENTRIES = 256;

    /** As Java's data streams write a long. */
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int USED = 128;
    private static final int FLAGS = 127;
    /** Unknown exposures from here on stand in {@link #manyUnknown}. */
    private static final int MANY = 255;

    /** Places beyond the last one that an identity may ask for: whoever is displaced from the end stands there. */
    private static final int OVERFLOW = 32;

    private int capacity = 8;
    private long[] words = wordsFor(capacity);
    private int size;
    /** Deliveries with the content that counts, by source; absent: one. */
    private final Map<Long, Map<Integer, Long>> copies = new HashMap<>();

    private final Map<Long, Integer> manyUnknown = new HashMap<>();
    private final Map<Long, byte[]> clusterParts = new HashMap<>();

    /** Where the consequences of a delivery go. */
    public interface Consequences {
        /** The delivery's visitor part belongs into its unit's history. */
        void put(byte[] bytes, int observation);

        /** The entry with this time and identity is to leave the history of the unit with this tag. */
        void takeBack(int unitTag, long timeAndSource, long identityLow);

        /** A cluster part is to be added (sign 1) or taken back (sign −1). */
        void cluster(byte[] bytes, int part, long millis, int sign);

        void account(int source, Way way, long change);
    }

    public int size() {
        return size;
    }

    /** Touches the place of an identity, so that the processor fetches it while others are looked at. */
    public long touch(long identityLow) {
        int at = slotOf(identityLow) * WORDS;
        return words[at] + words[at + 3];
    }

    private static long[] wordsFor(int capacity) {
        return new long[(capacity + Math.min(capacity, OVERFLOW)) * WORDS];
    }

    private int slotOf(long identityLow) {
        return (int) (((identityLow >>> 32) * capacity) >>> 32);
    }

    /** The place of the first identity that is not smaller, or of the free slot before it. */
    private int find(long high, long low) {
        int at = slotOf(low) * WORDS;
        while (at < words.length && (words[at + 3] & USED) != 0 && isBefore(at, high, low)) {
            at += WORDS;
        }
        return at;
    }

    private boolean isBefore(int at, long high, long low) {
        int byLow = Long.compareUnsigned(words[at], low);
        return byLow < 0 || (byLow == 0 && (words[at + 3] >>> 16 & 0xffff) < (high & 0xffff));
    }

    private boolean isThere(int at, long high, long low) {
        return at < words.length
                && (words[at + 3] & USED) != 0
                && words[at] == low
                && (words[at + 3] >>> 16 & 0xffff) == (high & 0xffff);
    }

    /** Makes the place free for an identity that belongs there. */
    private void makeRoom(int at) {
        int end = at;
        while (end < words.length && (words[end + 3] & USED) != 0) {
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

    /** Takes in the delivery whose {@linkplain ObservationLayout observation} starts at that place. */
    public void deliver(byte[] bytes, int observation, Consequences to) {
        long high = PackedReader.longAt(bytes, observation + ObservationLayout.IDENTITY_HIGH);
        long low = PackedReader.longAt(bytes, observation + ObservationLayout.IDENTITY_LOW);
        int at = find(high, low);
        if (isThere(at, high, low)) {
            again(at, high, low, bytes, observation, to);
        } else {
            win(placeFor(at, high, low), high, low, bytes, observation, to);
        }
    }

    /** A free place for an identity that is not there and belongs at that place. */
    private int placeFor(int found, long high, long low) {
        int at = found;
        if ((size + 1) * 5L > capacity * 4L) {
            grow();
            at = find(high, low);
        }
        makeRoom(at);
        size++;
        return at;
    }

    private void again(int at, long high, long low, byte[] bytes, int observation, Consequences to) {
        long time = PackedReader.longAt(bytes, observation + ObservationLayout.TIME_AND_SOURCE);
        long content = PackedReader.longAt(bytes, observation + ObservationLayout.CONTENT_HASH);
        int source = ObservationLayout.source(time);
        long winnerTime = words[at + 2];
        int winnerSource = ObservationLayout.source(winnerTime);
        long winnerContent = words[at + 1];
        int byTime = Long.compare(ObservationLayout.millis(time), ObservationLayout.millis(winnerTime));
        int byContent = Long.compareUnsigned(content, winnerContent);
        boolean same = byTime == 0 && byContent == 0;
        boolean precedes = byTime != 0 ? byTime < 0 : byContent != 0 ? byContent < 0 : source < winnerSource;
        if (!precedes) {
            to.account(source, Way.DUPLICATE, 1);
            if (same) {
                copiesOf(low, winnerSource).merge(source, 1L, Long::sum);
            } else {
                to.account(source, Way.CONFLICTING, 1);
            }
            return;
        }
        to.account(winnerSource, Way.DUPLICATE, 1);
        Map<Integer, Long> before = copiesOf(low, winnerSource);
        if (same) {
            before.merge(source, 1L, Long::sum);
        } else {
            before.forEach((from, count) -> to.account(from, Way.CONFLICTING, count));
            copies.remove(low);
        }
        lose(at, low, to);
        win(at, high, low, bytes, observation, to);
    }

    private Map<Integer, Long> copiesOf(long low, int winnerSource) {
        return copies.computeIfAbsent(low, k -> new TreeMap<>(Map.of(winnerSource, 1L)));
    }

    private void win(int at, long high, long low, byte[] bytes, int observation, Consequences to) {
        int flags = bytes[observation + ObservationLayout.FLAGS];
        int unknown = PackedReader.intAt(bytes, observation + ObservationLayout.UNKNOWN_EXPOSURES);
        int visitorPart = observation + ObservationLayout.VISITOR_PART;
        int tag = (flags & HAS_VISITOR_PART) == 0 ? 0 : (int) (PackedReader.longAt(bytes, visitorPart) >>> 32);
        long time = PackedReader.longAt(bytes, observation + ObservationLayout.TIME_AND_SOURCE);
        words[at] = low;
        words[at + 1] = PackedReader.longAt(bytes, observation + ObservationLayout.CONTENT_HASH);
        words[at + 2] = time;
        words[at + 3] = (long) tag << 32 | (high & 0xffff) << 16 | (long) Math.min(unknown, MANY) << 8 | flags | USED;
        if (unknown >= MANY) {
            manyUnknown.put(low, unknown);
        }
        account(ObservationLayout.source(time), flags, unknown, 1, to);
        if ((flags & HAS_VISITOR_PART) != 0) {
            to.put(bytes, observation);
        }
        if ((flags & HAS_CLUSTER_PART) != 0) {
            int part = visitorPart + PackedReader.intAt(bytes, observation + ObservationLayout.VISITOR_PART_SIZE);
            int end = observation + PackedReader.intAt(bytes, observation);
            clusterParts.put(low, Arrays.copyOfRange(bytes, part, end));
            to.cluster(bytes, part, ObservationLayout.millis(time), 1);
        }
    }

    private void lose(int at, long low, Consequences to) {
        long last = words[at + 3];
        int flags = (int) (last & FLAGS);
        long time = words[at + 2];
        Integer many = manyUnknown.remove(low);
        account(ObservationLayout.source(time), flags, many != null ? many : (int) (last >>> 8 & 0xff), -1, to);
        if ((flags & HAS_VISITOR_PART) != 0) {
            to.takeBack((int) (last >>> 32), time, low);
        }
        byte @Nullable [] part = clusterParts.remove(low);
        if (part != null) {
            to.cluster(part, 0, ObservationLayout.millis(time), -1);
        }
    }

    /** What the histories do not account for: they know the rest. */
    private static void account(int source, int flags, int unknown, int sign, Consequences to) {
        if (unknown != 0) {
            to.account(source, Way.UNKNOWN_EXPOSURE, (long) sign * unknown);
        }
        if ((flags & COUNTS_FOR_CLUSTER) != 0) {
            to.account(source, Way.COUNTED, sign);
        } else if ((flags & HAS_VISITOR_PART) == 0) {
            to.account(source, Way.IN_NO_EXPERIMENT, sign);
            if ((flags & LATE) != 0) {
                to.account(source, Way.LATE, sign);
            }
        }
    }

    private void grow() {
        rebuild(capacity + Math.max(8, capacity / 4), millis -> true);
    }

    /** Forgets the identities of events at times that nobody needs any more. */
    public void retain(LongPredicate neededMillis) {
        rebuild(8, neededMillis);
    }

    private void rebuild(int minCapacity, LongPredicate neededMillis) {
        long[] old = words;
        int kept = 0;
        for (int at = 0; at < old.length; at += WORDS) {
            boolean used = (old[at + 3] & USED) != 0;
            if (used && neededMillis.test(ObservationLayout.millis(old[at + 2]))) {
                kept++;
            } else if (used) {
                copies.remove(old[at]);
                manyUnknown.remove(old[at]);
                clusterParts.remove(old[at]);
                old[at + 3] = 0;
            }
        }
        capacity = Math.max(minCapacity, kept * 5 / 4 + 1);
        size = kept;
        moveInOrder(old);
    }

    /** Fills a new array from one in the same order. */
    private void moveInOrder(long[] old) {
        words = wordsFor(capacity);
        int free = 0;
        for (int at = 0; at < old.length; at += WORDS) {
            if ((old[at + 3] & USED) != 0) {
                int to = Math.max(free, slotOf(old[at]) * WORDS);
                if (to == words.length) {
                    lengthen();
                }
                words[to] = old[at];
                words[to + 1] = old[at + 1];
                words[to + 2] = old[at + 2];
                words[to + 3] = old[at + 3];
                free = to + WORDS;
            }
        }
    }

    /** A copy that shares nothing mutable. */
    public IdentityTable copy() {
        IdentityTable copy = new IdentityTable();
        copy.words = words.clone();
        copy.capacity = capacity;
        copy.size = size;
        copies.forEach((k, v) -> copy.copies.put(k, new TreeMap<>(v)));
        copy.manyUnknown.putAll(manyUnknown);
        // Parts are never changed in place.
        copy.clusterParts.putAll(clusterParts);
        return copy;
    }

    /** Takes the bytes of some identities. */
    public interface Chunks {
        void take(byte[] bytes, int length) throws IOException;
    }

    /** The words of all identities, {@link #ENTRY_BYTES} each, for a format to write: many at once, because it is all of them. */
    public void writeTo(Chunks to) throws IOException {
        byte[] chunk = new byte[Math.min(size, CHUNK_ENTRIES) * ENTRY_BYTES];
        int length = 0;
        for (int at = 0; at < words.length; at += WORDS) {
            if ((words[at + 3] & USED) == 0) {
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

    public Map<Long, Map<Integer, Long>> copies() {
        return copies;
    }

    public Map<Long, Integer> manyUnknown() {
        return manyUnknown;
    }

    public Map<Long, byte[]> clusterParts() {
        return clusterParts;
    }

    /** A table with room for as many identities, for a format to fill with {@link #read}. */
    public static IdentityTable withRoomFor(int identities) {
        IdentityTable table = new IdentityTable();
        table.capacity = Math.max(8, identities * 5 / 4 + 1);
        table.words = wordsFor(table.capacity);
        return table;
    }

    /** Puts back identities as {@link #writeTo} gave them. */
    public void read(byte[] bytes, int length) {
        for (int from = 0; from < length; from += ENTRY_BYTES) {
            long low = (long) BIG_ENDIAN.get(bytes, from);
            long last = (long) BIG_ENDIAN.get(bytes, from + 3 * Long.BYTES);
            long high = last >>> 16;
            int at = placeFor(find(high, low), high, low);
            words[at] = low;
            words[at + 1] = (long) BIG_ENDIAN.get(bytes, from + Long.BYTES);
            words[at + 2] = (long) BIG_ENDIAN.get(bytes, from + 2 * Long.BYTES);
            words[at + 3] = last;
        }
    }
}
