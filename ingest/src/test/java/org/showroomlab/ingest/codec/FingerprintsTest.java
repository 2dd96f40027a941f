package org.showroomlab.ingest.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.showroomlab.ingest.event.EventType;

class FingerprintsTest {
    /** One hasher for all, as in use: nothing of a longer id may remain. */
    private static final IdentityHasher HASHER = new IdentityHasher();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "e-12345678",
                "São João",
                "🎈🎈",
                "0123456789012345678901234567890123456789012345678901234567890123"
            })
    void regionsHashLikeTheTextsThatTheyHold(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] around = new byte[utf8.length + 10];
        Arrays.fill(around, (byte) 'x');
        System.arraycopy(utf8, 0, around, 7, utf8.length);
        assertThat(Fingerprints.ofContent(around, 7, utf8.length)).isEqualTo(Fingerprints.ofContent(utf8));
        assertThat(Fingerprints.of(around, 7, utf8.length)).isEqualTo(Fingerprints.of(text));
        for (EventType type : EventType.values()) {
            assertThat(HASHER.of(type, around, 7, utf8.length)).isEqualTo(Fingerprints.ofIdentity(type, text));
        }
    }

    @Test
    void theLongestIdFits() {
        String id = "🎈".repeat(64);
        byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
        assertThat(HASHER.of(EventType.STOCK, utf8, 0, utf8.length))
                .isEqualTo(Fingerprints.ofIdentity(EventType.STOCK, id));
        assertThatIllegalArgumentException().isThrownBy(() -> HASHER.of(EventType.STOCK, new byte[257], 0, 257));
    }
}
