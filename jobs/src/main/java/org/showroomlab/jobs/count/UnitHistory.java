package org.showroomlab.jobs.count;

import java.util.Arrays;
import org.showroomlab.jobs.observe.ObservationLayout;
import org.showroomlab.jobs.packed.PackedReader;

/**
 * One unit's observations, unpacked for reading: in time order, with the values of each slot linked up and the exposure
 * to each experiment found. One instance is filled with many units in turn.
 */
final class UnitHistory {
    static final int NONE = -1;
    /** No entry: beyond all of them. */
    static final int NEVER = Integer.MAX_VALUE;

    private final PackedReader reader = new PackedReader();

    int entries;
    long unitLow;
    byte[] bytes = {};
    long[] millis = new long[32];
    int[] source = new int[32];
    boolean[] accounted = new boolean[32];
    /** Entries that count whatever the loaded experiments need of them: they expose, or have counted for a closed one. */
    boolean[] counts = new boolean[32];
    /** Where an exposing entry's dimension values start. */
    int[] dimensions = new int[32];
    /** Where an entry says its showroom and product; 0: it does not. */
    int[] places = new int[32];

    private int valueCount;
    int[] valueEntry = new int[32];
    long[] values = new long[32];
    /** The next value of the same slot, or {@link #NONE}. */
    int[] nextValue = new int[32];

    private final int[] firstValue;
    private final int[] lastValue;
    private int[] usedSlots = new int[16];
    private int usedSlotCount;

    /** By experiment: the first exposing entry, its variant, and the first entry with another variant. */
    final int[] firstExposure;

    final int[] variant;
    final int[] mixed;
    /** The experiments that the unit was exposed to. */
    int[] experiments = new int[16];

    int experimentCount;

    UnitHistory(int slots, int experimentsLoaded) {
        this.firstValue = new int[slots];
        this.lastValue = new int[slots];
        Arrays.fill(firstValue, NONE);
        this.firstExposure = new int[experimentsLoaded];
        this.variant = new int[experimentsLoaded];
        this.mixed = new int[experimentsLoaded];
        Arrays.fill(firstExposure, NEVER);
    }

    /** The first value of a slot, or {@link #NONE}. */
    int firstOf(int slot) {
        return slot < 0 ? NONE : firstValue[slot];
    }

    /** Unpacks the first entries of a unit. */
    void read(byte[] unit, int firstEntries) {
        clear();
        bytes = unit;
        unitLow = PackedReader.longAt(unit, 8);
        entries = firstEntries;
        ensureEntries(firstEntries);
        int repeated = NONE;
        int repeatedPlace = NONE;
        for (int entry = 0; entry < firstEntries; entry++) {
            long time = UnitEntries.timeAndSource(unit, entry);
            millis[entry] = ObservationLayout.millis(time);
            source[entry] = ObservationLayout.source(time);
            int place = UnitEntries.restPlace(unit, entry);
            if (place == repeatedPlace) {
                repeat(entry, repeated);
            } else {
                int rest = UnitEntries.restStart(unit, place);
                readRest(entry, rest, rest + UnitEntries.restSize(unit, place));
                if ((unit[rest] & ObservationLayout.ENTRY_ONLY_EXPOSES) != 0) {
                    repeated = entry;
                    repeatedPlace = place;
                }
            }
        }
    }

    private void clear() {
        for (int i = 0; i < usedSlotCount; i++) {
            firstValue[usedSlots[i]] = NONE;
        }
        for (int i = 0; i < experimentCount; i++) {
            firstExposure[experiments[i]] = NEVER;
        }
        usedSlotCount = 0;
        experimentCount = 0;
        valueCount = 0;
    }

    /** Reads an entry that says just what an earlier one did, and does nothing but expose: the second time changes nothing. */
    private void repeat(int entry, int earlier) {
        accounted[entry] = accounted[earlier];
        counts[entry] = true;
        dimensions[entry] = dimensions[earlier];
        places[entry] = 0;
    }

    private void readRest(int entry, int rest, int end) {
        byte flags = bytes[rest];
        accounted[entry] = (flags & ObservationLayout.ENTRY_IS_ACCOUNTED) != 0;
        boolean exposes = (flags & ObservationLayout.ENTRY_HAS_EXPOSURES) != 0;
        counts[entry] = exposes || (flags & ObservationLayout.ENTRY_HAS_COUNTED) != 0;
        places[entry] = 0;
        if (exposes) {
            readExposures(entry, rest + 1);
            if ((flags & ObservationLayout.ENTRY_ONLY_EXPOSES) != 0) {
                return;
            }
            reader.at(bytes, dimensions[entry]);
            for (int i = 0; i < dimensionSlots; i++) {
                reader.skip(Math.max(0, reader.readVarInt() - 1));
            }
        } else {
            reader.at(bytes, rest + 1);
        }
        if ((flags & ObservationLayout.ENTRY_HAS_PLACE) != 0) {
            places[entry] = reader.position();
            reader.skip(reader.readVarInt());
            reader.skip(reader.readVarInt());
        }
        while (reader.position() < end) {
            int slot = reader.readVarInt();
            addValue(entry, slot, reader.readSignedVarLong());
        }
    }

    private void readExposures(int entry, int start) {
        reader.at(bytes, start);
        for (int left = reader.readVarInt(); left > 0; left--) {
            int experiment = reader.readVarInt();
            expose(entry, experiment, reader.readVarInt());
        }
        dimensions[entry] = reader.position();
    }

    /** How many dimension values an exposing entry has. */
    int dimensionSlots;

    private void expose(int entry, int experiment, int carried) {
        if (firstExposure[experiment] == NEVER) {
            firstExposure[experiment] = entry;
            variant[experiment] = carried;
            mixed[experiment] = NEVER;
            if (experimentCount == experiments.length) {
                experiments = Arrays.copyOf(experiments, 2 * experimentCount);
            }
            experiments[experimentCount++] = experiment;
        } else if (variant[experiment] != carried && mixed[experiment] == NEVER) {
            mixed[experiment] = entry;
        }
    }

    private void addValue(int entry, int slot, long value) {
        if (valueCount == values.length) {
            valueEntry = Arrays.copyOf(valueEntry, 2 * valueCount);
            values = Arrays.copyOf(values, 2 * valueCount);
            nextValue = Arrays.copyOf(nextValue, 2 * valueCount);
        }
        valueEntry[valueCount] = entry;
        values[valueCount] = value;
        nextValue[valueCount] = NONE;
        if (firstValue[slot] == NONE) {
            firstValue[slot] = valueCount;
            if (usedSlotCount == usedSlots.length) {
                usedSlots = Arrays.copyOf(usedSlots, 2 * usedSlotCount);
            }
            usedSlots[usedSlotCount++] = slot;
        } else {
            nextValue[lastValue[slot]] = valueCount;
        }
        lastValue[slot] = valueCount++;
    }

    /** The value of a dimension slot on an exposing entry; empty when it has none. */
    String dimensionValue(int entry, int dimensionSlot) {
        reader.at(bytes, dimensions[entry]);
        for (int i = 0; i < dimensionSlot; i++) {
            reader.skip(Math.max(0, reader.readVarInt() - 1));
        }
        int length = reader.readVarInt() - 1;
        return length <= 0 ? "" : new String(bytes, reader.position(), length, java.nio.charset.StandardCharsets.UTF_8);
    }

    /** The showroom of an entry that says its place. */
    String showroom(int entry) {
        return reader.at(bytes, places[entry]).readText();
    }

    /** The product of an entry that says its place; empty when there is none. */
    String sku(int entry) {
        reader.at(bytes, places[entry]);
        reader.skip(reader.readVarInt());
        return reader.readText();
    }

    /** Where the value of a dimension slot stands: start and length, packed; length 0 when it has none. */
    long dimensionRegion(int entry, int dimensionSlot) {
        reader.at(bytes, dimensions[entry]);
        for (int i = 0; i < dimensionSlot; i++) {
            reader.skip(Math.max(0, reader.readVarInt() - 1));
        }
        int length = Math.max(0, reader.readVarInt() - 1);
        return (long) reader.position() << 32 | length;
    }

    private void ensureEntries(int count) {
        if (count > millis.length) {
            int capacity = Math.max(count, 2 * millis.length);
            millis = new long[capacity];
            source = new int[capacity];
            accounted = new boolean[capacity];
            counts = new boolean[capacity];
            dimensions = new int[capacity];
            places = new int[capacity];
        }
    }
}
