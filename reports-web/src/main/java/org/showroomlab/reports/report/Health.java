package org.showroomlab.reports.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.showroomlab.stats.Computable;
import org.showroomlab.stats.health.SampleRatioMismatch;

/**
 * Whether the arms can be compared at all.
 *
 * @param srm the arms' sizes against their weights
 * @param sizes by variant, what was tested: units; or clusters, where they keep their variant over several periods
 * @param mixedUnits units seen with two variants, which are in no metric
 * @param units units seen with one
 */
public record Health(Computable<SampleRatioMismatch> srm, Map<String, Long> sizes, long mixedUnits, long units) {
    /** Copies the map. */
    public Health {
        sizes = Collections.unmodifiableMap(new LinkedHashMap<>(sizes));
    }

    /** Mixed units among all; 0 without any. */
    public double mixedShare() {
        return mixedUnits + units == 0 ? 0 : (double) mixedUnits / (mixedUnits + units);
    }
}
