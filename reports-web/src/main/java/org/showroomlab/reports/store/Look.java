package org.showroomlab.reports.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.showroomlab.stats.Effect;

/**
 * What the report said about one comparison when somebody could have acted on it.
 *
 * @param asOf newest event time in it
 * @param knownAt clock time of the look
 * @param reasons codes of the verdict's reasons, apart by commas
 * @param ownReasons of those that are about this metric and this variant
 * @param maturedUnits of all arms, those whose outcomes were in
 * @param plannedUnits of all arms, at the end of the experiment
 * @param difference to control; {@code null} when not computable
 */
public record Look(
        String experiment,
        Instant asOf,
        Instant knownAt,
        String decision,
        String reasons,
        String ownReasons,
        String status,
        String metric,
        String variant,
        String control,
        String method,
        long controlUnits,
        long units,
        long maturedUnits,
        long plannedUnits,
        @Nullable Effect difference,
        String methodVersion) {
    /** The same, known at another time. */
    public Look knownAt(Instant time) {
        return new Look(
                experiment,
                asOf,
                time,
                decision,
                reasons,
                ownReasons,
                status,
                metric,
                variant,
                control,
                method,
                controlUnits,
                units,
                maturedUnits,
                plannedUnits,
                difference,
                methodVersion);
    }
}
