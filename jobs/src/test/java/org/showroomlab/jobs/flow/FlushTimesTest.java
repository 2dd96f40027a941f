package org.showroomlab.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FlushTimesTest {
    private long nanos = 77;
    private final FlushTimes times = new FlushTimes(1_010, () -> nanos);

    @Test
    void flushesOfOneSlotHaveOneTime() {
        FlushTimes others = new FlushTimes(1_003, () -> nanos);
        assertThat(times.begin()).isEqualTo(1_050);
        passMillis(38);
        assertThat(others.begin()).isEqualTo(1_050);
        assertThat(times.begin()).isEqualTo(1_050);
        passMillis(3);
        assertThat(others.begin()).isEqualTo(1_050);
        assertThat(times.begin()).isEqualTo(1_100);
    }

    /** The next one begins 250 ms later, or a little earlier, and in the slot of then. */
    @Test
    void untilTheNextOneThereIsNone() {
        long first = times.begin();
        assertThat(times.end(first, 250)).isEqualTo(new FlushTimes.Flush(1_050, 1_010, 1_299));
        passMillis(249);
        assertThat(times.begin()).isEqualTo(1_300);
    }

    /** A checkpoint does not wait for the timer. */
    @Test
    void whatIsPromisedHolds() {
        Random random = new Random(5);
        long promised = Long.MIN_VALUE;
        for (int i = 0; i < 1_000; i++) {
            long millis = times.begin();
            assertThat(millis).isGreaterThan(promised);
            passMillis(random.nextInt(120));
            promised = times.end(millis, random.nextInt(300)).throughMillis();
            assertThat(promised).isGreaterThanOrEqualTo(millis);
            passMillis(random.nextInt(400));
        }
    }

    private void passMillis(long millis) {
        nanos += millis * 1_000_000;
    }
}
