package org.showroomlab.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.showroomlab.jobs.packed.PackedReader;

class WaitingRecordsTest {
    private static final int BUCKETS = 5;
    private static final int LARGER_THAN_ALL_THAT_WAITS = 20 << 10;

    private final List<List<Integer>> taken = new ArrayList<>();
    private int turns;

    private void take(int bucket, byte[] records, int from, int until) {
        turns++;
        for (int at = from; at < until; at += PackedReader.intAt(records, at)) {
            taken.get(bucket).add(PackedReader.intAt(records, at + 4));
        }
    }

    @Test
    void everyRecordIsTakenOnceInTheOrderOfItsBucket() throws Exception {
        List<List<Integer>> added = new ArrayList<>();
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            added.add(new ArrayList<>());
            taken.add(new ArrayList<>());
        }
        WaitingRecords waiting = new WaitingRecords(BUCKETS, this::take);
        Random random = new Random(1);
        for (int number = 0; number < 20_000; number++) {
            int bucket = random.nextInt(BUCKETS);
            int size = random.nextInt(1000) == 0 ? LARGER_THAN_ALL_THAT_WAITS : 8 + random.nextInt(200);
            byte[] record = new byte[3 + size];
            PackedReader.setInt(record, 3, size);
            PackedReader.setInt(record, 7, number);
            waiting.add(bucket, record, 3, size);
            added.get(bucket).add(number);
            if (random.nextInt(5000) == 0) {
                waiting.takeAll();
                assertThat(taken).isEqualTo(added);
            }
        }
        waiting.takeAll();
        assertThat(taken).isEqualTo(added);
        // Many at a time, or else there is no use in waiting.
        assertThat(turns).isLessThan(20_000 / 20);
        int before = turns;
        waiting.takeAll();
        assertThat(turns).isEqualTo(before);
    }
}
