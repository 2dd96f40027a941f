package org.showroomlab.jobs.observe;

/**
 * Where the parts of a packed observation stand: what the loaded experiments need of one delivery of one event.
 *
 * <pre>
 * int   size of all of this in bytes
 * long  identity, high and low     XXH3-128 of type and id
 * long  ts &lt;&lt; 16 | source           milliseconds; number of the topic or file
 * int   content hash, its upper half
 * byte  flags
 * int   unknown exposures
 * int   size of the visitor part
 *       visitor part: long unit high, long unit low, then what a unit's history keeps (see UnitEntries)
 *       cluster part (see ClusterPart)
 * </pre>
 */
public final class ObservationLayout {
    public static final int IDENTITY_HIGH = 4;
    public static final int IDENTITY_LOW = 12;
    public static final int TIME_AND_SOURCE = 20;
    public static final int CONTENT_HASH = 28;
    public static final int FLAGS = 32;
    public static final int UNKNOWN_EXPOSURES = 33;
    public static final int VISITOR_PART_SIZE = 37;
    public static final int VISITOR_PART = 41;

    /** A visitor experiment needs it. */
    public static final int HAS_VISITOR_PART = 1;
    /** A cache or showroom experiment needs it. */
    public static final int HAS_CLUSTER_PART = 2;
    /** It counts for a cluster, whatever becomes of its visitor. */
    public static final int COUNTS_FOR_CLUSTER = 4;
    /** An experiment would have needed it, but its state is released. */
    public static final int LATE = 8;

    /** A history entry carries exposures. */
    public static final int ENTRY_HAS_EXPOSURES = 1;
    /** A history entry's record is accounted for already. */
    public static final int ENTRY_IS_ACCOUNTED = 2;

    /** A history entry says where it was and of which product. */
    public static final int ENTRY_HAS_PLACE = 4;
    /** A history entry carries exposures and nothing else that counts; older entries may do so without saying it. */
    public static final int ENTRY_ONLY_EXPOSES = 8;
    /** A history entry counted in an experiment that has been closed since; its record stays accounted for as such. */
    public static final int ENTRY_HAS_COUNTED = 16;

    private ObservationLayout() {}

    public static long millis(long timeAndSource) {
        return timeAndSource >>> 16;
    }

    public static int source(long timeAndSource) {
        return (int) (timeAndSource & 0xffff);
    }

    /** What tells the entries of one history apart: the upper half of the identity's low word, and the content hash. */
    public static long entryId(long identityLow, int contentHash) {
        return (identityLow & 0xffff_ffff_0000_0000L) | (contentHash & 0xffff_ffffL);
    }
}
