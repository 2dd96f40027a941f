package org.showroomlab.jobs.count;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.showroomlab.jobs.observe.ObservationLayout;
import org.showroomlab.jobs.packed.PackedReader;

/**
 * The histories of a share of all units ({@link UnitEntries} says what they look like), by open addressing.
 *
 * <p>Beside each history stands its <em>mark</em>: how many of its entries, from the first, are in the totals already. It
 * is {@link #CLEAN} when all are. Whatever changes the marked part first has what the marked entries from there on added
 * taken out of the totals, and the mark falls back to that place; what comes behind the mark leaves it where it is. So the
 * difference that a unit makes is always f(all entries) − f(marked entries), whatever happened in between. Entries that
 * {@linkplain UnitEntries#onlyRepeats only repeat} an exposure join the marked part at once.
 */
public final class UnitTable implements BucketTable {
    /** A mark: everything is in the totals. */
    public static final int CLEAN = -1;

    private byte[][] units = new byte[4][];
    /** By slot the unit's tag, and its mark: who looks for one needs the other. */
    private int[] tagsAndMarks = new int[2 * 4];

    private int size;
    /** The slots whose histories a copy of this table has too, so that they are not to be changed in place. */
    private BitSet shared = new BitSet();
    /** The slots whose histories differ from what is in the totals: most tables have few, and most histories are clean. */
    private int[] dirtySlots = new int[4];

    private int dirty;

    /** What the totals must follow at once, before a history changes. */
    public interface Totals {
        /** Takes f(first {@code until} entries) − f(first {@code from} entries) out of the totals. */
        void takeOut(byte[] unit, int from, int until);

        /** An entry from this source has joined the marked ones and only repeats an exposure. */
        void addRepeat(int source, boolean isAccounted);
    }

    @Override
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

    /** Touches the history of a unit: its header, and its last entry. */
    public int touch(int tag) {
        int slot = slotOf(tag);
        while (tag(slot) != tag && units[slot] != null) {
            slot = slot + 1 & units.length - 1;
        }
        byte[] unit = units[slot];
        return unit == null ? 0 : unit[UnitEntries.entriesEnd(unit) - 1] + unit[unit.length - 1];
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

    /** Puts an entry (time, id and the rest, as packed by the observer) into the history of a unit. */
    public void put(byte[] from, int visitorPart, int partSize, long timeAndSource, long entryId, Totals totals) {
        int slot = slotFor(PackedReader.longAt(from, visitorPart), PackedReader.longAt(from, visitorPart + 8));
        byte[] unit = java.util.Objects.requireNonNull(units[slot]);
        int rest = visitorPart + 16;
        int before = UnitEntries.indexFor(unit, timeAndSource, entryId, from, rest);
        boolean isClean = mark(slot) == CLEAN;
        if (isClean || before < mark(slot)) {
            if (UnitEntries.onlyRepeats(unit, before, from, rest)) {
                totals.addRepeat(
                        ObservationLayout.source(timeAndSource),
                        (from[rest] & ObservationLayout.ENTRY_IS_ACCOUNTED) != 0);
                mark(slot, isClean ? CLEAN : mark(slot) + 1);
            } else {
                unmark(slot, unit, before, totals);
            }
        }
        boolean inPlace = !shared.get(slot);
        units[slot] = UnitEntries.insert(unit, before, timeAndSource, entryId, from, rest, partSize - 16, inPlace);
        if (!inPlace) {
            shared.clear(slot);
        }
    }

    /** The slot of a unit, which has a history then. */
    private int slotFor(long high, long low) {
        int slot = slot(high, low);
        if (units[slot] == null) {
            if (4 * (size + 1) > 3 * units.length) {
                grow();
                slot = slot(high, low);
            }
            units[slot] = UnitEntries.newUnit(high, low);
            shared.clear(slot);
            tagsAndMarks[2 * slot] = (int) (high >>> 32);
            mark(slot, CLEAN);
            size++;
        }
        return slot;
    }

    /** Takes an entry out of the history of the unit with this tag. */
    public void takeBack(int tag, long timeAndSource, long entryId, Totals totals) {
        for (int slot = slotOf(tag); units[slot] != null; slot = slot + 1 & units.length - 1) {
            byte[] unit = units[slot];
            if (unit == null || tag(slot) != tag) {
                continue;
            }
            int entry = UnitEntries.find(unit, timeAndSource, entryId);
            if (entry >= 0) {
                unmark(slot, unit, entry, totals);
                byte[] own = shared.get(slot) ? unit.clone() : unit;
                UnitEntries.remove(own, entry);
                units[slot] = own;
                shared.clear(slot);
                return;
            }
        }
        throw new IllegalStateException("an observation to take back is not in its unit's history");
    }

    /** Sees to it that no more than the first {@code entries} are marked. */
    private void unmark(int slot, byte[] unit, int entries, Totals totals) {
        boolean isClean = mark(slot) == CLEAN;
        int marked = isClean ? UnitEntries.count(unit) : mark(slot);
        if (entries < marked) {
            totals.takeOut(unit, entries, marked);
        }
        if (isClean) {
            markDirty(slot, entries);
        } else {
            mark(slot, Math.min(entries, marked));
        }
    }

    private void markDirty(int slot, int mark) {
        mark(slot, mark);
        if (dirty == dirtySlots.length) {
            dirtySlots = Arrays.copyOf(dirtySlots, 2 * dirty);
        }
        dirtySlots[dirty++] = slot;
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
        BitSet oldShared = shared;
        units = new byte[capacity][];
        tagsAndMarks = new int[2 * capacity];
        shared = new BitSet();
        size = 0;
        dirty = 0;
        for (int i = 0; i < oldUnits.length; i++) {
            byte[] unit = oldUnits[i];
            if (unit != null) {
                shared.set(insert(unit, old[2 * i + 1]), oldShared.get(i));
            }
        }
    }

    /** Gives the slot. */
    private int insert(byte[] unit, int mark) {
        int slot = slot(PackedReader.longAt(unit, 0), PackedReader.longAt(unit, 8));
        units[slot] = unit;
        tagsAndMarks[2 * slot] = (int) (PackedReader.longAt(unit, 0) >>> 32);
        if (mark == CLEAN) {
            mark(slot, CLEAN);
        } else {
            markDirty(slot, mark);
        }
        size++;
        return slot;
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
            emptied |= UnitEntries.count(unit) == 0;
        }
        dirty = 0;
        if (emptied) {
            dropEmpty();
        }
    }

    private void dropEmpty() {
        for (int slot = 0; slot < units.length; slot++) {
            byte[] unit = units[slot];
            if (unit != null && UnitEntries.count(unit) == 0) {
                units[slot] = null;
            }
        }
        rehash(units.length);
    }

    /**
     * Forgets the entries at times that nobody needs any more; only when nothing differs from the totals.
     *
     * @param counted of a history, by entry, whether it counts until now
     */
    public void retain(LongPredicate neededMillis, Function<byte[], boolean[]> counted) {
        if (dirty > 0) {
            throw new IllegalStateException("histories must be in the totals before they are pruned");
        }
        int kept = 0;
        for (int slot = 0; slot < units.length; slot++) {
            byte[] unit = units[slot];
            if (unit != null) {
                units[slot] = UnitEntries.retained(unit, neededMillis, counted.apply(unit));
                shared.clear(slot);
                kept += units[slot] == null ? 0 : 1;
            }
        }
        int capacity = 4;
        while (4 * kept > 3 * capacity) {
            capacity *= 2;
        }
        rehash(capacity);
    }

    /** A copy that is independent of this: both have the same histories until one changes its own. */
    public UnitTable copy() {
        UnitTable copy = new UnitTable();
        copy.units = units.clone();
        shared.set(0, units.length);
        copy.shared.set(0, units.length);
        copy.tagsAndMarks = tagsAndMarks.clone();
        copy.dirtySlots = dirtySlots.clone();
        copy.size = size;
        copy.dirty = dirty;
        return copy;
    }

    /** How long the arrays of all histories are together; packed they are shorter. */
    public int bytes() {
        int bytes = 0;
        for (byte[] each : units) {
            bytes += each == null ? 0 : each.length;
        }
        return bytes;
    }

    /** Every history, for a format to write. */
    public void forEach(Consumer<byte[]> unit) {
        for (byte[] each : units) {
            if (each != null) {
                unit.accept(each);
            }
        }
    }

    /** Puts back a history whose entries are all in the totals. */
    public void restore(byte[] unit) {
        if (4 * (size + 1) > 3 * units.length) {
            grow();
        }
        insert(unit, CLEAN);
    }
}
