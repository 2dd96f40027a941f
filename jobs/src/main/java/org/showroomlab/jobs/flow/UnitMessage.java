package org.showroomlab.jobs.flow;

import org.showroomlab.jobs.observe.ObservationLayout;
import org.showroomlab.jobs.packed.PackedReader;
import org.showroomlab.jobs.packed.PackedWriter;

/**
 * What a unit's history is to do, packed: put an entry, or take one back.
 *
 * <pre>
 * int   size of all of this in bytes
 * long  ts &lt;&lt; 16 | source
 * long  entry id: halves of identity and content hash
 *       the visitor part of an observation; or, to take back: int unit tag
 * </pre>
 */
final class UnitMessage {
    static final int TIME_AND_SOURCE = 4;
    static final int ENTRY_ID = 12;
    static final int PART = 20;
    private static final int TAKE_BACK_SIZE = PART + 4;

    private UnitMessage() {}

    static void writePut(byte[] observation, int at, int part, int partSize, PackedWriter out) {
        out.writeInt(PART + partSize);
        out.writeLong(PackedReader.longAt(observation, at + ObservationLayout.TIME_AND_SOURCE));
        out.writeLong(ObservationLayout.entryId(
                PackedReader.longAt(observation, at + ObservationLayout.IDENTITY_LOW),
                PackedReader.intAt(observation, at + ObservationLayout.CONTENT_HASH)));
        out.writeBytes(observation, part, partSize);
    }

    static void writeTakeBack(int unitTag, long timeAndSource, long entryId, PackedWriter out) {
        out.writeInt(TAKE_BACK_SIZE);
        out.writeLong(timeAndSource);
        out.writeLong(entryId);
        out.writeInt(unitTag);
    }

    static boolean isTakeBack(byte[] bytes, int at) {
        return PackedReader.intAt(bytes, at) == TAKE_BACK_SIZE;
    }

    /** The tag of the unit: the upper half of its hash. */
    static int unitTag(byte[] bytes, int at) {
        return isTakeBack(bytes, at)
                ? PackedReader.intAt(bytes, at + PART)
                : (int) (PackedReader.longAt(bytes, at + PART) >>> 32);
    }
}
