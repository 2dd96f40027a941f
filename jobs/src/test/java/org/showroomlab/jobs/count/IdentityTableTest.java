package org.showroomlab.jobs.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.showroomlab.jobs.count.Accounts.Way;
import org.showroomlab.jobs.observe.ObservationLayout;
import org.showroomlab.jobs.packed.PackedReader;
import org.showroomlab.jobs.wire.IdentityTableFormat;

/** A table of identities that crowd: at its start, at its end, in one place. */
class IdentityTableTest {
    private static final long TAG = 77;

    /** Counts what is said of deliveries. */
    private static final class Said implements IdentityTable.Consequences {
        private long inNoExperiment;
        private long duplicates;

        @Override
        public void put(byte[] bytes, int observation) {
            throw new AssertionError();
        }

        @Override
        public void takeBack(int unitTag, long timeAndSource, long entryId) {
            throw new AssertionError();
        }

        @Override
        public void cluster(byte[] bytes, int part, long millis, int sign) {
            throw new AssertionError();
        }

        @Override
        public void account(int source, Way way, long change) {
            inNoExperiment += way == Way.IN_NO_EXPERIMENT ? change : 0;
            duplicates += way == Way.DUPLICATE ? change : 0;
        }
    }

    @Test
    void everyIdentityIsKnownOnceWhereverIdentitiesCrowd() throws IOException {
        SplittableRandom random = new SplittableRandom(20261125);
        for (int world = 0; world < 60; world++) {
            IdentityTable table = new IdentityTable();
            Set<Long> known = new HashSet<>();
            List<Long> order = new ArrayList<>();
            Said said = new Said();
            long duplicates = 0;
            // How many there are is written in one byte where it is small.
            int most = world < 6 ? 125 + world : Integer.MAX_VALUE;
            for (int step = 0; step < 5_000 && known.size() < most; step++) {
                long one = !order.isEmpty() && random.nextInt(4) == 0
                        ? order.get(random.nextInt(order.size()))
                        : crowded(random, world);
                deliver(table, one, said);
                if (known.add(one)) {
                    order.add(one);
                } else {
                    duplicates++;
                }
            }
            assertThat(table.size()).isEqualTo(known.size());
            assertThat(said.inNoExperiment).isEqualTo(known.size());
            assertThat(said.duplicates).isEqualTo(duplicates);

            IdentityTable restored = writtenAndRead(table);
            table.retain(millis -> millis % 3 == 0);
            for (long one : order) {
                long before = said.duplicates;
                deliver(restored, one, said);
                assertThat(said.duplicates).isEqualTo(before + 1);
                deliver(table, one, said);
                assertThat(said.duplicates).isEqualTo(before + (millis(one) % 3 == 0 ? 2 : 1));
            }
        }
    }

    /** Identities that begin alike ask for one place, mostly the first or the last one. */
    private static long crowded(SplittableRandom random, int world) {
        long beginning = world % 3 == 0 ? 0 : world % 3 == 1 ? -1L << 40 : random.nextLong() << 40;
        return random.nextInt(3) == 0 ? random.nextLong() : beginning | random.nextInt(1 << 14);
    }

    private static long millis(long identity) {
        return Math.floorMod(identity * 31, 1_000L);
    }

    private static IdentityTable writtenAndRead(IdentityTable table) throws IOException {
        IdentityTableFormat format = new IdentityTableFormat();
        DataOutputSerializer out = new DataOutputSerializer(64);
        format.write(table, out);
        return format.read(format.version(), new DataInputDeserializer(out.getCopyOfBuffer()));
    }

    private static void deliver(IdentityTable table, long one, Said said) {
        table.deliver(observation(one, millis(one) << 16, 0, 0), 0, said);
    }

    private static byte[] observation(long identity, long timeAndSource, int flags, int unknown) {
        byte[] bytes = new byte[ObservationLayout.VISITOR_PART + 17];
        PackedReader.setInt(bytes, 0, bytes.length);
        PackedReader.setLong(bytes, ObservationLayout.IDENTITY_LOW, identity);
        PackedReader.setLong(bytes, ObservationLayout.TIME_AND_SOURCE, timeAndSource);
        bytes[ObservationLayout.FLAGS] = (byte) flags;
        PackedReader.setInt(bytes, ObservationLayout.UNKNOWN_EXPOSURES, unknown);
        PackedReader.setInt(bytes, ObservationLayout.VISITOR_PART_SIZE, 17);
        PackedReader.setLong(bytes, ObservationLayout.VISITOR_PART, TAG << 32);
        return bytes;
    }

    /** Repeats all that it is told. */
    private static final class Told implements IdentityTable.Consequences {
        private final List<String> what = new ArrayList<>();

        @Override
        public void put(byte[] bytes, int observation) {
            what.add("put " + PackedReader.longAt(bytes, observation + ObservationLayout.TIME_AND_SOURCE));
        }

        @Override
        public void takeBack(int unitTag, long timeAndSource, long entryId) {
            what.add("take back " + timeAndSource + " of " + unitTag);
        }

        @Override
        public void cluster(byte[] bytes, int part, long millis, int sign) {
            throw new AssertionError();
        }

        @Override
        public void account(int source, Way way, long change) {
            what.add(change + " " + way + " of " + source);
        }
    }

    /** At the last value that fits the words of an identity, and at the first one that does not. */
    @Test
    void timesSourcesAndUnknownExposuresOfAnySizeAreTakenBackAsTheyCame() throws IOException {
        List<long[]> sizes = List.of(
                new long[] {5, 1, 1},
                new long[] {(1L << 42) - 1, (1 << 15) - 1, 5},
                new long[] {1L << 42, 1, 1},
                new long[] {(1L << 48) - 1, 1, 1},
                new long[] {5, 1 << 15, 1},
                new long[] {5, (1 << 16) - 1, 1},
                new long[] {5, 1, 6},
                new long[] {5, 1, 7},
                new long[] {5, 1, 100_000});
        for (long[] size : sizes) {
            int source = (int) size[1];
            int unknown = (int) size[2];
            long later = size[0] << 16 | source;
            long earlier = 3L << 16;
            Told told = new Told();
            IdentityTable table = new IdentityTable();
            table.deliver(observation(-9, later, ObservationLayout.HAS_VISITOR_PART, unknown), 0, told);
            table = writtenAndRead(table.copy());
            table.deliver(observation(-9, earlier, ObservationLayout.HAS_VISITOR_PART, 0), 0, told);
            assertThat(told.what)
                    .containsExactly(
                            unknown + " UNKNOWN_EXPOSURE of " + source,
                            "put " + later,
                            "1 DUPLICATE of " + source,
                            "1 CONFLICTING of " + source,
                            -unknown + " UNKNOWN_EXPOSURE of " + source,
                            "take back " + later + " of " + TAG,
                            "put " + earlier);
            assertThat(table.unusual()).isEmpty();
        }
    }
}
