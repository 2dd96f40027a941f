package org.showroomlab.jobs.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.showroomlab.jobs.count.Accounts.Way;
import org.showroomlab.jobs.observe.ObservationLayout;
import org.showroomlab.jobs.packed.PackedReader;

/** A table of identities that crowd: at its start, at its end, in one place. */
class IdentityTableTest {
    private record Identity(long high, long low) {}

    /** Counts what is said of deliveries. */
    private static final class Said implements IdentityTable.Consequences {
        private long inNoExperiment;
        private long duplicates;

        @Override
        public void put(byte[] bytes, int observation) {
            throw new AssertionError();
        }

        @Override
        public void takeBack(int unitTag, long timeAndSource, long identityLow) {
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
            Set<Identity> known = new HashSet<>();
            List<Identity> order = new ArrayList<>();
            Said said = new Said();
            long duplicates = 0;
            for (int step = 0; step < 1_500; step++) {
                Identity one = !order.isEmpty() && random.nextInt(4) == 0
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

            IdentityTable restored = IdentityTable.withRoomFor(table.size());
            table.writeTo(restored::read);
            table.retain(millis -> millis % 3 == 0);
            for (Identity one : order) {
                long before = said.duplicates;
                deliver(restored, one, said);
                assertThat(said.duplicates).isEqualTo(before + 1);
                deliver(table, one, said);
                assertThat(said.duplicates).isEqualTo(before + (millis(one) % 3 == 0 ? 2 : 1));
            }
        }
    }

    /** Low words that begin alike ask for one place, mostly the first or the last one; some differ in the high word only. */
    private static Identity crowded(SplittableRandom random, int world) {
        long beginning = world % 3 == 0 ? 0 : world % 3 == 1 ? -1L << 40 : random.nextLong() << 40;
        long low = random.nextInt(3) == 0 ? random.nextLong() : beginning | random.nextInt(1 << 12);
        return new Identity(random.nextInt(2), low);
    }

    private static long millis(Identity one) {
        return Math.floorMod(one.low() * 31 + one.high(), 1_000);
    }

    private static void deliver(IdentityTable table, Identity one, Said said) {
        byte[] bytes = new byte[ObservationLayout.VISITOR_PART];
        PackedReader.setInt(bytes, 0, bytes.length);
        PackedReader.setLong(bytes, ObservationLayout.IDENTITY_HIGH, one.high());
        PackedReader.setLong(bytes, ObservationLayout.IDENTITY_LOW, one.low());
        PackedReader.setLong(bytes, ObservationLayout.TIME_AND_SOURCE, millis(one) << 16);
        table.deliver(bytes, 0, said);
    }
}
