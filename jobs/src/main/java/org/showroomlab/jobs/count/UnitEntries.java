package org.showroomlab.jobs.count;

import static org.showroomlab.jobs.observe.ObservationLayout.ENTRY_HAS_EXPOSURES;
import static org.showroomlab.jobs.observe.ObservationLayout.ENTRY_ONLY_EXPOSES;

import java.util.Arrays;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.observe.ObservationLayout;
import org.showroomlab.jobs.packed.PackedReader;

/**
 * One unit's history as a flat array, its entries in the order in which {@link UnitContribution} reads them.
 *
 * <pre>
 * long  unit, high word            the tag is its upper half
 * long  unit, low word
 * int   bytes used
 * int   entries
 *       entries: long ts &lt;&lt; 16 | source, long identity (low word), length of the rest, the rest as in Observer,
 *       and the length of all this again, to be read backwards: 7 bits per byte, the lowest last
 * </pre>
 *
 * <p>Entries are read forwards by who counts, and backwards by who looks for a place, because what comes out of order has
 * mostly just been overtaken.
 */
public final class UnitEntries {
    static final int USED = 16;
    static final int ENTRIES = 20;
    static final int HEADER = 24;
    private static final int MAX_LENGTH_SIZE = 5;
    /** Content hash of an exposing entry, after its flags. */
    private static final int HASH_BYTES = 8;
    /** How far back a repeated exposure is looked for: a visitor that does anything else so often is rare. */
    private static final int REPEAT_DISTANCE = 4;

    private UnitEntries() {}

    /** A history without entries. */
    static byte[] newUnit(long high, long low) {
        byte[] unit = new byte[HEADER + 48];
        PackedReader.setLong(unit, 0, high);
        PackedReader.setLong(unit, 8, low);
        PackedReader.setInt(unit, USED, HEADER);
        return unit;
    }

    /** How many entries there are. */
    static int count(byte[] unit) {
        return PackedReader.intAt(unit, ENTRIES);
    }

    /** Bytes of a history that carry something. */
    public static int usedBytes(byte[] unit) {
        return PackedReader.intAt(unit, USED);
    }

    /** Writes an entry at its place, in place if that may be, and gives the array that holds the history now. */
    static byte[] insert(
            byte[] unit,
            int at,
            long timeAndSource,
            long identityLow,
            byte[] from,
            int rest,
            int restSize,
            boolean inPlace) {
        int used = PackedReader.intAt(unit, USED);
        int forwardSize = 16 + lengthSize(restSize) + restSize;
        int entrySize = forwardSize + lengthSize(forwardSize);
        byte[] to = unit;
        if (used + entrySize > unit.length) {
            to = Arrays.copyOf(unit, used + entrySize + (used >> 2));
        } else if (!inPlace) {
            to = unit.clone();
        }
        System.arraycopy(to, at, to, at + entrySize, used - at);
        writeEntry(to, at, timeAndSource, identityLow, from, rest, restSize);
        PackedReader.setInt(to, USED, used + entrySize);
        PackedReader.setInt(to, ENTRIES, count(to) + 1);
        return to;
    }

    /** Takes the entry at that place out, in place. */
    static void remove(byte[] unit, int at) {
        int used = PackedReader.intAt(unit, USED);
        int size = next(unit, at) - at;
        System.arraycopy(unit, at + size, unit, at, used - at - size);
        PackedReader.setInt(unit, USED, used - size);
        PackedReader.setInt(unit, ENTRIES, PackedReader.intAt(unit, ENTRIES) - 1);
    }

    /** The history without the entries at other times, or nothing when none is left; the array stays as it is. */
    static byte @Nullable [] retained(byte[] unit, LongPredicate neededMillis) {
        int used = PackedReader.intAt(unit, USED);
        byte[] kept = Arrays.copyOf(unit, used);
        int to = HEADER;
        int entries = 0;
        for (int at = HEADER; at < used; ) {
            int next = next(unit, at);
            if (neededMillis.test(ObservationLayout.millis(PackedReader.longAt(unit, at)))) {
                System.arraycopy(unit, at, kept, to, next - at);
                to += next - at;
                entries++;
            }
            at = next;
        }
        if (entries == 0) {
            return null;
        }
        PackedReader.setInt(kept, USED, to);
        PackedReader.setInt(kept, ENTRIES, entries);
        return Arrays.copyOf(kept, to);
    }

    /** Whether an entry stands before another: by time; at equal times exposures first, by content hash; then by identity. */
    static boolean isBefore(byte[] unit, int at, long timeAndSource, long identityLow, byte[] from, int rest) {
        int byTime = Long.compare(
                ObservationLayout.millis(PackedReader.longAt(unit, at)), ObservationLayout.millis(timeAndSource));
        if (byTime != 0) {
            return byTime < 0;
        }
        int ownRest = restOf(unit, at);
        boolean ownExposes = (unit[ownRest] & ENTRY_HAS_EXPOSURES) != 0;
        boolean exposes = (from[rest] & ENTRY_HAS_EXPOSURES) != 0;
        if (ownExposes != exposes) {
            return ownExposes;
        }
        int byContent = ownExposes
                ? Long.compareUnsigned(PackedReader.longAt(unit, ownRest + 1), PackedReader.longAt(from, rest + 1))
                : 0;
        return byContent != 0
                ? byContent < 0
                : Long.compareUnsigned(PackedReader.longAt(unit, at + 8), identityLow) < 0;
    }

    /**
     * Whether an entry that belongs at that place only exposes, and an entry shortly before exposes to just the same. Then
     * it changes nothing about its unit but that there is one more record that counts: it is not the first exposure, and
     * whether the unit is mixed has been decided by then.
     */
    static boolean onlyRepeats(byte[] unit, int at, byte[] from, int rest) {
        if ((from[rest] & ENTRY_ONLY_EXPOSES) == 0) {
            return false;
        }
        int exposures = rest + 1 + HASH_BYTES;
        int size = exposuresSize(from, exposures);
        int before = at;
        for (int i = 0; i < REPEAT_DISTANCE && before > HEADER; i++) {
            before = previous(unit, before);
            int own = restOf(unit, before);
            int ownExposures = own + 1 + HASH_BYTES;
            if ((unit[own] & ENTRY_HAS_EXPOSURES) != 0
                    && Arrays.equals(unit, ownExposures, ownExposures + size, from, exposures, exposures + size)) {
                return true;
            }
        }
        return false;
    }

    /** Bytes of the number of exposures, and of an experiment and a variant each. */
    private static int exposuresSize(byte[] bytes, int start) {
        int at = start;
        int count = 0;
        int shift = 0;
        while (bytes[at] < 0) {
            count |= (bytes[at++] & 0x7f) << shift;
            shift += 7;
        }
        count |= bytes[at++] << shift;
        for (int left = 2 * count; left > 0; left--) {
            while (bytes[at] < 0) {
                at++;
            }
            at++;
        }
        return at - start;
    }

    /** Where the rest of the entry starts. */
    static int restOf(byte[] unit, int at) {
        int to = at + 16;
        while (unit[to] < 0) {
            to++;
        }
        return to + 1;
    }

    /** How many bytes the rest of the entry has. */
    static int restSize(byte[] unit, int at) {
        int to = at + 16;
        int size = 0;
        int shift = 0;
        while (unit[to] < 0) {
            size |= (unit[to++] & 0x7f) << shift;
            shift += 7;
        }
        return size | unit[to] << shift;
    }

    /** Where the entry after the one at that place starts. */
    static int next(byte[] unit, int at) {
        return after(at, restOf(unit, at) + restSize(unit, at));
    }

    /** Where the entry after one that starts and ends there starts. */
    static int after(int start, int end) {
        return end + lengthSize(end - start);
    }

    /** Where the entry before that place starts. */
    static int previous(byte[] unit, int at) {
        int last = at - 1;
        int forwardSize = unit[last] & 0x7f;
        for (int shift = 7; unit[last] < 0; shift += 7) {
            last--;
            forwardSize |= (unit[last] & 0x7f) << shift;
        }
        return last - forwardSize;
    }

    private static void writeEntry(
            byte[] unit, int at, long timeAndSource, long identityLow, byte[] from, int rest, int restSize) {
        PackedReader.setLong(unit, at, timeAndSource);
        PackedReader.setLong(unit, at + 8, identityLow);
        int to = at + 16;
        int left = restSize;
        while (left > 0x7f) {
            unit[to++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        unit[to++] = (byte) left;
        System.arraycopy(from, rest, unit, to, restSize);
        writeBackwards(unit, at, to + restSize);
    }

    /** Behind an entry that ends there, writes how long it is. */
    private static void writeBackwards(byte[] unit, int start, int end) {
        int forwardSize = end - start;
        int last = end + lengthSize(forwardSize) - 1;
        int left = forwardSize;
        for (int to = last; to > end; to--) {
            unit[to] = (byte) (left | 0x80);
            left >>>= 7;
        }
        unit[end] = (byte) left;
    }

    private static int lengthSize(int length) {
        int size = 1;
        for (int rest = length >>> 7; rest > 0; rest >>>= 7) {
            size++;
        }
        return size;
    }

    /**
     * A history as it is now, of one that an earlier version of this class kept: its header had the time of the last entry
     * after the count of entries, and its entries had no length to be read backwards.
     */
    public static byte[] ofVersion1(byte[] old) {
        int entries = PackedReader.intAt(old, ENTRIES);
        byte[] unit = new byte[old.length + entries * MAX_LENGTH_SIZE];
        System.arraycopy(old, 0, unit, 0, HEADER);
        int to = HEADER;
        int at = HEADER + Long.BYTES;
        for (int entry = 0; entry < entries; entry++) {
            int forwardSize = restOf(old, at) + restSize(old, at) - at;
            System.arraycopy(old, at, unit, to, forwardSize);
            writeBackwards(unit, to, to + forwardSize);
            at += forwardSize;
            to += forwardSize + lengthSize(forwardSize);
        }
        PackedReader.setInt(unit, USED, to);
        return Arrays.copyOf(unit, to);
    }
}
