package org.showroomlab.ingest.codec;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.showroomlab.ingest.event.EventType;

/**
 * Hashes identities whose ids are given as UTF-8 bytes, as {@link Fingerprints#ofIdentity} does those given as text. It
 * reuses its memory, so it serves one thread.
 */
public final class IdentityHasher {
    /** Longer than any id: 64 characters of at most four bytes. */
    private static final int ID_BYTES = 256;

    /** By type: its name and a zero byte, and room for an id behind. */
    private final byte[][] identities = new byte[EventType.values().length][];

    private final int[] prefixLengths = new int[identities.length];

    public IdentityHasher() {
        for (EventType type : EventType.values()) {
            byte[] prefix = (type.wireName() + '\0').getBytes(StandardCharsets.UTF_8);
            identities[type.ordinal()] = Arrays.copyOf(prefix, prefix.length + ID_BYTES);
            prefixLengths[type.ordinal()] = prefix.length;
        }
    }

    /**
     * XXH3-128 of the type's name, a zero byte and the id.
     *
     * @throws IllegalArgumentException for an id above 256 bytes, which no event has
     */
    public HashValue128 of(EventType type, byte[] bytes, int from, int length) {
        if (length > ID_BYTES) {
            throw new IllegalArgumentException("length must be at most " + ID_BYTES + ", was " + length);
        }
        byte[] identity = Objects.requireNonNull(identities[type.ordinal()]);
        int prefix = prefixLengths[type.ordinal()];
        System.arraycopy(bytes, from, identity, prefix, length);
        return Hashing.xxh3_128().hashBytesTo128Bits(identity, 0, prefix + length);
    }
}
