package org.showroomlab.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.showroomlab.jobs.observe.RecordWriter;
import org.showroomlab.jobs.observe.TopicRecords;

class EventTimeTest {
    private static final long ARRIVAL = 1_767_700_000_000L;

    private static final long DAY = 86_400_000;

    private final EventTime time = new EventTime(DAY);

    private long of(String record) {
        return time.extractTimestamp(
                TopicRecords.of(0, 0, 0, ARRIVAL, record.getBytes(StandardCharsets.UTF_8)), Long.MIN_VALUE);
    }

    @Test
    void itIsReadFromNumbersAndTexts() {
        assertThat(of("{\"type\":\"visit\",\"ts\":1767657600000}")).isEqualTo(1_767_657_600_000L);
        assertThat(of("{\"ts\": \"2026-01-06T01:00:00+01:00\"}")).isEqualTo(1_767_657_600_000L);
    }

    @Test
    void whereItStoodInTheLastRecordDoesNotMatter() {
        for (int i = 0; i < 3; i++) {
            assertThat(of("{\"type\":\"visit\",\"ts\":1767657600000}")).isEqualTo(1_767_657_600_000L);
            assertThat(of("{\"ts\":1767657600001,\"type\":\"visit\"}")).isEqualTo(1_767_657_600_001L);
            assertThat(of("{\"ts\":1")).isEqualTo(1);
        }
    }

    /** One device whose clock is years ahead would close every experiment. */
    @Test
    void itIsNeverAheadOfTheArrival() {
        assertThat(of("{\"ts\":" + (ARRIVAL + 1) + "}")).isEqualTo(ARRIVAL);
        assertThat(of("{\"ts\":" + (ARRIVAL + DAY) + "}")).isEqualTo(ARRIVAL);
    }

    /** Such a record is a dead letter, and what is replayed arrives long after the experiments that it is of. */
    @Test
    void aClockThatIsFartherAheadThanIsAllowedSaysNothing() {
        assertThat(of("{\"ts\":" + (ARRIVAL + DAY + 1) + "}")).isEqualTo(EventTime.UNKNOWN);
        assertThat(of("{\"ts\":\"2100-01-01T00:00:00Z\"}")).isEqualTo(EventTime.UNKNOWN);
        assertThat(of("{\"ts\":99999999999999999999}")).isEqualTo(EventTime.UNKNOWN);
    }

    @Test
    void ofSeveralRecordsItIsTheNewest() {
        RecordWriter writer = new RecordWriter(new byte[0], 5);
        for (String record :
                List.of("{\"ts\":3}", "{\"ts\":\"soon\"}", "{\"ts\":4102444800000}", "{\"ts\":11}", "{\"ts\":7}")) {
            writer.write(5, 9, record.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(time.extractTimestamp(writer.records(0, 0), Long.MIN_VALUE)).isEqualTo(9);
    }

    @Test
    void whatHasNoneSaysNothing() {
        assertThat(of("{\"type\":\"visit\"}")).isEqualTo(EventTime.UNKNOWN);
        assertThat(of("{\"ts\":\"soon\"}")).isEqualTo(EventTime.UNKNOWN);
        assertThat(of("{\"ts\":\"+999999999-01-01T00:00:00Z\"}")).isEqualTo(EventTime.UNKNOWN);
        assertThat(of("{\"ts\":")).isEqualTo(EventTime.UNKNOWN);
        assertThat(of("")).isEqualTo(EventTime.UNKNOWN);
    }
}
