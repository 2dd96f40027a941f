package org.showroomlab.jobs.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.showroomlab.jobs.observe.ObservationLayout.ENTRY_HAS_EXPOSURES;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.showroomlab.jobs.packed.PackedReader;
import org.showroomlab.jobs.packed.PackedWriter;

class UnitTableTest {
    private static final long HIGH = 7L << 60 | 99;
    private static final UnitTable.Totals NOTHING = new UnitTable.Totals() {
        @Override
        public void takeOut(byte[] unit, int from, int until) {}

        @Override
        public void addRepeat(int source, boolean isAccounted) {}
    };

    private record Entry(long timeAndSource, long id, byte[] rest) {}

    @Test
    void entriesOfAnyLengthStandInTheOrderOfTimeWhateverCameWhen() {
        SplittableRandom random = new SplittableRandom(20261125);
        for (int world = 0; world < 200; world++) {
            UnitTable table = new UnitTable();
            List<Entry> there = new ArrayList<>();
            for (int step = 0; step < 40; step++) {
                if (!there.isEmpty() && random.nextInt(5) == 0) {
                    Entry gone = there.remove(random.nextInt(there.size()));
                    table.takeBack((int) (HIGH >>> 32), gone.timeAndSource(), gone.id(), NOTHING);
                } else {
                    // Lengths around 128 and 16384, where the written length grows by a byte.
                    int size = new int[] {1, 5, 105, 111, 112, 140, 16_360, 16_384}[random.nextInt(8)];
                    byte[] rest = new byte[size];
                    // Often the same as another's.
                    Arrays.fill(rest, 1, size, (byte) (random.nextInt(3) | 0x80));
                    rest[0] = (byte) (random.nextBoolean() ? ENTRY_HAS_EXPOSURES : 0);
                    Entry entry = new Entry(random.nextLong(1, 100) << 16 | random.nextInt(3), id(random, step), rest);
                    put(table, entry);
                    there.add(entry);
                }
                assertHolds(table, there);
                assertHolds(writtenAndRead(table), there);
            }
        }
    }

    private static UnitTable writtenAndRead(UnitTable table) {
        PackedWriter packed = new PackedWriter(64);
        table.forEach(unit -> UnitEntries.pack(unit, packed));
        PackedReader reader = new PackedReader().at(packed.bytes(), 0);
        UnitTable read = new UnitTable();
        for (int left = table.size(); left > 0; left--) {
            read.restore(UnitEntries.unpacked(reader));
        }
        assertThat(reader.position()).isEqualTo(packed.length());
        return read;
    }

    /** A snapshot is written while the work goes on in the copy, or in the original. */
    @Test
    void aCopyAndItsOriginalGoTheirOwnWays() {
        SplittableRandom random = new SplittableRandom(20261128);
        for (int world = 0; world < 200; world++) {
            UnitTable table = new UnitTable();
            List<Entry> there = new ArrayList<>();
            List<UnitTable> left = new ArrayList<>();
            List<List<Entry>> theirs = new ArrayList<>();
            for (int step = 0; step < 40; step++) {
                if (random.nextInt(4) == 0) {
                    UnitTable copy = table.copy();
                    boolean goOnInCopy = random.nextBoolean();
                    left.add(goOnInCopy ? table : copy);
                    theirs.add(List.copyOf(there));
                    table = goOnInCopy ? copy : table;
                }
                if (!there.isEmpty() && random.nextInt(5) == 0) {
                    Entry gone = there.remove(random.nextInt(there.size()));
                    table.takeBack((int) (HIGH >>> 32), gone.timeAndSource(), gone.id(), NOTHING);
                } else if (!there.isEmpty() && random.nextInt(10) == 0) {
                    long from = random.nextLong(1, 300);
                    table.flush((unit, marked) -> {});
                    table.retain(millis -> millis >= from, unit -> new boolean[UnitEntries.count(unit)]);
                    there.removeIf(entry -> entry.timeAndSource() >>> 16 < from);
                } else {
                    byte[] rest = new byte[1 + random.nextInt(60)];
                    Entry entry = new Entry(random.nextLong(1, 1000) << 16, id(random, step), rest);
                    put(table, entry);
                    there.add(entry);
                }
                assertHolds(table, there);
            }
            for (int i = 0; i < left.size(); i++) {
                assertHolds(left.get(i), theirs.get(i));
            }
        }
    }

    @Test
    void aHistoryOfAnEarlierVersionIsReadAsItWas() {
        List<Entry> entries = List.of(
                new Entry(5L << 16, 1L << 32, new byte[3]),
                new Entry(9L << 16 | 2, 2L << 32 | 77, new byte[] {ENTRY_HAS_EXPOSURES, 1, 4, 0, 3, 'a', 'b'}),
                new Entry(9L << 16, 3L << 32, new byte[150]));
        UnitTable table = new UnitTable();
        entries.forEach(entry -> put(table, entry));
        for (int version = 1; version <= 2; version++) {
            UnitTable restored = new UnitTable();
            restored.restore(UnitEntries.ofVersion(version, ofVersion(version, entries)));
            assertHolds(restored, entries);
            Entry gone = entries.get(1);
            restored.takeBack((int) (HIGH >>> 32), gone.timeAndSource(), gone.id(), NOTHING);
            assertHolds(restored, List.of(entries.get(0), entries.get(2)));
        }
    }

    private static byte[] ofVersion(int version, List<Entry> entries) {
        byte[] old = new byte[400];
        PackedReader.setLong(old, 0, HIGH);
        PackedReader.setLong(old, 8, 1);
        PackedReader.setInt(old, 20, entries.size());
        int at = 24;
        if (version == 1) {
            PackedReader.setLong(old, at, entries.get(entries.size() - 1).timeAndSource());
            at += 8;
        }
        for (Entry entry : entries) {
            int start = at;
            PackedReader.setLong(old, at, entry.timeAndSource());
            PackedReader.setLong(old, at + 8, entry.id() | 5);
            byte[] rest = withContentHash(entry);
            at = writeLength(old, at + 16, rest.length);
            System.arraycopy(rest, 0, old, at, rest.length);
            at += rest.length;
            // Of two bytes the lowest 7 bits came last; 0x80 says that another stands before.
            int size = at - start;
            if (version == 2 && size > 0x7f) {
                old[at++] = (byte) (size >>> 7);
                old[at++] = (byte) (size | 0x80);
            } else if (version == 2) {
                old[at++] = (byte) size;
            }
        }
        PackedReader.setInt(old, 16, at);
        return Arrays.copyOf(old, at);
    }

    private static byte[] withContentHash(Entry entry) {
        byte[] rest = entry.rest();
        if ((rest[0] & ENTRY_HAS_EXPOSURES) == 0) {
            return rest;
        }
        byte[] old = new byte[rest.length + 8];
        old[0] = rest[0];
        PackedReader.setLong(old, 1, entry.id() << 32 | 99);
        System.arraycopy(rest, 1, old, 9, rest.length - 1);
        return old;
    }

    private static int writeLength(byte[] to, int start, int length) {
        int at = start;
        int left = length;
        while (left > 0x7f) {
            to[at++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        to[at++] = (byte) left;
        return at;
    }

    /** Of identities that differ, and contents that may not. */
    private static long id(SplittableRandom random, int step) {
        return (long) step << 32 | (random.nextInt(-2, 2) & 0xffff_ffffL);
    }

    private static void put(UnitTable table, Entry entry) {
        byte[] part = new byte[16 + entry.rest().length];
        PackedReader.setLong(part, 0, HIGH);
        PackedReader.setLong(part, 8, 1);
        System.arraycopy(entry.rest(), 0, part, 16, entry.rest().length);
        table.put(part, 0, part.length, entry.timeAndSource(), entry.id(), NOTHING);
    }

    private static void assertHolds(UnitTable table, List<Entry> entries) {
        if (table.size() == 0) {
            assertThat(entries).isEmpty();
            return;
        }
        byte[] unit = only(table);
        assertThat(UnitEntries.count(unit)).isEqualTo(entries.size());
        Comparator<Entry> order = Comparator.comparingLong((Entry e) -> e.timeAndSource() >>> 16)
                .thenComparing(e -> (e.rest()[0] & ENTRY_HAS_EXPOSURES) == 0)
                .thenComparing(e -> (int) e.id(), Integer::compareUnsigned)
                .thenComparing(Entry::id, Long::compareUnsigned);
        int number = 0;
        Map<Integer, Integer> sizes = new HashMap<>();
        for (Entry entry : entries.stream().sorted(order).toList()) {
            assertThat(UnitEntries.timeAndSource(unit, number)).isEqualTo(entry.timeAndSource());
            assertThat(UnitEntries.entryId(unit, number)).isEqualTo(entry.id());
            int place = UnitEntries.restPlace(unit, number);
            int rest = UnitEntries.restStart(unit, place);
            int end = rest + UnitEntries.restSize(unit, place);
            assertThat(Arrays.copyOfRange(unit, rest, end)).isEqualTo(entry.rest());
            sizes.put(place, end - place);
            number++;
        }
        // Every rest that is there belongs to an entry.
        int rests = sizes.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(unit.length - UnitEntries.restsStart(unit)).isEqualTo(rests);
        assertThat(UnitEntries.restsStart(unit)).isGreaterThanOrEqualTo(UnitEntries.entriesEnd(unit));
    }

    private static byte[] only(UnitTable table) {
        byte[][] found = new byte[1][];
        table.forEach(unit -> found[0] = unit);
        return Objects.requireNonNull(found[0]);
    }
}
