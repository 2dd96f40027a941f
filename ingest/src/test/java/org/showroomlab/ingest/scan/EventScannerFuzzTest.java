package org.showroomlab.ingest.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventScannerFuzzTest {
    private static final int RECORDS = 200_000;

    @Test
    void whatIsScannedIsWhatTheCodecDecodes() {
        RandomRecords records = new RandomRecords(20260105);
        ScannedEvent view = new ScannedEvent();
        int scanned = 0;
        for (int i = 0; i < RECORDS; i++) {
            byte[] record = records.next();
            if (EventScanner.scan(record, 0, record.length, view)) {
                scanned++;
                String said = Views.of(view);
                if (!said.equals(Views.bySlowPath(record))) {
                    assertThat(said)
                            .as(() -> new String(record, StandardCharsets.UTF_8))
                            .isEqualTo(Views.bySlowPath(record));
                }
            }
        }
        // The comparison must not be an empty one.
        assertThat(scanned).isGreaterThan(RECORDS / 8);
    }

    @Test
    void whatStandsAroundARecordDoesNotMatter() {
        RandomRecords records = new RandomRecords(42);
        ScannedEvent alone = new ScannedEvent();
        ScannedEvent among = new ScannedEvent();
        for (int i = 0; i < RECORDS / 10; i++) {
            byte[] record = records.next();
            byte[] around = new byte[record.length + 40];
            Arrays.fill(around, (byte) (i % 3 == 0 ? '"' : i % 3 == 1 ? '}' : '7'));
            System.arraycopy(record, 0, around, 20, record.length);
            boolean isAlone = EventScanner.scan(record, 0, record.length, alone);
            assertThat(EventScanner.scan(around, 20, 20 + record.length, among)).isEqualTo(isAlone);
            if (isAlone) {
                assertThat(Views.of(among)).isEqualTo(Views.of(alone));
            }
        }
    }

    @Test
    void aRecordAmongLinesIsWhatItIsAlone() {
        RandomRecords records = new RandomRecords(7);
        Random random = new Random(8);
        ScannedEvent alone = new ScannedEvent();
        ScannedEvent among = new ScannedEvent();
        int scanned = 0;
        for (int block = 0; block < RECORDS / 100; block++) {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            for (int i = 0; i < 20; i++) {
                lines.writeBytes(records.next());
                lines.writeBytes(bytes(List.of("\n", "\r\n", "\n\n", " \n").get(random.nextInt(4))));
            }
            byte[] bytes = lines.toByteArray();
            // The last line of a file may have no end.
            int to = random.nextBoolean() ? bytes.length : bytes.length - 1;
            for (int from = 0; from < to; ) {
                int feed = from;
                while (feed < to && bytes[feed] != '\n') {
                    feed++;
                }
                int end = EventScanner.scanLine(bytes, from, to, among);
                boolean isAlone = EventScanner.scan(bytes, from, feed, alone);
                assertThat(end).isEqualTo(isAlone ? feed : -1);
                if (isAlone) {
                    scanned++;
                    assertThat(Views.of(among)).isEqualTo(Views.of(alone));
                }
                from = feed + 1;
            }
        }
        assertThat(scanned).isGreaterThan(RECORDS / 100);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
