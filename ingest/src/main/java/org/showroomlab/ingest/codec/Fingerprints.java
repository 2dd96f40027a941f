package org.showroomlab.ingest.codec;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import org.showroomlab.ingest.event.EventType;

/**
 * The hashes that stand for identities and contents, all XXH3 with seed 0 so that any other program can recompute them.
 *
 * <p>An identity is 128 bits wide: among 10¹⁰ identities the chance that any two share one is about 10⁻¹⁹, so the hash is
 * taken for the identity. The content's 64 bits only break ties between deliveries of one identity with equal ts.
 */
public final class Fingerprints {
    /** Groups of visitors that stand in for clusters where the variance of an event-level quantile is needed. */
    public static final int VISITOR_GROUPS = 64;

    private Fingerprints() {}

    /** The group of the visitor with this {@linkplain #of fingerprint}: its lowest six bits, 0 to 63. */
    public static int visitorGroup(long leastSignificantBits) {
        return (int) (leastSignificantBits & (VISITOR_GROUPS - 1));
    }

    /** XXH3-64 of the record's bytes as they came, without the line end. */
    public static long ofContent(byte[] record) {
        return Hashing.xxh3_64().hashBytesToLong(record);
    }

    /** XXH3-64 of a record that stands among other bytes. */
    public static long ofContent(byte[] bytes, int from, int length) {
        return Hashing.xxh3_64().hashBytesToLong(bytes, from, length);
    }

    /** XXH3-128 of the type's name, a zero byte and the id, in UTF-8. */
    public static HashValue128 ofIdentity(EventType type, String id) {
        return of(type.wireName() + '\0' + id);
    }

    /** XXH3-128 of the name's UTF-8 bytes. */
    public static HashValue128 of(String name) {
        return Hashing.xxh3_128().hashBytesTo128Bits(name.getBytes(StandardCharsets.UTF_8));
    }

    /** XXH3-128 of a name that is given as its UTF-8 bytes. */
    public static HashValue128 of(byte[] bytes, int from, int length) {
        return Hashing.xxh3_128().hashBytesTo128Bits(bytes, from, length);
    }
}
