package org.showroomlab.jobs.packed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void findsWhatALoopFinds() {
        Random random = new Random(1);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length; i++) {
                // Neighbours of the line feed, with and without the highest bit.
                bytes[i] = random.nextInt(3) == 0 ? (byte) (random.nextInt(4) + 8 + 128 * random.nextInt(2)) : bytes[i];
            }
            int feeds = 0;
            int first = bytes.length;
            for (int i = bytes.length - 1; i >= 0; i--) {
                feeds += bytes[i] == '\n' ? 1 : 0;
                first = bytes[i] == '\n' ? i : first;
            }
            boolean endsWithoutFeed = bytes.length > 0 && bytes[bytes.length - 1] != '\n';
            assertThat(Lines.count(Arrays.copyOf(bytes, bytes.length + 9), bytes.length))
                    .isEqualTo(endsWithoutFeed ? feeds + 1 : feeds);
            assertThat(Lines.end(bytes, 0, bytes.length)).isEqualTo(first);
        }
    }
}
