package org.showroomlab.ingest.scan;

import java.util.Arrays;
import org.showroomlab.ingest.event.EventType;

/**
 * Which field stood where in the last event of each type. Who writes events mostly writes them in one order, and a guess
 * that is compared with the bytes is faster than finding out: the processor goes on with it and need not wait for the
 * name before it knows where the value begins.
 */
final class FieldOrder {
    static final int UNKNOWN = -1;
    private static final int PLACES = 32;

    private static final int TYPES = EventType.values().length;

    /** By type, and before the type is met. */
    private final byte[] fields = new byte[(TYPES + 1) * PLACES];

    private int row;

    FieldOrder() {
        Arrays.fill(fields, (byte) UNKNOWN);
    }

    /** Another event begins. */
    void begin() {
        row = TYPES * PLACES;
    }

    /** The type of the event is known now. */
    void typed(EventType type) {
        row = type.ordinal() * PLACES;
    }

    /** The field that stood at this place, or {@link #UNKNOWN}. */
    int expected(int place) {
        return place < PLACES ? fields[row + place] : UNKNOWN;
    }

    /** Notes what stands at this place. */
    void met(int place, int field) {
        if (place < PLACES) {
            fields[row + place] = (byte) field;
        }
    }
}
