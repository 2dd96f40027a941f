package org.showroomlab.jobs.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordReaderTest {
    private static final int SOURCE = 2;
    private static final int PARTITION = 7;

    private record Sample(long offset, long arrivalMillis, List<Byte> bytes) {}

    private static List<Byte> list(byte[] bytes, int from, int length) {
        List<Byte> list = new ArrayList<>();
        for (int i = from; i < from + length; i++) {
            list.add(bytes[i]);
        }
        return list;
    }

    private static List<Sample> read(RawRecords records) {
        List<Sample> read = new ArrayList<>();
        RecordReader reader = new RecordReader().at(records);
        while (reader.next()) {
            read.add(new Sample(
                    reader.offset(), reader.arrivalMillis(), list(records.bytes(), reader.start(), reader.length())));
        }
        return read;
    }

    /** Offsets have gaps where transactions end, arrivals go back when clocks are set, and a record may be empty. */
    @Test
    void whatWasWrittenIsRead() {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            long offset = random.nextLong(Long.MAX_VALUE / 2);
            RecordWriter writer = new RecordWriter(new byte[random.nextInt(1 << 12)], offset);
            List<Sample> written = new ArrayList<>();
            for (int left = random.nextInt(20); left >= 0; left--) {
                byte[] record = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(300)];
                random.nextBytes(record);
                long arrivalMillis = random.nextInt(5) == 0 ? Long.MAX_VALUE : random.nextLong();
                writer.write(offset, arrivalMillis, record);
                written.add(new Sample(offset, arrivalMillis, list(record, 0, record.length)));
                offset += 1 + (random.nextInt(5) == 0 ? random.nextLong(1L << 40) : 0);
            }
            RawRecords records = writer.records(SOURCE, PARTITION);
            assertThat(read(records)).isEqualTo(written);
            assertThat(records.isLines()).isFalse();
            assertThat(records.position()).isEqualTo(written.get(0).offset());
        }
    }

    /** Arrays are used again, so none may be exchanged for a larger one in silence. */
    @Test
    void whileThereIsRoomTheArrayStays() {
        byte[] room = new byte[1000];
        RecordWriter writer = new RecordWriter(room, 0);
        int count = 0;
        for (byte[] record = new byte[90]; writer.hasRoomFor(record.length); count++) {
            writer.write(Long.MAX_VALUE / 10 * count, count % 2 == 0 ? Long.MIN_VALUE : Long.MAX_VALUE, record);
        }
        assertThat(count).isGreaterThanOrEqualTo(7);
        assertThat(writer.records(SOURCE, PARTITION).bytes()).isSameAs(room);
        assertThat(read(writer.records(SOURCE, PARTITION))).hasSize(count);
    }

    @Test
    void oneRecordIsAlsoABlock() {
        byte[] record = {1, 2, 3};
        RawRecords records = TopicRecords.of(SOURCE, PARTITION, 42, 99, record);
        assertThat(read(records)).isEqualTo(List.of(new Sample(42, 99, List.of((byte) 1, (byte) 2, (byte) 3))));
        assertThat(Arrays.copyOf(records.bytes(), records.length())).endsWith(record);
    }
}
