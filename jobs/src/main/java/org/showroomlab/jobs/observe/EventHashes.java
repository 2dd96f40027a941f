package org.showroomlab.jobs.observe;

import com.dynatrace.hash4j.hashing.HashValue128;
import org.showroomlab.ingest.codec.Fingerprints;
import org.showroomlab.ingest.codec.IdentityHasher;
import org.showroomlab.ingest.scan.FieldNumber;
import org.showroomlab.ingest.scan.ScannedEvent;

/** The hashes of an event's identity and visitor, as {@link Fingerprints} defines them. */
public final class EventHashes {
    private final IdentityHasher identities = new IdentityHasher();
    private long identityHigh;
    private long identityLow;
    private long unitHigh;
    private long unitLow;

    /** Takes the hashes of this event; without a visitor the unit's are 0. */
    public void read(ScannedEvent event) {
        HashValue128 identity =
                identities.of(event.type(), event.bytes(), event.start(FieldNumber.ID), event.length(FieldNumber.ID));
        identityHigh = identity.getMostSignificantBits();
        identityLow = identity.getLeastSignificantBits();
        unitHigh = 0;
        unitLow = 0;
        if (event.has(FieldNumber.VISITOR)) {
            HashValue128 unit =
                    Fingerprints.of(event.bytes(), event.start(FieldNumber.VISITOR), event.length(FieldNumber.VISITOR));
            unitHigh = unit.getMostSignificantBits();
            unitLow = unit.getLeastSignificantBits();
        }
    }

    public long identityHigh() {
        return identityHigh;
    }

    public long identityLow() {
        return identityLow;
    }

    public long unitHigh() {
        return unitHigh;
    }

    public long unitLow() {
        return unitLow;
    }
}
