package org.showroomlab.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineBlocksTest {
    @Test
    void blocksAreWholeLinesAndTogetherTheStream() throws IOException {
        Random random = new Random(3);
        for (int round = 0; round < 2_000; round++) {
            byte[] stream = new byte[random.nextInt(400)];
            int rarity = 1 + random.nextInt(60);
            for (int i = 0; i < stream.length; i++) {
                stream[i] = (byte) (random.nextInt(rarity) == 0 ? '\n' : 'a' + random.nextInt(26));
            }
            // Lines longer than the room, and a room that the block before was in.
            byte[] room = new byte[1 + random.nextInt(50)];
            ByteArrayOutputStream together = new ByteArrayOutputStream();
            try (LineBlocks blocks = new LineBlocks(new ByteArrayInputStream(stream))) {
                LineBlocks.Block block;
                while ((block = blocks.next(room)) != null) {
                    together.write(block.bytes(), 0, block.length());
                    boolean isLast = together.size() == stream.length;
                    assertThat(block.length()).isPositive();
                    assertThat(isLast || block.bytes()[block.length() - 1] == '\n')
                            .isTrue();
                    Arrays.fill(block.bytes(), (byte) '!');
                }
            }
            assertThat(together.toByteArray()).isEqualTo(stream);
        }
    }
}
