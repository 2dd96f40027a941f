package org.showroomlab.jobs.observe;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What the loaded experiments need of one delivery of one event.
 *
 * @param identity of the event: its type and id
 * @param contentHash of the record's bytes; breaks ties between deliveries with equal time
 * @param source the topic or file it came from
 * @param unit the visitor; {@link Hash128#NONE} when the event has none
 * @param experiments numbers of the experiments it exposes the unit to
 * @param variants the variant number for each of those
 * @param slots value slots that it feeds, ascending
 * @param values the scaled value for each of those
 * @param dimensionValues by dimension slot, only kept of exposures; {@code null} where the event has no value
 * @param unknownExposures exposures to what is not loaded
 */
public record Observation(
        Hash128 identity,
        long timestampMillis,
        long contentHash,
        String source,
        Hash128 unit,
        int[] experiments,
        int[] variants,
        int[] slots,
        long[] values,
        @Nullable String[] dimensionValues,
        int unknownExposures) {

    /** The order in which a unit's observations are read; total, so that it does not depend on arrival. */
    public static final Comparator<Observation> CHRONOLOGICAL = Comparator.comparingLong(Observation::timestampMillis)
            .thenComparing(Observation::contentHash, Long::compareUnsigned)
            .thenComparing(Observation::identity);

    /** Whether any experiment needs it of a visitor. */
    public boolean isRelevant() {
        return !unit.equals(Hash128.NONE) && (experiments.length > 0 || slots.length > 0);
    }

    /** The variant number it carries for an experiment, or −1. */
    public int variantIn(int experiment) {
        for (int i = 0; i < experiments.length; i++) {
            if (experiments[i] == experiment) {
                return variants[i];
            }
        }
        return -1;
    }

    /** The place of a value slot among its values, or negative. */
    public int placeOf(int slot) {
        return Arrays.binarySearch(slots, slot);
    }
}
