package org.showroomlab.jobs.count;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.showroomlab.jobs.observe.ObservationLayout;
import org.showroomlab.jobs.packed.PackedReader;

/**
 * The histories of a share of all units, each one flat array, kept in the order in which {@link UnitContribution} reads
 * them.
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
 *
 * <p>Beside each history stands its <em>mark</em>: how many of its entries, from the first, are in the totals already. It
 * is {@link #CLEAN} when all are. An entry that comes at the end leaves the mark where it was; anything else first asks
 * for the marked part to be taken out of the totals, and sets it to 0. So the difference that a unit makes is always
 * f(all entries) − f(marked entries), whatever happened in between, and the marked entries are still there to compute it.
 */
public final class UnitTable {
    /** A mark: everything is in the totals. */
    public static final int CLEAN = -1;

    static final int USED = 16;
    static final int ENTRIES = 20;
    static final int HEADER = 24;
    private static final int MAX_LENGTH_SIZE = 5;

    private byte[][] units = new byte[4][];
    /** By slot the unit's tag, and its mark: who looks for one needs the other. */
    private int[] tagsAndMarks = new int[2 * 4];

    private int size;
    /** The slots whose histories differ from what is in the totals: most tables have few, and most histories are clean. */
    private int[] dirtySlots = new int[4];

    private int dirty;

    /** Takes the first entries of a history out of the totals, before the history changes. */
    public interface TakeOut {
        void marked(byte[] unit, int entries);
    }

    public int size() {
        return size;
    }

    /** How many histories differ from what is in the totals. */
    public int dirty() {
        return dirty;
    }

    /**
     * Touches the place of a unit in this table, so that the processor fetches it while others are looked at. It waits
     * for as many places at once as it meets without needing what it waits for; hence a second pass for {@link #touch}.
     */
    public int touchSlot(int tag) {
        int slot = slotOf(tag);
        return tag(slot) + (units[slot] == null ? 0 : 1);
    }

    /** Touches the history of a unit: its header, and the end of its last entry. */
    public int touch(int tag) {
        int slot = slotOf(tag);
        while (tag(slot) != tag && units[slot] != null) {
            slot = slot + 1 & units.length - 1;
        }
        byte[] unit = units[slot];
        return unit == null ? 0 : unit[PackedReader.intAt(unit, USED) - 1];
    }

    private int tag(int slot) {
        return tagsAndMarks[2 * slot];
    }

    private int mark(int slot) {
        return tagsAndMarks[2 * slot + 1];
    }

    private void mark(int slot, int mark) {
        tagsAndMarks[2 * slot + 1] = mark;
    }

    private int slotOf(int tag) {
        // The upper bits of the tag chose the table.
        return (tag * 0x9E3779B1) >>> 7 & (units.length - 1);
    }

    /** Puts an entry (time, identity and the rest, as packed by the observer) into the history of a unit. */
    public void put(byte[] from, int visitorPart, int partSize, long timeAndSource, long identityLow, TakeOut takeOut) {
        long high = PackedReader.longAt(from, visitorPart);
        long low = PackedReader.longAt(from, visitorPart + 8);
        int slot = slot(high, low);
        byte[] unit = units[slot];
        if (unit == null) {
            if (4 * (size + 1) > 3 * units.length) {
                grow();
                slot = slot(high, low);
            }
            unit = newUnit(high, low);
            tagsAndMarks[2 * slot] = (int) (high >>> 32);
            mark(slot, CLEAN);
            size++;
        }
        int restSize = partSize - 16;
        int forwardSize = 16 + lengthSize(restSize) + restSize;
        int entrySize = forwardSize + lengthSize(forwardSize);
        int used = PackedReader.intAt(unit, USED);
        if (used + entrySize > unit.length) {
            unit = Arrays.copyOf(unit, used + entrySize + (used >> 2));
        }
        int entries = PackedReader.intAt(unit, ENTRIES);
        int at = used;
        if (entries > 0
                && ObservationLayout.millis(timeAndSource)
                        <= ObservationLayout.millis(PackedReader.longAt(unit, previous(unit, used)))) {
            takeOut(slot, unit, takeOut);
            at = placeOf(unit, timeAndSource, identityLow, from, visitorPart + 16);
            System.arraycopy(unit, at, unit, at + entrySize, used - at);
        } else if (mark(slot) == CLEAN) {
            markDirty(slot, entries);
        }
        writeEntry(unit, at, timeAndSource, identityLow, from, visitorPart + 16, restSize);
        PackedReader.setInt(unit, USED, used + entrySize);
        PackedReader.setInt(unit, ENTRIES, entries + 1);
        units[slot] = unit;
    }

    /** Takes an entry out of the history of the unit with this tag. */
    public void takeBack(int tag, long timeAndSource, long identityLow, TakeOut takeOut) {
        for (int slot = slotOf(tag); units[slot] != null; slot = slot + 1 & units.length - 1) {
            byte[] unit = units[slot];
            if (unit == null || tag(slot) != tag) {
                continue;
            }
            int used = PackedReader.intAt(unit, USED);
            for (int at = used; at > HEADER; ) {
                at = previous(unit, at);
                if (PackedReader.longAt(unit, at) == timeAndSource
                        && PackedReader.longAt(unit, at + 8) == identityLow) {
                    takeOut(slot, unit, takeOut);
                    remove(unit, at);
                    return;
                }
            }
        }
        throw new IllegalStateException("an observation to take back is not in its unit's history");
    }

    private void takeOut(int slot, byte[] unit, TakeOut takeOut) {
        int entries = mark(slot) == CLEAN ? PackedReader.intAt(unit, ENTRIES) : mark(slot);
        if (entries > 0) {
            takeOut.marked(unit, entries);
        }
        if (mark(slot) == CLEAN) {
            markDirty(slot, 0);
        } else {
            mark(slot, 0);
        }
    }

    private void markDirty(int slot, int mark) {
        mark(slot, mark);
        if (dirty == dirtySlots.length) {
            dirtySlots = Arrays.copyOf(dirtySlots, 2 * dirty);
        }
        dirtySlots[dirty++] = slot;
    }

    private static void remove(byte[] unit, int at) {
        int used = PackedReader.intAt(unit, USED);
        int size = next(unit, at) - at;
        System.arraycopy(unit, at + size, unit, at, used - at - size);
        PackedReader.setInt(unit, USED, used - size);
        PackedReader.setInt(unit, ENTRIES, PackedReader.intAt(unit, ENTRIES) - 1);
    }

    /** Where an entry belongs: by time; at equal times exposures first, by content hash; then by identity. */
    private static int placeOf(byte[] unit, long timeAndSource, long identityLow, byte[] from, int rest) {
        int at = PackedReader.intAt(unit, USED);
        while (at > HEADER) {
            int previous = previous(unit, at);
            if (isBefore(unit, previous, timeAndSource, identityLow, from, rest)) {
                return at;
            }
            at = previous;
        }
        return at;
    }

    private static boolean isBefore(byte[] unit, int at, long timeAndSource, long identityLow, byte[] from, int rest) {
        int byTime = Long.compare(
                ObservationLayout.millis(PackedReader.longAt(unit, at)), ObservationLayout.millis(timeAndSource));
        if (byTime != 0) {
            return byTime < 0;
        }
        int ownRest = restOf(unit, at);
        boolean ownExposes = (unit[ownRest] & ObservationLayout.ENTRY_HAS_EXPOSURES) != 0;
        boolean exposes = (from[rest] & ObservationLayout.ENTRY_HAS_EXPOSURES) != 0;
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

    /** Where the entry before that place starts. */
    private static int previous(byte[] unit, int at) {
        int last = at - 1;
        int forwardSize = unit[last] & 0x7f;
        for (int shift = 7; unit[last] < 0; shift += 7) {
            last--;
            forwardSize |= (unit[last] & 0x7f) << shift;
        }
        return last - forwardSize;
    }

    private static int lengthSize(int length) {
        int size = 1;
        for (int rest = length >>> 7; rest > 0; rest >>>= 7) {
            size++;
        }
        return size;
    }

    /** Where the rest of the entry starts. */
    static int restOf(byte[] unit, int at) {
        int to = at + 16;
        while (unit[to] < 0) {
            to++;
        }
        return to + 1;
    }

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

    static int next(byte[] unit, int at) {
        int end = restOf(unit, at) + restSize(unit, at);
        return end + lengthSize(end - at);
    }

    private static byte[] newUnit(long high, long low) {
        byte[] unit = new byte[HEADER + 48];
        PackedReader.setLong(unit, 0, high);
        PackedReader.setLong(unit, 8, low);
        PackedReader.setInt(unit, USED, HEADER);
        return unit;
    }

    private int slot(long high, long low) {
        int tag = (int) (high >>> 32);
        int slot = slotOf(tag);
        while (true) {
            byte[] unit = units[slot];
            if (unit == null
                    || (tag(slot) == tag
                            && PackedReader.longAt(unit, 0) == high
                            && PackedReader.longAt(unit, 8) == low)) {
                return slot;
            }
            slot = slot + 1 & units.length - 1;
        }
    }

    private void grow() {
        rehash(2 * units.length);
    }

    private void rehash(int capacity) {
        byte[][] oldUnits = units;
        int[] old = tagsAndMarks;
        units = new byte[capacity][];
        tagsAndMarks = new int[2 * capacity];

        size = 0;
        dirty = 0;
        for (int i = 0; i < oldUnits.length; i++) {
            byte[] unit = oldUnits[i];
            if (unit != null) {
                insert(unit, old[2 * i + 1]);
            }
        }
    }

    private void insert(byte[] unit, int mark) {
        int slot = slot(PackedReader.longAt(unit, 0), PackedReader.longAt(unit, 8));
        units[slot] = unit;
        tagsAndMarks[2 * slot] = (int) (PackedReader.longAt(unit, 0) >>> 32);
        if (mark == CLEAN) {
            mark(slot, CLEAN);
        } else {
            markDirty(slot, mark);
        }
        size++;
    }

    /** What to do with a history that differs from what is in the totals. */
    public interface Difference {
        void between(byte[] unit, int marked);
    }

    /** Hands out every history that differs, and takes them all to be in the totals then. */
    public void flush(Difference to) {
        boolean emptied = false;
        for (int i = 0; i < dirty; i++) {
            int slot = dirtySlots[i];
            byte[] unit = java.util.Objects.requireNonNull(units[slot]);
            to.between(unit, mark(slot));
            mark(slot, CLEAN);
            emptied |= PackedReader.intAt(unit, ENTRIES) == 0;
        }
        dirty = 0;
        if (emptied) {
            dropEmpty();
        }
    }

    private void dropEmpty() {
        for (int slot = 0; slot < units.length; slot++) {
            byte[] unit = units[slot];
            if (unit != null && PackedReader.intAt(unit, ENTRIES) == 0) {
                units[slot] = null;
            }
        }
        rehash(units.length);
    }

    /** Forgets the entries at times that nobody needs any more; only when nothing differs from the totals. */
    public void retain(LongPredicate neededMillis) {
        if (dirty > 0) {
            throw new IllegalStateException("histories must be in the totals before they are pruned");
        }
        int kept = 0;
        for (int slot = 0; slot < units.length; slot++) {
            byte[] unit = units[slot];
            if (unit != null) {
                units[slot] = retained(unit, neededMillis);
                kept += units[slot] == null ? 0 : 1;
            }
        }
        int capacity = 4;
        while (4 * kept > 3 * capacity) {
            capacity *= 2;
        }
        rehash(capacity);
    }

    private static byte @Nullable [] retained(byte[] unit, LongPredicate neededMillis) {
        int used = PackedReader.intAt(unit, USED);
        int to = HEADER;
        int entries = 0;
        for (int at = HEADER; at < used; ) {
            int next = next(unit, at);
            if (neededMillis.test(ObservationLayout.millis(PackedReader.longAt(unit, at)))) {
                System.arraycopy(unit, at, unit, to, next - at);
                to += next - at;
                entries++;
            }
            at = next;
        }
        if (entries == 0) {
            return null;
        }
        PackedReader.setInt(unit, USED, to);
        PackedReader.setInt(unit, ENTRIES, entries);
        return Arrays.copyOf(unit, to);
    }

    /** A copy that shares nothing mutable. */
    public UnitTable copy() {
        UnitTable copy = new UnitTable();
        copy.units = new byte[units.length][];
        for (int slot = 0; slot < units.length; slot++) {
            byte[] unit = units[slot];
            copy.units[slot] = unit == null ? null : unit.clone();
        }
        copy.tagsAndMarks = tagsAndMarks.clone();
        copy.dirtySlots = dirtySlots.clone();
        copy.size = size;
        copy.dirty = dirty;
        return copy;
    }

    /** Every history, for a format to write. */
    public void forEach(Consumer<byte[]> unit) {
        for (byte[] each : units) {
            if (each != null) {
                unit.accept(each);
            }
        }
    }

    /** Bytes of a history that carry something. */
    public static int usedBytes(byte[] unit) {
        return PackedReader.intAt(unit, USED);
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

    /** Puts back a history whose entries are all in the totals. */
    public void restore(byte[] unit) {
        if (4 * (size + 1) > 3 * units.length) {
            grow();
        }
        insert(unit, CLEAN);
    }
}
