package org.showroomlab.jobs.count;

import static org.showroomlab.jobs.observe.ObservationLayout.COUNTS_FOR_CLUSTER;
import static org.showroomlab.jobs.observe.ObservationLayout.HAS_CLUSTER_PART;
import static org.showroomlab.jobs.observe.ObservationLayout.HAS_VISITOR_PART;
import static org.showroomlab.jobs.observe.ObservationLayout.LATE;

import java.io.IOException;
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
 * <p>Of each identity it keeps {@linkplain IdentityWords three words}:
 *
 * <pre>
 * identity, low word
 * milliseconds, 42 bits | source, 15 | flags, 4 | unknown exposures + 1, 3; never 0
 * unit tag, 32 bits | content hash, its upper half
 * </pre>
 *
 * Together with the bits that choose the table, at least 76 bits of an identity are compared: among 10⁸ identities the
 * chance that any two are taken for one is 10⁻⁷. Two deliveries of one event at the same millisecond are taken for copies
 * of each other, though they differ, with a chance of 2⁻³². What only few identities have stands beside it: a time, a
 * source or a number of unknown exposures that does not fit, how often the delivery that counts came again, and what a
 * cluster must give back should another delivery win.
 */
public final class IdentityTable implements BucketTable {
    /** Of one identity, where it is written. */
    public static final int ENTRY_BYTES = IdentityWords.ENTRY_BYTES;

    private static final int MILLIS_SHIFT = 22;
    private static final int SOURCE_SHIFT = 7;
    private static final int FLAGS_SHIFT = 3;
    private static final long MOST_MILLIS = (1L << 42) - 1;
    private static final int MOST_SOURCES = (1 << 15) - 1;
    private static final int FLAGS = 15;
    private static final int UNKNOWN = 7;
    /** Instead of the number of unknown exposures + 1: what does not fit stands in {@link #unusual}. */
    private static final int UNUSUAL = 7;

    private final IdentityWords words;
    /** Deliveries with the content that counts, by source; absent: one. */
    private final Map<Long, Map<Integer, Long>> copies = new HashMap<>();

    private final Map<Long, Unusual> unusual = new HashMap<>();
    private final Map<Long, byte[]> clusterParts = new HashMap<>();

    /** What does not fit an identity's words: times before 1970 or after 2109, sources beyond 2¹⁵, many unknown exposures. */
    public record Unusual(long timeAndSource, int unknownExposures) {}

    /** Where the consequences of a delivery go. */
    public interface Consequences {
        /** The delivery's visitor part belongs into its unit's history. */
        void put(byte[] bytes, int observation);

        /** The entry with this time and {@linkplain ObservationLayout#entryId id} is to leave the history of the unit with this tag. */
        void takeBack(int unitTag, long timeAndSource, long entryId);

        /** A cluster part is to be added (sign 1) or taken back (sign −1). */
        void cluster(byte[] bytes, int part, long millis, int sign);

        void account(int source, Way way, long change);
    }

    public IdentityTable() {
        this(new IdentityWords(0));
    }

    private IdentityTable(IdentityWords words) {
        this.words = words;
    }

    @Override
    public int size() {
        return words.size();
    }

    /** Touches the place of an identity, so that the processor fetches it while others are looked at. */
    public long touch(long identityLow) {
        return words.touch(identityLow);
    }

    /** Takes in the delivery whose {@linkplain ObservationLayout observation} starts at that place. */
    public void deliver(byte[] bytes, int observation, Consequences to) {
        long low = PackedReader.longAt(bytes, observation + ObservationLayout.IDENTITY_LOW);
        int at = words.find(low);
        if (at >= 0) {
            again(at, low, bytes, observation, to);
        } else {
            win(words.add(-1 - at, low), low, bytes, observation, to);
        }
    }

    private void again(int at, long low, byte[] bytes, int observation, Consequences to) {
        long time = PackedReader.longAt(bytes, observation + ObservationLayout.TIME_AND_SOURCE);
        int content = PackedReader.intAt(bytes, observation + ObservationLayout.CONTENT_HASH);
        int source = ObservationLayout.source(time);
        long winnerTime = timeAndSource(at);
        int winnerSource = ObservationLayout.source(winnerTime);
        int byTime = Long.compare(ObservationLayout.millis(time), ObservationLayout.millis(winnerTime));
        int byContent = Integer.compareUnsigned(content, (int) words.third(at));
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
        win(at, low, bytes, observation, to);
    }

    private Map<Integer, Long> copiesOf(long low, int winnerSource) {
        return copies.computeIfAbsent(low, k -> new TreeMap<>(Map.of(winnerSource, 1L)));
    }

    private long timeAndSource(int at) {
        long word = words.second(at);
        return (word & UNKNOWN) == UNUSUAL
                ? unusual(words.first(at)).timeAndSource()
                : word >>> MILLIS_SHIFT << 16 | (word >>> SOURCE_SHIFT & MOST_SOURCES);
    }

    private int unknownExposures(int at) {
        int written = (int) words.second(at) & UNKNOWN;
        return written == UNUSUAL ? unusual(words.first(at)).unknownExposures() : written - 1;
    }

    private Unusual unusual(long low) {
        return java.util.Objects.requireNonNull(unusual.get(low));
    }

    private void write(int at, long low, long timeAndSource, int tag, int content, int flags, int unknown) {
        long millis = ObservationLayout.millis(timeAndSource);
        int source = ObservationLayout.source(timeAndSource);
        boolean fits = millis <= MOST_MILLIS && source <= MOST_SOURCES && unknown + 1 < UNUSUAL;
        if (!fits) {
            unusual.put(low, new Unusual(timeAndSource, unknown));
        }
        long number = fits ? millis << MILLIS_SHIFT | (long) source << SOURCE_SHIFT | unknown + 1 : UNUSUAL;
        words.set(at, number | (long) flags << FLAGS_SHIFT, (long) tag << 32 | (content & 0xffff_ffffL));
    }

    private void win(int at, long low, byte[] bytes, int observation, Consequences to) {
        int flags = bytes[observation + ObservationLayout.FLAGS];
        int unknown = PackedReader.intAt(bytes, observation + ObservationLayout.UNKNOWN_EXPOSURES);
        int visitorPart = observation + ObservationLayout.VISITOR_PART;
        int tag = (flags & HAS_VISITOR_PART) == 0 ? 0 : (int) (PackedReader.longAt(bytes, visitorPart) >>> 32);
        long time = PackedReader.longAt(bytes, observation + ObservationLayout.TIME_AND_SOURCE);
        int content = PackedReader.intAt(bytes, observation + ObservationLayout.CONTENT_HASH);
        write(at, low, time, tag, content, flags, unknown);
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
        int flags = (int) words.second(at) >>> FLAGS_SHIFT & FLAGS;
        long time = timeAndSource(at);
        account(ObservationLayout.source(time), flags, unknownExposures(at), -1, to);
        unusual.remove(low);
        if ((flags & HAS_VISITOR_PART) != 0) {
            long tagAndContent = words.third(at);
            to.takeBack((int) (tagAndContent >>> 32), time, ObservationLayout.entryId(low, (int) tagAndContent));
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

    /** Forgets the identities of events at times that nobody needs any more. */
    public void retain(LongPredicate neededMillis) {
        words.retain(at -> {
            boolean needed = neededMillis.test(ObservationLayout.millis(timeAndSource(at)));
            if (!needed) {
                copies.remove(words.first(at));
                unusual.remove(words.first(at));
                clusterParts.remove(words.first(at));
            }
            return needed;
        });
    }

    /** A copy that shares nothing mutable. */
    public IdentityTable copy() {
        IdentityTable copy = new IdentityTable(words.copy());
        copies.forEach((k, v) -> copy.copies.put(k, new TreeMap<>(v)));
        copy.unusual.putAll(unusual);
        // Parts are never changed in place.
        copy.clusterParts.putAll(clusterParts);
        return copy;
    }

    /** The words of all identities, {@link #ENTRY_BYTES} each, for a format to write. */
    public void writeTo(IdentityWords.Written to) throws IOException {
        words.writeTo(to);
    }

    /** Whether any identity has something beside its words. */
    public boolean hasMore() {
        return !copies.isEmpty() || !unusual.isEmpty() || !clusterParts.isEmpty();
    }

    public Map<Long, Map<Integer, Long>> copies() {
        return copies;
    }

    public Map<Long, Unusual> unusual() {
        return unusual;
    }

    public Map<Long, byte[]> clusterParts() {
        return clusterParts;
    }

    /** A table of so many identities as {@link #writeTo} gave them. */
    public static IdentityTable read(int identities, IdentityWords.Bytes from) throws IOException {
        IdentityWords words = new IdentityWords(identities);
        words.readFrom(from, identities);
        return new IdentityTable(words);
    }

    /**
     * A table of so many identities of version 1: low word; content hash; ts &lt;&lt; 16 | source; unit tag &lt;&lt; 32 |
     * bits of the high word &lt;&lt; 16 | unknown exposures &lt;&lt; 8 | flags | 128. From 255 unknown exposures on their
     * number stood elsewhere.
     */
    public static IdentityTable readVersion1(int identities, IdentityWords.Bytes from) throws IOException {
        IdentityTable table = new IdentityTable(new IdentityWords(identities));
        long[] four = new long[4];
        IdentityWords.readAll(from, identities, four, () -> {
            int at = table.words.add(-1 - table.words.find(four[0]), four[0]);
            int last = (int) four[3];
            table.write(
                    at,
                    four[0],
                    four[2],
                    (int) (four[3] >>> 32),
                    (int) (four[1] >>> 32),
                    last & FLAGS,
                    last >>> 8 & 0xff);
        });
        return table;
    }

    /** Of an identity of version 1 with so many that their number stood elsewhere. */
    public void correctUnknownExposures(long low, int unknown) {
        unusual.computeIfPresent(low, (identity, each) -> new Unusual(each.timeAndSource(), unknown));
    }
}
