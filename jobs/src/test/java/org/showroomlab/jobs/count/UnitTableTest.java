package org.showroomlab.jobs.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.showroomlab.jobs.packed.PackedReader;

class UnitTableTest {
    private static final long HIGH = 7L << 60 | 99;
    private static final UnitTable.Totals NOTHING = new UnitTable.Totals() {
        @Override
        public void takeOut(byte[] unit, int from, int until) {}

        @Override
        public void addRepeat(int source, boolean isAccounted) {}
    };

    private record Entry(long timeAndSource, long identity, byte[] rest) {}

    @Test
    void entriesOfAnyLengthStandInTheOrderOfTimeWhateverCameWhen() {
        SplittableRandom random = new SplittableRandom(20261125);
        for (int world = 0; world < 200; world++) {
            UnitTable table = new UnitTable();
            List<Entry> there = new ArrayList<>();
            for (int step = 0; step < 40; step++) {
                if (!there.isEmpty() && random.nextInt(5) == 0) {
                    Entry gone = there.remove(random.nextInt(there.size()));
                    table.takeBack((int) (HIGH >>> 32), gone.timeAndSource(), gone.identity(), NOTHING);
                } else {
                    // Lengths around 128 and 16384, where the written length grows by a byte.
                    int size = new int[] {1, 5, 105, 111, 112, 140, 16_360, 16_384}[random.nextInt(8)];
                    byte[] rest = new byte[size];
                    Arrays.fill(rest, 1, size, (byte) (step | 0x80));
                    Entry entry = new Entry(random.nextLong(1, 1000) << 16 | random.nextInt(3), step, rest);
                    put(table, entry);
                    there.add(entry);
                }
                assertHolds(table, there);
            }
        }
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
                    table.takeBack((int) (HIGH >>> 32), gone.timeAndSource(), gone.identity(), NOTHING);
                } else if (!there.isEmpty() && random.nextInt(10) == 0) {
                    long from = random.nextLong(1, 300);
                    table.flush((unit, marked) -> {});
                    table.retain(millis -> millis >= from);
                    there.removeIf(entry -> entry.timeAndSource() >>> 16 < from);
                } else {
                    Entry entry = new Entry(random.nextLong(1, 1000) << 16, step, new byte[1 + random.nextInt(60)]);
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
    void aHistoryOfVersion1IsReadAsItWas() {
        UnitTable table = new UnitTable();
        Entry first = new Entry(5L << 16, 1, new byte[3]);
        Entry second = new Entry(9L << 16, 2, new byte[150]);
        put(table, first);
        put(table, second);
        byte[] old = version1(List.of(first, second));
        UnitTable restored = new UnitTable();
        restored.restore(UnitEntries.ofVersion1(old));
        byte[] expected = only(table);
        assertThat(only(restored)).isEqualTo(Arrays.copyOf(expected, UnitEntries.usedBytes(expected)));
    }

    private static byte[] version1(List<Entry> entries) {
        byte[] old = new byte[400];
        PackedReader.setLong(old, 0, HIGH);
        PackedReader.setLong(old, 8, 1);
        PackedReader.setInt(old, 20, entries.size());
        int at = 32;
        for (Entry entry : entries) {
            PackedReader.setLong(old, 24, entry.timeAndSource());
            PackedReader.setLong(old, at, entry.timeAndSource());
            PackedReader.setLong(old, at + 8, entry.identity());
            at += 16;
            for (int left = entry.rest().length; ; left >>>= 7) {
                old[at++] = (byte) (left > 0x7f ? left | 0x80 : left);
                if (left <= 0x7f) {
                    break;
                }
            }
            System.arraycopy(entry.rest(), 0, old, at, entry.rest().length);
            at += entry.rest().length;
        }
        PackedReader.setInt(old, 16, at);
        return Arrays.copyOf(old, at);
    }

    private static void put(UnitTable table, Entry entry) {
        byte[] part = new byte[16 + entry.rest().length];
        PackedReader.setLong(part, 0, HIGH);
        PackedReader.setLong(part, 8, 1);
        System.arraycopy(entry.rest(), 0, part, 16, entry.rest().length);
        table.put(part, 0, part.length, entry.timeAndSource(), entry.identity(), NOTHING);
    }

    private static void assertHolds(UnitTable table, List<Entry> entries) {
        if (table.size() == 0) {
            assertThat(entries).isEmpty();
            return;
        }
        byte[] unit = only(table);
        int at = UnitEntries.HEADER;
        Comparator<Entry> order = Comparator.comparingLong((Entry e) -> e.timeAndSource() >>> 16)
                .thenComparing(Entry::identity, Long::compareUnsigned);
        for (Entry entry : entries.stream().sorted(order).toList()) {
            assertThat(PackedReader.longAt(unit, at)).isEqualTo(entry.timeAndSource());
            assertThat(PackedReader.longAt(unit, at + 8)).isEqualTo(entry.identity());
            int rest = UnitEntries.restOf(unit, at);
            int end = rest + UnitEntries.restSize(unit, at);
            assertThat(Arrays.copyOfRange(unit, rest, end)).isEqualTo(entry.rest());
            at = UnitEntries.next(unit, at);
        }
        assertThat(at).isEqualTo(UnitEntries.usedBytes(unit));
    }

    private static byte[] only(UnitTable table) {
        byte[][] found = new byte[1][];
        table.forEach(unit -> found[0] = unit);
        return Objects.requireNonNull(found[0]);
    }
}
