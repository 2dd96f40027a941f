package org.showroomlab.jobs.count;

import static org.showroomlab.jobs.observe.ObservationLayout.ENTRY_HAS_COUNTED;
import static org.showroomlab.jobs.observe.ObservationLayout.ENTRY_HAS_EXPOSURES;
import static org.showroomlab.jobs.observe.ObservationLayout.ENTRY_ONLY_EXPOSES;

import java.util.Arrays;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.observe.ObservationLayout;
import org.showroomlab.jobs.packed.PackedReader;
import org.showroomlab.jobs.packed.PackedWriter;

/**
 * One unit's history as a flat array, its entries in the order in which {@link UnitContribution} reads them.
 *
 * <pre>
 * long  unit, high word            the tag is its upper half
 * long  unit, low word
 * int   bytes of all rests
 * int   entries
 *       entries, 20 bytes each: long ts &lt;&lt; 16 | source, long entry id, int where its rest stands
 *       room to grow
 *       rests: the length (7 bits per byte, the lowest first), then what Observer writes into an entry
 * </pre>
 *
 * <p>A rest is found by its distance from the end of the array, and many entries may say the same one: most events only
 * repeat where and to what their visitor is exposed, so a history is little more than its times and identities.
 */
public final class UnitEntries {
    private static final int REST_BYTES = 16;
    private static final int ENTRIES = 20;
    private static final int HEADER = 24;

    private static final int ENTRY_BYTES = 20;
    private static final int ID = 8;
    private static final int REST = 16;
    private static final int ROOM_TO_BEGIN = 3 * ENTRY_BYTES;
    /** How far around an entry its rest, or its exposures, are looked for: who does anything else so often is rare. */
    private static final int REPEAT_DISTANCE = 4;

    private UnitEntries() {}

    /** A history without entries. */
    static byte[] newUnit(long high, long low) {
        byte[] unit = new byte[HEADER + ROOM_TO_BEGIN];
        PackedReader.setLong(unit, 0, high);
        PackedReader.setLong(unit, 8, low);
        return unit;
    }

    /** How many entries there are. */
    static int count(byte[] unit) {
        return PackedReader.intAt(unit, ENTRIES);
    }

    private static int restBytes(byte[] unit) {
        return PackedReader.intAt(unit, REST_BYTES);
    }

    /** Where the entries end. */
    static int entriesEnd(byte[] unit) {
        return placeOf(count(unit));
    }

    /** Where the rests start; they end with the array. */
    static int restsStart(byte[] unit) {
        return unit.length - restBytes(unit);
    }

    private static int placeOf(int entry) {
        return HEADER + entry * ENTRY_BYTES;
    }

    static long timeAndSource(byte[] unit, int entry) {
        return PackedReader.longAt(unit, placeOf(entry));
    }

    static long entryId(byte[] unit, int entry) {
        return PackedReader.longAt(unit, placeOf(entry) + ID);
    }

    /** Where the rest of an entry stands, its length first; entries with the same rest mostly have it at the same place. */
    static int restPlace(byte[] unit, int entry) {
        return unit.length - PackedReader.intAt(unit, placeOf(entry) + REST);
    }

    /** Where the rest at that place begins, behind its length. */
    static int restStart(byte[] unit, int restPlace) {
        return afterNumber(unit, restPlace);
    }

    /** The length of the rest at that place. */
    static int restSize(byte[] unit, int restPlace) {
        return numberAt(unit, restPlace);
    }

    /** A number of 7 bits per byte, the lowest first. */
    private static int numberAt(byte[] bytes, int start) {
        int at = start;
        int number = 0;
        int shift = 0;
        while (bytes[at] < 0) {
            number |= (bytes[at++] & 0x7f) << shift;
            shift += 7;
        }
        return number | bytes[at] << shift;
    }

    private static int afterNumber(byte[] bytes, int start) {
        int at = start;
        while (bytes[at] < 0) {
            at++;
        }
        return at + 1;
    }

    private static int lengthSize(int length) {
        int size = 1;
        for (int rest = length >>> 7; rest > 0; rest >>>= 7) {
            size++;
        }
        return size;
    }

    /** Before which entry one that is not there belongs. */
    static int indexFor(byte[] unit, long timeAndSource, long entryId, byte[] from, int rest) {
        int low = 0;
        int high = count(unit);
        // Most come in the order of time.
        for (int entry = high - 1; low < high; entry = (low + high) >>> 1) {
            if (isBefore(unit, entry, timeAndSource, entryId, from, rest)) {
                low = entry + 1;
            } else {
                high = entry;
            }
        }
        return low;
    }

    /** Whether an entry stands before another: by time; at equal times exposures first; by content hash; by identity. */
    private static boolean isBefore(byte[] unit, int entry, long timeAndSource, long entryId, byte[] from, int rest) {
        int byTime = Long.compare(
                ObservationLayout.millis(timeAndSource(unit, entry)), ObservationLayout.millis(timeAndSource));
        if (byTime != 0) {
            return byTime < 0;
        }
        boolean ownExposes = (flags(unit, entry) & ENTRY_HAS_EXPOSURES) != 0;
        boolean exposes = (from[rest] & ENTRY_HAS_EXPOSURES) != 0;
        if (ownExposes != exposes) {
            return ownExposes;
        }
        long ownId = entryId(unit, entry);
        int byContent = Integer.compareUnsigned((int) ownId, (int) entryId);
        return byContent != 0 ? byContent < 0 : Long.compareUnsigned(ownId, entryId) < 0;
    }

    private static byte flags(byte[] unit, int entry) {
        return unit[restStart(unit, restPlace(unit, entry))];
    }

    /** The entry of a delivery, or −1. */
    static int find(byte[] unit, long timeAndSource, long entryId) {
        for (int entry = count(unit) - 1; entry >= 0; entry--) {
            // Histories that earlier versions kept have no content hash where nothing is exposed.
            if (timeAndSource(unit, entry) == timeAndSource && entryId(unit, entry) >>> 32 == entryId >>> 32) {
                return entry;
            }
        }
        return -1;
    }

    /** Puts an entry before another, in place if that may be, and gives the array that holds the history now. */
    static byte[] insert(
            byte[] unit,
            int entry,
            long timeAndSource,
            long entryId,
            byte[] from,
            int rest,
            int restSize,
            boolean inPlace) {
        int distance = distanceOfSameRest(unit, entry, from, rest, restSize);
        int newRest = distance > 0 ? 0 : lengthSize(restSize) + restSize;
        int used = entriesEnd(unit) + restBytes(unit);
        byte[] to = unit;
        if (used + ENTRY_BYTES + newRest > unit.length) {
            to = resized(unit, used + 2 * ENTRY_BYTES + newRest + (used >> 3));
        } else if (!inPlace) {
            to = unit.clone();
        }
        if (newRest > 0) {
            distance = restBytes(to) + newRest;
            writeRest(to, to.length - distance, from, rest, restSize);
            PackedReader.setInt(to, REST_BYTES, distance);
        }
        int at = placeOf(entry);
        System.arraycopy(to, at, to, at + ENTRY_BYTES, entriesEnd(to) - at);
        PackedReader.setLong(to, at, timeAndSource);
        PackedReader.setLong(to, at + ID, entryId);
        PackedReader.setInt(to, at + REST, distance);
        PackedReader.setInt(to, ENTRIES, count(to) + 1);
        return to;
    }

    /** How far from the end a neighbour's rest stands that is this one; 0 if there is none. */
    private static int distanceOfSameRest(byte[] unit, int entry, byte[] from, int rest, int restSize) {
        int first = Math.max(0, entry - REPEAT_DISTANCE);
        for (int neighbour = Math.min(entry, count(unit) - 1); neighbour >= first; neighbour--) {
            int place = restPlace(unit, neighbour);
            if (restSize(unit, place) == restSize) {
                int start = restStart(unit, place);
                if (Arrays.equals(unit, start, start + restSize, from, rest, rest + restSize)) {
                    return unit.length - place;
                }
            }
        }
        return 0;
    }

    private static void writeRest(byte[] to, int place, byte[] from, int rest, int restSize) {
        int at = place;
        int left = restSize;
        while (left > 0x7f) {
            to[at++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        to[at++] = (byte) left;
        System.arraycopy(from, rest, to, at, restSize);
    }

    /** The same history in an array of another length. */
    private static byte[] resized(byte[] unit, int length) {
        byte[] to = new byte[length];
        System.arraycopy(unit, 0, to, 0, entriesEnd(unit));
        int rests = restBytes(unit);
        System.arraycopy(unit, unit.length - rests, to, length - rests, rests);
        return to;
    }

    /** Takes an entry out, in place, and its rest if no other has it. */
    static void remove(byte[] unit, int entry) {
        int place = restPlace(unit, entry);
        int at = placeOf(entry);
        System.arraycopy(unit, at + ENTRY_BYTES, unit, at, entriesEnd(unit) - at - ENTRY_BYTES);
        int count = count(unit) - 1;
        PackedReader.setInt(unit, ENTRIES, count);
        for (int other = 0; other < count; other++) {
            if (restPlace(unit, other) == place) {
                return;
            }
        }
        int size = restStart(unit, place) + restSize(unit, place) - place;
        int start = restsStart(unit);
        System.arraycopy(unit, start, unit, start + size, place - start);
        PackedReader.setInt(unit, REST_BYTES, restBytes(unit) - size);
        for (int other = 0; other < count; other++) {
            int otherPlace = restPlace(unit, other);
            if (otherPlace < place) {
                PackedReader.setInt(unit, placeOf(other) + REST, unit.length - otherPlace - size);
            }
        }
    }

    /**
     * The history without the entries at other times, or nothing when none is left; the array stays as it is. What counts now
     * says so from then on: what it counted for may be among what is forgotten.
     */
    static byte @Nullable [] retained(byte[] unit, LongPredicate neededMillis, boolean[] counted) {
        byte[] kept = newUnit(PackedReader.longAt(unit, 0), PackedReader.longAt(unit, 8));
        for (int entry = 0; entry < count(unit); entry++) {
            long time = timeAndSource(unit, entry);
            if (neededMillis.test(ObservationLayout.millis(time))) {
                int place = restPlace(unit, entry);
                int rest = restStart(unit, place);
                int restSize = restSize(unit, place);
                byte[] from = unit;
                if (counted[entry] && (unit[rest] & ENTRY_HAS_EXPOSURES) == 0) {
                    from = Arrays.copyOfRange(unit, rest, rest + restSize);
                    from[0] |= ENTRY_HAS_COUNTED;
                    rest = 0;
                }
                kept = insert(kept, count(kept), time, entryId(unit, entry), from, rest, restSize, true);
            }
        }
        return count(kept) == 0 ? null : trimmed(kept);
    }

    private static byte[] trimmed(byte[] unit) {
        return resized(unit, entriesEnd(unit) + restBytes(unit));
    }

    /**
     * Whether an entry that belongs before that one only exposes, and an entry shortly before exposes to just the same. Then
     * it changes nothing about its unit but that there is one more record that counts: it is not the first exposure, and
     * whether the unit is mixed has been decided by then.
     */
    static boolean onlyRepeats(byte[] unit, int entry, byte[] from, int rest) {
        if ((from[rest] & ENTRY_ONLY_EXPOSES) == 0) {
            return false;
        }
        int exposures = rest + 1;
        int size = exposuresSize(from, exposures);
        for (int before = entry - 1; before >= Math.max(0, entry - REPEAT_DISTANCE); before--) {
            int own = restStart(unit, restPlace(unit, before));
            // A rest that ends with the history may be shorter. Equal bytes are equal lists: each begins with its
            // length.
            if ((unit[own] & ENTRY_HAS_EXPOSURES) != 0
                    && own + 1 + size <= unit.length
                    && Arrays.equals(unit, own + 1, own + 1 + size, from, exposures, exposures + size)) {
                return true;
            }
        }
        return false;
    }

    /** Bytes of the number of exposures, and of an experiment and a variant each. */
    private static int exposuresSize(byte[] bytes, int start) {
        int at = afterNumber(bytes, start);
        for (int left = 2 * numberAt(bytes, start); left > 0; left--) {
            at = afterNumber(bytes, at);
        }
        return at - start;
    }

    /**
     * Writes a history for {@link #unpacked} to read: the unit, the number of entries, the bytes of all rests; of each entry
     * the milliseconds since the one before, the source, the id, and how far from the end its rest stands; then the rests.
     */
    public static void pack(byte[] unit, PackedWriter to) {
        int count = count(unit);
        to.writeLong(PackedReader.longAt(unit, 0));
        to.writeLong(PackedReader.longAt(unit, 8));
        to.writeVarLong(count);
        to.writeVarLong(restBytes(unit));
        long before = 0;
        for (int entry = 0; entry < count; entry++) {
            long time = timeAndSource(unit, entry);
            to.writeVarLong(ObservationLayout.millis(time) - before);
            to.writeVarLong(ObservationLayout.source(time));
            to.writeLong(entryId(unit, entry));
            to.writeVarLong(PackedReader.intAt(unit, placeOf(entry) + REST));
            before = ObservationLayout.millis(time);
        }
        to.writeBytes(unit, unit.length - restBytes(unit), restBytes(unit));
    }

    /** The history that comes next, without room to grow. */
    public static byte[] unpacked(PackedReader from) {
        long high = from.readLong();
        long low = from.readLong();
        int count = from.readVarInt();
        int restBytes = from.readVarInt();
        byte[] unit = new byte[placeOf(count) + restBytes];
        PackedReader.setLong(unit, 0, high);
        PackedReader.setLong(unit, 8, low);
        PackedReader.setInt(unit, REST_BYTES, restBytes);
        PackedReader.setInt(unit, ENTRIES, count);
        long millis = 0;
        for (int entry = 0; entry < count; entry++) {
            millis += from.readVarLong();
            int at = placeOf(entry);
            PackedReader.setLong(unit, at, millis << 16 | from.readVarInt());
            PackedReader.setLong(unit, at + ID, from.readLong());
            PackedReader.setInt(unit, at + REST, from.readVarInt());
        }
        System.arraycopy(from.bytes(), from.position(), unit, unit.length - restBytes, restBytes);
        from.skip(restBytes);
        return unit;
    }

    /**
     * A history as it is now, of one that an earlier version of this class kept. Its header had the bytes used instead of
     * those of the rests, in version 1 also the time of the last entry; its entries were the time, the identity's low
     * word, and the rest with its length, where the content hash stood behind the flags if there were exposures; in
     * version 2 the length of all this again came behind it, the lowest 7 bits last.
     */
    public static byte[] ofVersion(int version, byte[] old) {
        byte[] unit = newUnit(PackedReader.longAt(old, 0), PackedReader.longAt(old, 8));
        int at = version == 1 ? HEADER + Long.BYTES : HEADER;
        for (int left = PackedReader.intAt(old, ENTRIES); left > 0; left--) {
            int rest = restStart(old, at + 16);
            int size = restSize(old, at + 16);
            int end = rest + size;
            int content = 0;
            if ((old[rest] & ENTRY_HAS_EXPOSURES) != 0) {
                content = (int) (PackedReader.longAt(old, rest + 1) >>> 32);
                old[rest + Long.BYTES] = old[rest];
                rest += Long.BYTES;
            }
            long entryId = ObservationLayout.entryId(PackedReader.longAt(old, at + 8), content);
            unit = insert(unit, count(unit), PackedReader.longAt(old, at), entryId, old, rest, end - rest, true);
            at = version == 1 ? end : end + lengthSize(end - at);
        }
        return trimmed(unit);
    }
}
